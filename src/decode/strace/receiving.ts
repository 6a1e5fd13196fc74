import type { DnsMessage } from "../dns/message.js";
import { type Endpoint, readSockaddr } from "./address.js";
import { asksTheSame, isAbout } from "./asked.js";
import { type Buffer, bufferOf, messageOf, messagesOf, vectorOf } from "./buffers.js";
import type { Call } from "./calls.js";
import type { Context } from "./context.js";
import { datagramOf } from "./datagrams.js";
import { fail, receiveFailed } from "./failing.js";
import { answerEvent } from "./output.js";
import type { Process } from "./processes.js";
import { messagesIn } from "./sending.js";
import { DNS_PORT, type Socket } from "./sockets.js";
import { waitedOn } from "./waiting.js";

/** What a call that receives gives back: one buffer per message. */
export function receivedBuffers(call: Call): Buffer[] {
  const length = call.value;
  switch (call.name) {
    case "recvfrom":
      return [bufferOf(call.arg(1), length, readSockaddr(call.arg(4)))];
    case "recvmsg":
      return [messageOf(call.arg(1), length)];
    case "recvmmsg":
      return messagesOf(call.arg(1), length);
    case "readv":
      return [vectorOf(call.arg(1), length)];
    default: // read, recv
      return [bufferOf(call.arg(1), length, undefined)];
  }
}

/** recvfrom, recvmsg, recvmmsg, recv, read, readv. */
export function onReceive(context: Context, call: Call): void {
  const thread = context.thread(call);
  const { process } = thread;
  const fd = call.fd;
  const socket = context.socketOf(call, process, fd);
  if (socket === undefined) {
    // A socket from before the trace: an address in the call still says who answered.
    if (call.value > 0 && call.name.startsWith("recv") && call.args.includes("(53)"))
      receive(context, call, process, undefined, fd);
    return;
  }
  if (socket.server !== undefined && socket.server.port !== DNS_PORT) {
    if (call.failed) receiveFailed(context, call, process, socket);
    return;
  }
  if (call.failed) {
    if (socket.dns) socket.listened = true;
    const { error } = call.tail;
    if (error === "EAGAIN" || error === "EWOULDBLOCK") {
      // A blocking receive came back empty: SO_RCVTIMEO ran out.
      if (socket.receiveTimeout > 0 && !socket.nonblocking && !call.args.includes("MSG_DONTWAIT")) {
        waitedOn(context, call, thread, [[fd, socket]], socket.receiveTimeout, false);
      }
    } else receiveFailed(context, call, process, socket);
    return;
  }
  if (!(call.value > 0)) return;
  if (call.args.includes("MSG_ERRQUEUE")) {
    // The kernel gives the question back with the ICMP error that it met (ip(7), IP_RECVERR).
    const error = errorCode(call.args);
    if (error !== undefined) fail(context, call, process, socket, error);
    return;
  }
  receive(context, call, process, socket, fd);
}

function receive(
  context: Context,
  call: Call,
  process: Process,
  socket: Socket | undefined,
  fd: number,
): void {
  const datagram = socket?.transport === "tcp" ? undefined : datagramOf(call, receivedBuffers);
  for (const buffer of datagram ? [datagram.buffer] : receivedBuffers(call)) {
    const server = buffer.peer ?? socket?.server;
    if (server?.port !== DNS_PORT) continue;
    if (socket !== undefined) {
      socket.traffic = true;
      socket.listened = true;
    }
    // glibc reads the two bytes of the length by themselves.
    if (socket?.transport === "tcp" && buffer.length === 2) continue;
    const messages = datagram?.messages ?? messagesIn(buffer, socket?.transport);
    for (const message of messages) {
      if (!message.response) continue;
      process.answers++;
      context.emit(answerEvent(call, process, socket, fd, message, server));
      settle(context, process, message, server);
    }
    // Something came; what it answers is not shown.
    if (messages.length === 0 && !buffer.complete && socket !== undefined) {
      for (const asked of [...socket.asked]) context.decisions.settle(asked, process);
    }
  }
}

/**
 * The questions that a message answers. An answer that settles the look-up settles it with every server that was asked: musl asks
 * all at once and does not wait for the others, nor do forwarders, which give each its own id. After SERVFAIL and the like they do.
 */
function settle(context: Context, process: Process, message: DnsMessage, server: Endpoint): void {
  const final = message.responseCode === "NOERROR" || message.responseCode === "NXDOMAIN";
  for (const asked of [...process.asked]) {
    if (asked.over) continue;
    const here = asked.server === undefined || asked.server.ip === server.ip;
    const answers =
      asked.id < 0
        ? here
        : (isAbout(asked, message) && (final || here)) || (final && asksTheSame(asked, message));
    if (answers) context.decisions.settle(asked, process);
  }
}

/** `ee_errno=ECONNREFUSED` of a `struct sock_extended_err`. */
function errorCode(args: string): string | undefined {
  const at = args.indexOf("ee_errno=");
  if (at < 0) return undefined;
  const name = /^(?:\d+ \/\* )?(E[A-Z0-9]+)/.exec(args.slice(at + 9, at + 40));
  return name?.[1];
}
