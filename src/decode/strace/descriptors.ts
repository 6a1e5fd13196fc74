import { type Endpoint, readSockaddr } from "./address.js";
import { readArgs } from "./args.js";
import { type Call, leadingNumber } from "./calls.js";
import type { Context } from "./context.js";
import { Known } from "./known.js";
import { connectEvent } from "./output.js";
import type { Process, Thread } from "./processes.js";
import { DNS_PORT, Epoll, Socket } from "./sockets.js";
import { milliseconds } from "./spans.js";
import { hasFlag, itemsOf, numberOf, wordsOf } from "./values.js";

/** A new descriptor: what it stood for before was closed unseen; of strangers, it shows that they share nothing. */
function create(context: Context, thread: Thread, fd: number, what: Socket | Epoll, cloexec: boolean): void {
  const before = thread.process.descriptors.get(fd);
  if (before !== undefined) {
    context.processes.separate(thread);
    if (thread.process.descriptors.has(fd)) context.close(thread.process, fd, undefined);
  }
  context.processes.put(thread.process, fd, what, cloexec);
}

/** What the arguments of `socket` ask for. */
interface SocketKind {
  readonly transport: Socket["transport"];
  readonly nonblocking: boolean;
  readonly cloexec: boolean;
}

const SOCKET_KINDS = new Known<SocketKind | undefined>();

/** `undefined`: of no internet family. */
export function socketKind(args: string): SocketKind | undefined {
  const [first, second] = readArgs(args);
  const domain = first?.value;
  const type = second?.value;
  const internet =
    /^[AP]F_INET6?$/.test(wordsOf(domain)) || numberOf(domain) === 2 || numberOf(domain) === 10;
  if (!internet) return undefined;
  const bits = (numberOf(type) ?? 0) & 15;
  const words = wordsOf(type);
  const transport =
    words.includes("SOCK_DGRAM") || (words === "" && bits === 2)
      ? "udp"
      : words.includes("SOCK_STREAM") || (words === "" && bits === 1)
        ? "tcp"
        : undefined;
  return {
    transport,
    nonblocking: hasFlag(type, "SOCK_NONBLOCK", 0o4000),
    cloexec: hasFlag(type, "SOCK_CLOEXEC", 0o2000000),
  };
}

/** Addresses of servers, by the arguments that follow the descriptor. */
const SERVERS = new Known<Endpoint | undefined>();

/** The address that the arguments begin with. */
export const firstAddress = (args: string): Endpoint | undefined => readSockaddr(readArgs(args)[0]?.value);

/** socket(domain, type, protocol). */
export function onSocket(context: Context, call: Call): void {
  const fd = call.value;
  if (!(fd >= 0)) return;
  const thread = context.thread(call);
  const kind = SOCKET_KINDS.of(call.args, socketKind);
  if (kind === undefined) {
    context.close(thread.process, fd, undefined);
    return;
  }
  const socket = new Socket(kind.transport);
  socket.nonblocking = kind.nonblocking;
  create(context, thread, fd, socket, kind.cloexec);
  const { note } = call.tail;
  if (note !== undefined) context.annotated(thread.process, fd, note);
}

/** connect(fd, address, length): the socket's server from now on. */
export function onConnect(context: Context, call: Call): void {
  const { process } = context.thread(call);
  const fd = call.fd;
  const rest = call.behindFd;
  const server = rest === undefined ? readSockaddr(call.arg(1)) : SERVERS.of(rest, firstAddress);
  if (server === undefined) {
    // connect to AF_UNSPEC dissolves; to AF_UNIX the descriptor is no internet socket.
    if (call.args.includes("AF_UNIX") || call.args.includes("AF_LOCAL"))
      context.close(process, fd, undefined);
    return;
  }
  let socket = context.socketOf(call, process, fd);
  if (socket === undefined) socket = context.inferSocket(process, fd);
  const { error } = call;
  const done =
    call.value === 0 ||
    error === "EINPROGRESS" ||
    error === "EINTR" ||
    error?.startsWith("ERESTART") === true;
  if (done) {
    socket.server = server;
    if (server.port === DNS_PORT) process.dns = true;
    socket.connecting = error !== undefined;
  }
  if (server.port === 0) return; // glibc's and Go's way to learn the source address for a destination
  context.emit(
    connectEvent(call, process, socket, server, call.failed || call.result === "?" ? error : undefined),
  );
}

/** getsockopt(fd, SOL_SOCKET, SO_ERROR, [code], …): how a connect that was left in progress ended. */
export function onGetOption(context: Context, call: Call): void {
  if (!call.args.includes("SO_ERROR") || call.value !== 0) return;
  const { process } = context.thread(call);
  const socket = context.socketOf(call, process, call.fd);
  if (socket?.server === undefined) return;
  const result = itemsOf(call.arg(3))[0]?.value;
  const error = wordsOf(result);
  if (!socket.connecting && error === "") return;
  socket.connecting = false;
  context.emit(connectEvent(call, process, socket, socket.server, error === "" ? undefined : error));
}

/** setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, …). */
export function onSetOption(context: Context, call: Call): void {
  if (!call.args.includes("SO_RCVTIMEO") || call.value !== 0) return;
  const { process } = context.thread(call);
  const socket = context.socketOf(call, process, call.fd);
  if (socket !== undefined) socket.receiveTimeout = milliseconds(call.arg(3)) ?? 0;
}

/** close(fd). */
export function onClose(context: Context, call: Call): void {
  const { process } = context.thread(call);
  const fd = call.fd;
  // Whatever close returns, Linux has closed it (close(2)); except when it was none.
  if (process.descriptors.has(fd) && call.error !== "EBADF") context.close(process, fd, call.entry);
}

/** close_range(first, last, flags). */
export function onCloseRange(context: Context, call: Call): void {
  if (call.value !== 0 || call.args.includes("CLOSE_RANGE_CLOEXEC")) return;
  const { process } = context.thread(call);
  const first = numberOf(call.arg(0)) ?? 0;
  const last = numberOf(call.arg(1)) ?? Number.POSITIVE_INFINITY;
  for (const fd of [...process.descriptors.keys()])
    if (fd >= first && fd <= last) context.close(process, fd, call.entry);
}

/** dup(fd), dup2(fd, new), dup3(fd, new, flags). */
export function onDup(context: Context, call: Call): void {
  duplicate(context, call, call.args.includes("O_CLOEXEC"));
}

/** fcntl(fd, F_DUPFD[_CLOEXEC], …), fcntl(fd, F_SETFL, flags). */
export function onFcntl(context: Context, call: Call): void {
  if (call.args.includes("F_DUPFD")) duplicate(context, call, call.args.includes("F_DUPFD_CLOEXEC"));
  else if (call.args.includes("F_SETFL") && call.value === 0) {
    const socket = context.thread(call).process.socket(call.fd);
    if (socket !== undefined) socket.nonblocking = hasFlag(call.arg(2), "O_NONBLOCK", 0o4000);
  }
}

/** ioctl(fd, FIONBIO, [1]). */
export function onIoctl(context: Context, call: Call): void {
  if (!call.args.includes("FIONBIO") || call.value !== 0) return;
  const socket = context.thread(call).process.socket(call.fd);
  if (socket !== undefined) socket.nonblocking = numberOf(itemsOf(call.arg(2))[0]?.value) !== 0;
}

function duplicate(context: Context, call: Call, cloexec: boolean): void {
  const to = call.value;
  const from = call.fd;
  if (!(to >= 0) || to === from) return;
  const thread = context.thread(call);
  const { process } = thread;
  const { note } = call;
  if (note !== undefined) context.annotated(process, from, note);
  const what = process.descriptors.get(from)?.what;
  if (process.descriptors.has(to))
    context.close(process, to, call.name.startsWith("dup") ? call.entry : undefined);
  if (what === undefined) return;
  what.references++;
  context.processes.put(process, to, what, cloexec);
}

/** epoll_create, epoll_create1. */
export function onEpollCreate(context: Context, call: Call): void {
  const fd = call.value;
  if (fd >= 0) create(context, context.thread(call), fd, new Epoll(), call.args.includes("EPOLL_CLOEXEC"));
}

/** Descriptors that one epoll watches; more are not followed. */
const MAX_WATCHED = 256;

/** epoll_ctl(epfd, op, fd, event). */
export function onEpollControl(context: Context, call: Call): void {
  if (call.value !== 0) return;
  const { process } = context.thread(call);
  const target = call.arg(2);
  if (target?.kind !== "number") return;
  const fd = target.value;
  let epoll = process.epoll(call.fd);
  const socket = target.note === undefined ? process.socket(fd) : context.annotated(process, fd, target.note);
  const operation = wordsOf(call.arg(1));
  if (operation === "EPOLL_CTL_DEL" || numberOf(call.arg(1)) === 2) {
    epoll?.watched.delete(fd);
    return;
  }
  if (socket === undefined) {
    epoll?.watched.delete(fd);
    return;
  }
  if (epoll === undefined) {
    // Made before the trace. Two sockets cannot share a descriptor with it.
    if (process.descriptors.has(call.fd)) context.close(process, call.fd, undefined);
    epoll = new Epoll();
    context.processes.put(process, call.fd, epoll, false);
  }
  if (epoll.watched.size < MAX_WATCHED) epoll.watched.set(fd, socket);
}

/** A successful execve closes what was marked so. */
export function onExec(context: Context, call: Call): void {
  if (call.value !== 0) return;
  const { process } = context.thread(call);
  for (const [fd, { cloexec }] of [...process.descriptors])
    if (cloexec) context.close(process, fd, call.entry);
}

/** Is the descriptor that a call begins with worth reading its data? Cheap: read and write are most of a trace. */
export function mayBeDns(process: Process, args: string): boolean {
  const socket = process.socket(leadingNumber(args));
  if (socket !== undefined)
    return socket.server === undefined || socket.server.port === DNS_PORT || socket.connecting;
  const note =
    args.charCodeAt(1) === 60 ||
    args.charCodeAt(2) === 60 ||
    args.charCodeAt(3) === 60 ||
    args.charCodeAt(4) === 60;
  return note && args.slice(0, 160).includes(":53]");
}
