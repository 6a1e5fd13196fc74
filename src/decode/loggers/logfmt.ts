import { quoted } from "../../grammar/convert/quoted.js";
import { envelopeOf } from "../envelope.js";
import type { JsonObject } from "../json.js";
import { logFields } from "./fields.js";
import { KEYS, named } from "./keys.js";

const PAIR = /([^\s="]+)(?:=("(?:[^"\\]|\\.)*"|[^\s"]*))?/g;

/** The pairs of a line; a key alone is one that is set. */
function pairsOf(line: string): JsonObject {
  const pairs: Record<string, string> = {};
  for (const [, key, value = "true"] of line.matchAll(PAIR)) pairs[key!] ??= quoted(value);
  return pairs;
}

const VALUE = '(?:"(?:[^"\\\\]|\\\\.)*"|[^\\s"]*)';
const WORDS = [...KEYS.message, ...KEYS.error];
const assigned = (key: string): string => `${key.split(".")[0]}=`;
const has = (keys: readonly string[]): string => `(?=(?:[^\\n]* )?(?:${named(keys)})=)`;

/**
 * Lines of pairs (https://brandur.org/logfmt) in any order: go-kit's logger (Prometheus and its kin: `ts=… caller=… level=… msg=…`), Grafana's and
 * Loki's (`logger=… t=… level=… msg=…`), slog's TextHandler. logrus sorts them: such lines are dockerd's.
 */
export const logfmtLog = envelopeOf({
  name: "logfmt-log",
  title: "logfmt lines of loggers",
  file: "src/decode/loggers/logfmt.ts",
  event: "log.line",
  look: new RegExp(
    `(?=[\\w@])${has(KEYS.time)}${has(WORDS)}[\\w@.-]+=${VALUE}(?: +[^\\s="]+(?:=${VALUE})?)*\\s*$`,
    "y",
  ),
  first: "@_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  literals: [KEYS.time.map(assigned), WORDS.map(assigned)],
  read: (line) => logFields(pairsOf(line)),
  stamps: ["rfc3339", "epoch", "datetime"],
});
