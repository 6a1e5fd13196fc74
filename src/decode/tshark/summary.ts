import { textOf } from "../../grammar/bytes.js";
import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { Dissection } from "./dissection.js";
import { addInfo } from "./info.js";
import { DISSECTED, recordFields } from "./record.js";

/** The columns of tshark's and Wireshark's packet list, as texts. */
export interface SummaryColumns {
  time: string;
  source: string;
  destination: string;
  protocol: string;
  info: string;
}

const IP =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){1,6}:(?:[0-9a-f]{0,4}|\d{1,3}(?:\.\d{1,3}){3}))$/;
const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** The fields of one line of the packet list. Ports are shown for few protocols: DNS has none. */
export function summaryFields(columns: SummaryColumns): Fields {
  const dissection = new Dissection();
  addListed(dissection, columns);
  return { ...recordFields(dissection), ...stampOf(columns.time) };
}

/** Adds what the columns of the packet list say of a packet. */
export function addListed(
  dissection: Dissection,
  { source, destination, protocol, info }: Omit<SummaryColumns, "time">,
): void {
  for (const [way, address] of [
    ["src", source],
    ["dst", destination],
  ]) {
    if (MAC.test(address!)) dissection.add(`eth.${way}`, address!);
    else if (IP.test(address!)) dissection.add(`${address!.includes(":") ? "ipv6" : "ip"}.${way}`, address!);
  }
  addInfo(dissection, protocol, info);
}

const DAY_OF_YEAR = /^(\d{4})\/(\d{3}) (.*)$/;
const WORDED = /^(-?)(?:(\d{1,6})h *)?(?:(\d{1,2})m *)?(\d{1,2})(\.\d{1,9})s$/;

/**
 * tshark -t: `r`, `d` and `dd` seconds, `e` since the epoch, `a` and `u` time of day, `ad` and `ud` with the date (`Z` behind UTC since
 * 3.6), `adoy` and `udoy` with the day of the year; with `-u hms` `1m  4.069343s`.
 */
export function stampOf(time: string): Fields {
  const worded = WORDED.exec(time);
  if (worded) {
    const [, minus, hours = "0", minutes = "0", seconds, part] = worded;
    const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return { "@timestamp": `${minus}${whole}${part}`, "@timestamp.kind": "elapsed" };
  }
  const day = DAY_OF_YEAR.exec(time);
  if (day) return { "@timestamp": `${dateOf(day[1]!, day[2]!)} ${day[3]}`, "@timestamp.kind": "datetime" };
  const kind = /^\d{9,11}\.\d/.test(time)
    ? "epoch"
    : /^-?\d+\.\d+$/.test(time)
      ? "elapsed"
      : /^\d{4}-\d\d-\d\d.*Z$/.test(time)
        ? "rfc3339"
        : /^\d{4}-\d\d-\d\d/.test(time)
          ? "datetime"
          : "hms";
  return { "@timestamp": time, "@timestamp.kind": kind };
}

/** `2026-11-22`, from the year and its day, the first of which is 1. */
const dateOf = (year: string, day: string): string =>
  new Date(Date.UTC(Number(year), 0, Number(day))).toISOString().slice(0, 10);

/** A time in the packet list, in any of the forms that {@link stampOf} reads. */
export const LISTED_TIME = String.raw`-?\d{1,11}\.\d{1,9}|(?:\d{4}-\d\d-\d\d[ T]|\d{4}/\d{3} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?Z?|-?(?:\d{1,6}h *)?(?:\d{1,2}m *)?\d{1,2}\.\d{1,9}s`;
const BEGINS = String.raw` {0,8}(\d{1,9})[ \t]+(${LISTED_TIME})[ \t]+`;
const ENDS = String.raw`([^ \t\n]{1,40})[ \t]+(\d{1,6})(?:[ \t]+([^\n]*))?$`;
const ADDRESS = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})`;
// Addresses that tshark does not know are blanks; the arrow was "->" before tshark 2; -T tabs puts a TAB between columns.
const ARROWED = new RegExp(
  `${BEGINS}(?:([^ \\t\\n]+)[ \\t]+)?(?:\xe2\x86\x92|->)[ \\t]+(?:([^ \\t\\n]+)[ \\t]+)?${ENDS}`,
  "y",
);
/** Wireshark's list, exported or printed as text, has no arrow: two addresses must show what it is. */
const BARE = new RegExp(`${BEGINS}(${ADDRESS})[ \\t]+(${ADDRESS})[ \\t]+${ENDS}`, "y");

function readList(look: RegExp, record: string): Fields {
  look.lastIndex = 0;
  const [, , time, source, destination, protocol, , info] = look.exec(record)!;
  const text = (bytes: string | undefined) => textOf(bytes ?? "").trim();
  return summaryFields({
    time: time!,
    source: text(source),
    destination: text(destination),
    protocol: text(protocol),
    info: text(info),
  });
}

/** tshark's packet list, one line a packet, and Wireshark's. */
export const tsharkSummary = envelopeOf({
  name: "tshark-summary",
  title: "tshark's packet list, one line a packet",
  file: "src/decode/tshark/summary.ts",
  event: DISSECTED,
  look: ARROWED,
  first: " 0123456789",
  literals: [["\xe2\x86\x92", "->"]],
  read: (record) => readList(ARROWED, record),
  stamps: ["epoch", "elapsed", "rfc3339", "datetime", "hms"],
  set: { "event.category": "network" },
  also: [
    // Its columns are padded.
    { event: DISSECTED, look: BARE, literals: [["   "]], read: (record) => readList(BARE, record) },
    {
      event: "capture.marker",
      look: /Capturing on '[^\n]*|Running as user "[^\n]*|\d+ packets? dropped from [^\n]*/y,
      first: "CR0123456789",
      literals: [["Capturing on '", 'Running as user "', " dropped from "]],
    },
    {
      event: "packet.columns",
      look: /No\. +Time +Source +Destination +Protocol Length Info *$/y,
      first: "N",
      literals: [["Protocol Length Info"]],
    },
    // -x: the packet's bytes, once more.
    {
      event: "packet.dump",
      look: /[0-9a-f]{4} {2}(?:[0-9a-f]{2} {1,2}){1,16} {1,52}[\x20-\x7e]{1,17}$/y,
      first: "0123456789abcdef",
      literals: [["   "]],
    },
  ],
});
