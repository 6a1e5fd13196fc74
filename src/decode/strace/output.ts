import type { Event, Fields } from "../../model/event.js";
import type { DnsMessage } from "../dns/message.js";
import type { Endpoint } from "./address.js";
import type { Call } from "./calls.js";
import { type Process, UNNAMED } from "./processes.js";
import type { Asked, Socket } from "./sockets.js";

/**
 * A raw record as proof: where it is and when, without its fields, whose texts would keep the file's chunks in memory.
 * @param action what the record shows, where that is more than a system call
 */
export function cite(record: Event, action = record.action): Event {
  const { source, line, offset, length, time, ns, latest, category } = record;
  const proof: Event = {
    source,
    line,
    offset,
    length,
    time,
    ns,
    latest,
    action,
    category,
    fields: { "strace.call": record.fields["strace.call"] },
  };
  if (record.stamped !== undefined) proof.stamped = record.stamped;
  return proof;
}

/** An event at the place and time of `record`, proved by `cites`. */
export function eventAt(
  record: Event,
  action: string,
  category: string,
  fields: Fields,
  cites: readonly Event[],
): Event {
  const { source, line, offset, length, time, ns, latest } = record;
  const event: Event = { source, line, offset, length, time, ns, latest, action, category, fields, cites };
  if (record.stamped !== undefined) event.stamped = record.stamped;
  return event;
}

const idOf = (id: number) => (id === UNNAMED ? undefined : id);
const nameOf = ({ question }: DnsMessage) => (question?.name === "" ? undefined : question?.name);

// One literal for all fields of an event: V8 makes an object of known shape at once, and takes long over spreading.

/** A question in a send buffer: stamped when the call was entered. */
export function queryEvent(
  call: Call,
  process: Process,
  socket: Socket | undefined,
  fd: number,
  dns: DnsMessage,
  server: Endpoint | undefined,
): Event {
  const { local } = socket ?? {};
  const isBound = local !== undefined && local.ip !== "0.0.0.0" && local.ip !== "::";
  const fields: Fields = {
    "network.protocol": "dns",
    "network.transport": socket?.transport,
    "dns.type": "query",
    "dns.id": dns.id,
    "dns.question.name": nameOf(dns),
    "dns.question.type": dns.question?.type,
    "dns.question.name_cut": dns.nameCut ? true : undefined,
    "dns.header_flags": dns.flags,
    "destination.ip": server?.ip,
    "destination.port": server?.port,
    "strace.call": call.name,
    "process.pid": idOf(process.pid),
    "process.thread.id": idOf(call.thread),
    "strace.fd": fd,
    "source.ip": isBound ? local.ip : undefined,
    "source.port": isBound ? local.port : undefined,
  };
  return eventAt(call.entry, "dns.query", "network", fields, citesOf(call, "dns.query"));
}

/** An answer in a receive buffer: it was there at some moment of the call. */
export function answerEvent(
  call: Call,
  process: Process,
  socket: Socket | undefined,
  fd: number,
  dns: DnsMessage,
  server: Endpoint | undefined,
): Event {
  const fields: Fields = {
    "network.protocol": "dns",
    "network.transport": socket?.transport,
    "dns.type": "answer",
    "dns.id": dns.id,
    "dns.question.name": nameOf(dns),
    "dns.question.type": dns.question?.type,
    "dns.question.name_cut": dns.nameCut ? true : undefined,
    "dns.header_flags": dns.flags,
    "destination.ip": server?.ip,
    "destination.port": server?.port,
    "dns.response_code": dns.responseCode,
    "dns.answers_count": dns.answersCount,
    "dns.resolved_ip": dns.addresses.length > 0 ? dns.addresses : undefined,
    "strace.call": call.name,
    "process.pid": idOf(process.pid),
    "process.thread.id": idOf(call.thread),
    "strace.fd": fd,
  };
  const event = eventAt(call.exit, "dns.answer", "network", fields, citesOf(call, "dns.answer"));
  const until = call.entry.latest + call.spent;
  if (call.records.length === 1 && until > event.latest) event.latest = until;
  return event;
}

/** How a connect ended. */
export function connectEvent(
  call: Call,
  process: Process,
  socket: Socket | undefined,
  server: Endpoint,
  error: string | undefined,
): Event {
  const fields = failure(call, process, socket, server, error);
  return eventAt(call.entry, "socket.connect", "process", fields, citesOf(call));
}

