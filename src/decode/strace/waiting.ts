import { addInterruption, addWait, LEAST_WAIT } from "./asked.js";
import type { Call } from "./calls.js";
import type { Context } from "./context.js";
import { fail } from "./failing.js";
import { cite } from "./output.js";
import type { Process, Thread } from "./processes.js";
import { assumeAsked } from "./sending.js";
import type { Piece } from "./sockets.js";
import { DNS_PORT, type Socket } from "./sockets.js";
import { milliseconds } from "./spans.js";
import { field, hasFlag, itemsOf, numberOf, type Value } from "./values.js";

type Watched = readonly (readonly [fd: number, socket: Socket])[];

/** poll(fds, n, ms), ppoll(fds, n, timespec, …). */
export function onPoll(context: Context, call: Call): void {
  const thread = context.thread(call);
  const { process } = thread;
  if (!worthReading(process, call)) return;
  const watched: (readonly [number, Socket])[] = [];
  const entries = itemsOf(call.arg(0));
  for (const { value } of entries) {
    const fd = field(value, "fd");
    if (fd?.kind !== "number" || !asksForInput(field(value, "events"))) continue;
    const socket =
      fd.note === undefined ? process.socket(fd.value) : context.annotated(process, fd.value, fd.note);
    if (socket !== undefined) watched.push([fd.value, socket]);
  }
  if (call.value > 0) {
    reportErrors(context, call, process, watched);
    return;
  }
  const ms = call.name === "poll" ? numberOf(call.arg(2)) : milliseconds(call.arg(2));
  if (ms === undefined) return;
  if (entries.length === 1 && call.value === 0) assume(call, process, watched, ms);
  ended(context, call, thread, watched, ms);
}

/** select(n, read, write, except, timeval), pselect6(…, timespec, sigmask). */
export function onSelect(context: Context, call: Call): void {
  const thread = context.thread(call);
  const { process } = thread;
  if (call.value > 0 || !worthReading(process, call)) return;
  const watched: (readonly [number, Socket])[] = [];
  const entries = itemsOf(call.arg(1));
  for (const { value: fd } of entries) {
    if (fd.kind !== "number") continue;
    const socket =
      fd.note === undefined ? process.socket(fd.value) : context.annotated(process, fd.value, fd.note);
    if (socket !== undefined) watched.push([fd.value, socket]);
  }
  const ms = milliseconds(call.arg(4));
  if (ms === undefined) return;
  if (entries.length === 1 && call.value === 0) assume(call, process, watched, ms);
  ended(context, call, thread, watched, ms);
}

/** epoll_wait(epfd, events, n, ms), epoll_pwait, epoll_pwait2(…, timespec, …). */
export function onEpollWait(context: Context, call: Call): void {
  if (call.value > 0) return;
  const thread = context.thread(call);
  const { process } = thread;
  if (process.asked.length === 0) return;
  const epoll = process.epoll(call.fd);
  if (epoll === undefined) return;
  const ms = call.name === "epoll_pwait2" ? milliseconds(call.arg(3)) : numberOf(call.arg(3));
  if (ms === undefined || ms <= 0) return;
  // Closed sockets are not watched any more (epoll(7)).
  ended(
    context,
    call,
    thread,
    [...epoll.watched].filter(([, socket]) => socket.references > 0),
    ms,
  );
}

/** restart_syscall(<... resuming interrupted poll ...>): the rest of a wait that was stopped. */
export function onRestart(context: Context, call: Call): void {
  const thread = context.thread(call);
  const { interrupted } = thread;
  if (interrupted === undefined || call.interrupted) return;
  thread.interrupted = undefined;
  if (call.value !== 0) return;
  waitedOn(
    context,
    call,
    thread,
    interrupted.sockets.map((socket) => [-1, socket]),
    interrupted.ms,
    false,
    interrupted.call,
  );
}

/** A wait came back: with nothing, or because of a signal. */
function ended(context: Context, call: Call, thread: Thread, watched: Watched, ms: number): void {
  thread.interrupted = undefined;
  if (!(ms > 0)) return;
  if (call.value === 0) waitedOn(context, call, thread, watched, ms, false);
  else if (call.interrupted) {
    waitedOn(context, call, thread, watched, ms, true);
    thread.interrupted = { sockets: watched.map(([, socket]) => socket), ms, call: call.name };
  }
}

/**
 * A thread waited `ms` for input on these sockets in vain (`partial`: until a signal came). Counts for the open questions on
 * those that ask a DNS server.
 */
export function waitedOn(
  context: Context,
  call: Call,
  thread: Thread,
  watched: Watched,
  ms: number,
  partial: boolean,
  name = call.name,
): void {
  const { process } = thread;
  const { spent } = call;
  // Edited or mangled: it did not take the time that it claims.
  if (!partial && spent < ms * 500 && name === call.name) return;
  let piece: Piece | undefined;
  for (const [, socket] of watched) {
    for (const asked of socket.asked) {
      if (asked.over || (asked.server ?? socket.server)?.port !== DNS_PORT) continue;
      // Threads that are only taken for one process may have different descriptors.
      if (
        !process.known &&
        asked.thread !== call.thread &&
        call.note === undefined &&
        !call.args.includes(":53]")
      )
        continue;
      // What proves the wait is the line with its result, which is another one when the call was unfinished.
      piece ??= {
        cite: cite(call.entry, call.exit === call.entry ? "dns.wait_timeout" : undefined),
        end: call.exit === call.entry ? undefined : cite(call.exit, "dns.wait_timeout"),
        call: name,
        ms,
        spent,
      };
      if (partial) addInterruption(asked, piece);
      else {
        addWait(asked, piece);
        context.decisions.waited(asked, thread, call.entry.time + (spent >= 0 ? spent : ms * 1000));
      }
    }
  }
  if (piece !== undefined && Number.isNaN(spent)) context.untimed(call.thread, piece);
}

/** When nothing of the traffic is shown, a long wait for input on a socket to a DNS server tells by itself what it waits for. */
function assume(call: Call, process: Process, watched: Watched, ms: number): void {
  const [only] = watched;
  if (only === undefined || ms < LEAST_WAIT) return;
  const [fd, socket] = only;
  if (socket.server?.port !== DNS_PORT || socket.traffic || socket.asked.length > 0 || process.questions > 0)
    return;
  assumeAsked(process, socket, fd, call);
}

/** POLLERR without POLLIN: an ICMP error waits on the socket. What it is only a receive would tell. */
function reportErrors(context: Context, call: Call, process: Process, watched: Watched): void {
  if (!call.outcome.includes("POLLERR")) return;
  for (const [fd, socket] of watched) {
    if (!socket.dns || socket.asked.length === 0) continue;
    const at = call.outcome.indexOf(`fd=${fd}`);
    const revents = at < 0 ? "" : call.outcome.slice(at, call.outcome.indexOf("}", at));
    if (revents.includes("POLLERR") && !revents.includes("POLLIN"))
      fail(context, call, process, socket, "POLLERR");
  }
}

const asksForInput = (events: Value | undefined) =>
  events === undefined || hasFlag(events, "POLLIN", 1) || hasFlag(events, "POLLRDNORM", 0x40);

/** Nothing open and no DNS socket in sight: then the arguments need no reading. */
function worthReading(process: Process, call: Call): boolean {
  if (process.asked.length > 0 || call.args.includes(":53]")) return true;
  return process.dns && process.questions === 0 && call.value === 0;
}
