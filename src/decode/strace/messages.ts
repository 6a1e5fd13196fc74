import type { Event, Fields } from "../../model/event.js";
import { httpFields } from "../http/fields.js";
import { readHttpHead } from "../http/head.js";
import type { Buffer as Data } from "./buffers.js";
import type { Call } from "./calls.js";
import { eventAt } from "./output.js";
import { type Process, UNNAMED } from "./processes.js";
import { receivedBuffers } from "./receiving.js";
import { sentBuffers } from "./sending.js";

const SENDS = new Set(["sendto", "sendmsg", "send", "write", "writev"]);
const RECEIVES = new Set(["recvfrom", "recvmsg", "recv", "read", "readv"]);

/** Data that may be one of ours, as strace quotes it; the others are not unquoted. */
const LOOKS_LIKE = /"(?:[A-Z]{3,20} [!-~]|HTTP\/1\.)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.,]\d{6}/;
/** A line's own stamp, perhaps cut: at its beginning, or under one of the names that loggers give it. */
const STAMP =
  /(?:^(?:<\d{1,3}>)?|[{,] ?"(?:time|ts|t|timestamp|@timestamp)": ?"|(?:^| )(?:time|ts|t)="?)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.,]\d{6,9}(?:Z|[+-]\d\d:?\d\d)?)/;
/** Lines of one write that are looked at, and how far into each. */
const MAX_LINES = 32;
const MAX_LINE = 512;

/**
 * What data that a call moved tell by themselves: an HTTP message (`http.message`: over a socket, whether its making was seen or
 * not), lines that are written with a stamp in them (`log.written`). docs/FIELDS.md names the fields.
 */
export function messagesOf(call: Call, process: Process): Event[] {
  const sends = SENDS.has(call.name);
  if (!sends && !RECEIVES.has(call.name)) return [];
  if (!(call.value > 0) || !LOOKS_LIKE.test(call.args)) return [];
  const [data] = sends ? sentBuffers(call) : receivedBuffers(call);
  if (data === undefined || data.bytes.length === 0) return [];
  const text = Buffer.from(data.bytes).toString("latin1");
  const head = readHttpHead(text);
  if (head === undefined) return sends ? stampsIn(text).map((stamp) => written(call, process, stamp)) : [];
  return [
    eventAt(
      sends ? call.entry : call.exit,
      "http.message",
      "network",
      { ...httpFields(head), ...endsOf(call, process, data, sends), ...ownerOf(call, process) },
      [],
    ),
  ];
}

/** The stamps of the lines that are there from their beginnings. */
function stampsIn(text: string): string[] {
  const stamps: string[] = [];
  for (const line of text.split("\n", MAX_LINES)) {
    const stamp = STAMP.exec(line.slice(0, MAX_LINE))?.[1];
    if (stamp !== undefined) stamps.push(stamp);
  }
  return stamps;
}

const written = (call: Call, process: Process, stamp: string): Event =>
  eventAt(call.entry, "log.written", "process", { "log.stamp": stamp, ...ownerOf(call, process) }, []);

/** Where data went to, or came from: `destination` is the other end of a call that sends. */
function endsOf(call: Call, process: Process, { peer }: Data, sends: boolean): Fields {
  const socket = process.socket(call.fd);
  const other = peer ?? socket?.server;
  const [here, there] = sends ? ["source", "destination"] : ["destination", "source"];
  return {
    "network.direction": sends ? "outbound" : "inbound",
    [`${here}.ip`]: socket?.local?.ip,
    [`${here}.port`]: socket?.local?.port,
    [`${there}.ip`]: other?.ip,
    [`${there}.port`]: other?.port,
  };
}

const ownerOf = (call: Call, process: Process): Fields => ({
  "strace.call": call.name,
  "strace.fd": call.fd,
  "process.pid": process.pid === UNNAMED ? undefined : process.pid,
  "process.thread.id": call.thread === UNNAMED ? undefined : call.thread,
});