/** A send or receive that failed, or an error that poll reported on the socket; and how long the call took until then. */
export function errorEvent(
  call: Call,
  process: Process,
  socket: Socket,
  server: Endpoint | undefined,
  error: string,
): Event {
  const { spent } = call;
  const fields = failure(call, process, socket, server, error);
  if (spent > 0) fields["event.duration"] = Math.round(spent * 1000);
  return eventAt(call.exit, "socket.error", "process", fields, citesOf(call));
}

/** The fields of what a call on a socket met with; `error` is undefined when all went well. */
export const failure = (
  call: Call,
  process: Process,
  socket: Socket | undefined,
  server: Endpoint | undefined,
  error: string | undefined,
): Fields => ({
  "strace.call": call.name,
  "process.pid": idOf(process.pid),
  "process.thread.id": idOf(call.thread),
  "network.transport": socket?.transport,
  "destination.ip": server?.ip,
  "destination.port": server?.port,
  "error.code": error,
});

/** The records of a call as proof. */
export const citesOf = ({ records }: Call, action?: string): readonly Event[] =>
  records.map((record) => cite(record, action));

/**
 * Questions that were waited for in vain, together: they share socket, server and waits.
 * @param pid of the process; `UNNAMED` when unknown
 */
export function waitEvent(asked: readonly Asked[], pid: number): Event {
  const first = asked[0]!;
  const sends = asked.flatMap((each) => each.cites);
  const waits = first.pieces.flatMap(({ cite: begun, end }) => (end ? [begun, end] : [begun]));
  const spent = spentWaiting(first);
  const fields: Fields = {
    ...question(asked),
    "strace.call": first.pieces.at(-1)!.call,
    "dns.wait.timeout_ms": Math.round(first.waited),
    "event.duration": spent > 0 ? Math.round(spent * 1000) : undefined,
    // Waits each too short to be a client's patience: that it was one shows only from its asking again.
    "dns.wait.inferred": first.firm ? undefined : true,
  };
  own(fields, first, pid);
  return eventAt(waits[0]!, "dns.wait_timeout", "network", fields, distinct([...sends, ...waits]));
}

/** From the first wait's beginning to the last one's end, by stamps, else all of them together: µs, NaN when unknown. */
function spentWaiting({ pieces }: Asked): number {
  const last = pieces.at(-1)!;
  const span = last.cite.time + last.spent - pieces[0]!.cite.time;
  return Number.isNaN(span) ? pieces.reduce((sum, piece) => sum + piece.spent, 0) : span;
}

/**
 * Questions that met with silence for at least `silence` µs until the record `proof` shows that the client gave up on them.
 */
export function silenceEvent(asked: readonly Asked[], pid: number, proof: Event, silence: number): Event {
  const first = asked[0]!;
  const fields: Fields = {
    ...question(asked),
    "strace.call": proof.fields["strace.call"],
    "event.duration": Math.round(silence * 1000),
    "dns.wait.inferred": true,
  };
  own(fields, first, pid);
  const sends = asked.flatMap((each) => each.cites);
  return eventAt(sends[0]!, "dns.wait_timeout", "network", fields, distinct([...sends, cite(proof)]));
}

function question(asked: readonly Asked[]): Fields {
  const first = asked[0]!;
  const ids = [...new Set(asked.map((each) => each.id).filter((id) => id >= 0))];
  const types = [...new Set(asked.flatMap((each) => each.type ?? []))];
  return {
    "network.protocol": "dns",
    "network.transport": first.socket.transport,
    "dns.id": ids.length > 0 ? ids : undefined,
    "dns.question.name": first.name === "" ? undefined : first.name,
    "dns.question.name_cut": first.nameCut && first.name !== undefined ? true : undefined,
    "dns.question.type": types.length > 0 ? types : undefined,
    "destination.ip": first.server?.ip,
    "destination.port": first.server?.port,
  };
}

function own(fields: Fields, first: Asked, pid: number): void {
  if (pid !== UNNAMED) fields["process.pid"] = pid;
  if (first.thread !== UNNAMED) fields["process.thread.id"] = first.thread;
  if (first.fd >= 0) fields["strace.fd"] = first.fd;
}

function distinct(records: readonly Event[]): Event[] {
  const seen = new Set<number>();
  return records.filter(({ offset }) => !seen.has(offset) && seen.add(offset));
}
