import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { isObject, type Json, objectIn } from "../json.js";
import { Dissection } from "./dissection.js";
import { DISSECTED, recordFields } from "./record.js";

/** Dissectors nest about ten deep. */
const MOST_DEPTH = 32;

function collect(value: Json, into: Dissection, depth: number): void {
  if (depth > MOST_DEPTH) return;
  if (Array.isArray(value)) for (const member of value as Json[]) collect(member, into, depth + 1);
  else if (isObject(value)) for (const key of Object.keys(value)) member(key, value[key]!, into, depth);
}

function member(key: string, value: Json, into: Dissection, depth: number): void {
  // Addresses of authority and additional records answer nothing.
  if (key === "Authoritative nameservers" || key === "Additional records") return;
  if (Array.isArray(value)) for (const one of value as Json[]) member(key, one, into, depth + 1);
  else if (typeof value === "object") collect(value, into, depth + 1);
  else into.add(key, String(value));
}

/** The fields of one packet's JSON object: `_source.layers` of `-T json`, `layers` of `-T ek`. */
export function readTsharkJson(record: string): Fields {
  const packet = objectIn(record);
  const source = packet["_source"];
  const layers = (isObject(source) ? source["layers"] : undefined) ?? packet["layers"];
  const dissection = new Dissection();
  if (layers !== undefined) collect(layers, dissection, 0);
  // With -e alone -T ek still has the time in front, in ms.
  const ms = packet["timestamp"];
  if (typeof ms === "string" && /^\d{12,14}$/.test(ms) && dissection.text("frame_time") === undefined)
    dissection.add("frame.time_epoch", `${ms.slice(0, -3)}.${ms.slice(-3)}`);
  return recordFields(dissection);
}

/** `tshark -T json` (an array of indented objects) and `-T ek` (a line for Elasticsearch's index, then one for the packet). */
export const tsharkJson = envelopeOf({
  name: "tshark-json",
  title: "tshark -T json and -T ek",
  file: "src/decode/tshark/json.ts",
  event: DISSECTED,
  look: /[ \t]*\{\s*(?=[\s\S]*?"layers"\s*:\s*\{)"(?:timestamp|_index|_source|layers)"[\s\S]*\}[\s,\]]*$/y,
  first: " \t{[]",
  literals: [['"layers"']],
  continuation: /\t| {4}| {1,3}"|[ ]*[}\],]/y,
  read: readTsharkJson,
  stamps: ["epoch", "rfc3339", "datetime"],
  set: { "event.category": "network" },
  also: [
    { event: "packet.separator", look: /[[\]]\s*$/y, around: true },
    { event: "packet.index", look: /\{"index" ?: ?\{[^{}]*\}\}\s*$/y, literals: [['{"index"']] },
  ],
});
