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
export function summaryFields({ time, source, destination, protocol, info }: SummaryColumns): Fields {
  const dissection = new Dissection();
  for (const [way, address] of [
    ["src", source],
    ["dst", destination],
  ]) {
    if (MAC.test(address!)) dissection.add(`eth.${way}`, address!);
    else if (IP.test(address!)) dissection.add(`${address!.includes(":") ? "ipv6" : "ip"}.${way}`, address!);
  }
  addInfo(dissection, protocol, info);
  return { ...recordFields(dissection), ...stampOf(time) };
}

/** tshark -t: `r` and `d` seconds, `e` since the epoch, `a` time of day, `ad` and `ud` with the date (`Z` behind UTC since 3.6). */
function stampOf(time: string): Fields {
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

const TIME = String.raw`-?\d{1,11}\.\d{1,9}|(?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d:\d\d(?:\.\d{1,9})?Z?`;
// Addresses that tshark does not know are blanks; the arrow was "->" before tshark 2.
const LINE = new RegExp(
  String.raw` {0,8}(\d{1,9}) +(${TIME}) +(?:([^ \n]+) +)?(?:\xe2\x86\x92|->) +(?:([^ \n]+) +)?([^ \n]{1,40}) (\d{1,6})(?: +([^\n]*))?$`,
  "y",
);

function readSummary(record: string): Fields {
  LINE.lastIndex = 0;
  const [, , time, source, destination, protocol, , info] = LINE.exec(record)!;
  const text = (bytes: string | undefined) => textOf(bytes ?? "").trim();
  return summaryFields({
    time: time!,
    source: text(source),
    destination: text(destination),
    protocol: text(protocol),
    info: text(info),
  });
}

/** tshark's packet list, one line a packet. */
export const tsharkSummary = envelopeOf({
  name: "tshark-summary",
  title: "tshark's packet list, one line a packet",
  file: "src/decode/tshark/summary.ts",
  event: DISSECTED,
  look: new RegExp(LINE.source, "y"),
  first: " 0123456789CR",
  read: readSummary,
  stamps: ["epoch", "elapsed", "rfc3339", "datetime", "hms"],
  set: { "event.category": "network" },
  also: [
    {
      event: "capture.marker",
      look: /Capturing on '[^\n]*|Running as user "[^\n]*|\d+ packets? dropped from [^\n]*/y,
    },
  ],
});
