import { type DnsMessage, decodeDns } from "../dns/message.js";
import { decodeDnsStream } from "../dns/stream.js";
import { type Endpoint, readSockaddr } from "./address.js";
import { asksTheSame, isAbout, MAX_ASKED, newAsked } from "./asked.js";
import { type Buffer, bufferOf, messageOf, messagesOf, vectorOf } from "./buffers.js";
import type { Call } from "./calls.js";
import type { Context } from "./context.js";
import { datagramOf } from "./datagrams.js";
import { sendFailed } from "./failing.js";
import { citesOf, queryEvent } from "./output.js";
import type { Process } from "./processes.js";
import { DNS_PORT, type Socket } from "./sockets.js";

/** What a call that sends gives out: one buffer per message. */
export function sentBuffers(call: Call): Buffer[] {
  const length = call.value;
  switch (call.name) {
    case "sendto":
      return [bufferOf(call.arg(1), length, readSockaddr(call.arg(4)))];
    case "sendmsg":
      return [messageOf(call.arg(1), length)];
    case "sendmmsg":
      return messagesOf(call.arg(1), length);
    case "writev":
      return [vectorOf(call.arg(1), length)];
    default: // write, send
      return [bufferOf(call.arg(1), length, undefined)];
  }
}

/** DNS messages in a buffer; over TCP behind their lengths, or without when the length went in a call of its own. */
export function messagesIn(buffer: Buffer, transport: "udp" | "tcp" | undefined): DnsMessage[] {
  const { bytes, complete } = buffer;
  if (transport === "tcp") {
    const stream = decodeDnsStream(bytes, 0, bytes.length, complete);
    if (stream.length > 0) return stream;
  }
  const message = decodeDns(bytes, 0, bytes.length, complete);
  return message === undefined ? [] : [message];
}

/** sendto, sendmsg, sendmmsg, send, write, writev. */
export function onSend(context: Context, call: Call): void {
  const { process } = context.thread(call);
  const fd = call.fd;
  const socket = context.socketOf(call, process, fd);
  if (call.failed) {
    if (socket !== undefined) sendFailed(context, call, process, socket);
    return;
  }
  // Without descriptor table (sockets from before the trace) only an address in the call says where it goes.
  if (socket === undefined && (call.name === "write" || call.name === "writev" || !call.args.includes("sin")))
    return;
  if (!(call.value > 0)) return;
  if (socket?.server !== undefined && socket.server.port !== DNS_PORT) return;
  const datagram = socket?.transport === "tcp" ? undefined : datagramOf(call, sentBuffers);
  const buffers = datagram ? [datagram.buffer] : sentBuffers(call);
  // `-s 0` leaves out the whole vector.
  if (buffers.length === 0) buffers.push(bufferOf(undefined, Number.NaN, undefined));
  for (const buffer of buffers) {
    const server = buffer.peer ?? socket?.server;
    if (server?.port !== DNS_PORT) continue;
    const at = socket ?? context.inferSocket(process, fd);
    at.traffic = true;
    const messages = datagram?.messages ?? messagesIn(buffer, at.transport);
    for (const message of messages)
      if (!message.response) ask(context, call, process, at, fd, message, server);
    // Too little of it is shown to say what was asked.
    if (messages.length === 0 && !buffer.complete && buffer.bytes.length < 4 && !(buffer.length === 2)) {
      remember(context, call, process, at, fd, undefined, server);
    }
  }
}

function ask(
  context: Context,
  call: Call,
  process: Process,
  socket: Socket,
  fd: number,
  message: DnsMessage,
  server: Endpoint,
): void {
  const { entry } = call;
  let again = false;
  for (const known of [...process.asked]) {
    if (known.over) continue;
    const same = isAbout(known, message);
    // Under another id it is another try, unless another thread asks for itself.
    if (!same && !(known.thread === call.thread && asksTheSame(known, message))) continue;
    const gaveUp = context.decisions.giveUp(known, process, entry, {
      ticks: true,
      silence: same || process.showsAnswers(known.socket),
    });
    // Sent twice in a hurry: one question still.
    if (!gaveUp && same && known.socket === socket && known.server?.ip === server.ip) again = true;
  }
  const event = queryEvent(call, process, socket, fd, message, server);
  context.emit(event);
  if (!again) remember(context, call, process, socket, fd, message, server, event.cites!);
}

function remember(
  context: Context,
  call: Call,
  process: Process,
  socket: Socket,
  fd: number,
  message: DnsMessage | undefined,
  server: Endpoint,
  cites = citesOf(call, "dns.query"),
): void {
  const { time, latest } = call.entry;
  const asked = newAsked(message, socket, server, {
    fd,
    thread: call.thread,
    cites,
    time,
    latest,
  });
  if (socket.asked.length >= MAX_ASKED) context.decisions.settle(socket.asked[0]!, process);
  socket.asked.push(asked);
  process.questions++;
  process.open(asked);
}

/** Waits on a socket whose questions the trace does not show: `-e trace=poll`, or attached while it waited. */
export function assumeAsked(process: Process, socket: Socket, fd: number, call: Call): void {
  const asked = newAsked(undefined, socket, socket.server, {
    fd,
    thread: call.thread,
    cites: [],
    time: Number.NaN,
    latest: Number.NaN,
  });
  socket.asked.push(asked);
  process.open(asked);
}
