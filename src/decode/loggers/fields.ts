import { UnreadableRecord } from "../../grammar/exec.js";
import type { Fields } from "../../model/event.js";
import { asBytes, type JsonObject } from "../json.js";
import { KEYS, textUnder, under } from "./keys.js";
import { type JsonStamp, stampOf } from "./stamp.js";

/** bunyan's and pino's levels by their tens. */
const TENS = ["", "trace", "debug", "info", "warn", "error", "fatal"];
/** Syslog's severities (RFC 5424, 6.2.1), which GELF uses. */
const SEVERITIES = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];
/** MongoDB's (logv2). */
const LETTERS: Record<string, string> = { F: "fatal", E: "error", W: "warn", I: "info", D: "debug" };

function levelOf(record: JsonObject): string | undefined {
  const level = under(record, KEYS.level);
  if (typeof level === "string")
    return LETTERS[level[0]!] && level.length <= 2 ? LETTERS[level[0]!] : level.toLowerCase();
  if (typeof level !== "number") return undefined;
  return level >= 10 ? TENS[Math.floor(level / 10)] : SEVERITIES[level];
}

/** The first value that is a time. */
function stampIn(record: JsonObject): JsonStamp | undefined {
  for (const key of KEYS.time) {
    const stamp = stampOf(under(record, [key]));
    if (stamp) return stamp;
  }
  return undefined;
}

/** What programs append to their words, where it is not among them. */
function messageOf(record: JsonObject, error: string | undefined): string | undefined {
  const words = textUnder(record, KEYS.message);
  if (words === undefined || error === undefined || words.includes(error)) return words;
  return `${words}: ${error}`;
}

const bytes = (text: string | undefined) => (text === undefined ? undefined : asBytes(text));

/** The fields of a record that a logger wrote. Throws `UnreadableRecord` when it has neither a time nor a level. */
export function logFields(record: JsonObject): Fields {
  const level = levelOf(record);
  const stamp = stampIn(record);
  if (!stamp && level === undefined) throw new UnreadableRecord("neither a time nor a level");
  const error = textUnder(record, KEYS.error);
  const pid = under(record, KEYS.pid);
  return {
    "@timestamp": stamp?.text,
    "@timestamp.kind": stamp?.kind,
    "log.level": bytes(level),
    "log.logger": bytes(textUnder(record, KEYS.logger)),
    "host.hostname": bytes(textUnder(record, KEYS.host)?.toLowerCase()),
    "process.name": bytes(textUnder(record, KEYS.program)),
    "process.pid": typeof pid === "number" ? pid : undefined,
    "error.message": bytes(error),
    "error.stack_trace": bytes(textUnder(record, KEYS.stack)),
    "trace.id": bytes(textUnder(record, KEYS.trace)),
    message: bytes(messageOf(record, error)),
  };
}

/** The time and the level of any record. Throws `UnreadableRecord` when it has no time. */
export function datedFields(record: JsonObject): Fields {
  const stamp = stampIn(record);
  if (!stamp) throw new UnreadableRecord("no time");
  return { "@timestamp": stamp.text, "@timestamp.kind": stamp.kind, "log.level": bytes(levelOf(record)) };
}
