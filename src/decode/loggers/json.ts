import type { StampKind } from "../../model/stamp.js";
import { envelopeOf } from "../envelope.js";
import { objectIn } from "../json.js";
import { datedFields, logFields } from "./fields.js";
import { KEYS, named } from "./keys.js";

const FILE = "src/decode/loggers/json.ts";
const STAMPS: readonly StampKind[] = ["rfc3339", "epoch", "datetime", "slashdate", "clf"];

/** Does one of these keys stand somewhere in the line? */
const has = (keys: readonly string[]): string => `(?=[^\\n]*"(?:${named(keys)})"\\s?:)`;

/** JSON lines of the usual loggers: what they say stands under one of a few keys. */
export const jsonLog = envelopeOf({
  name: "json-log",
  title: "JSON lines of loggers",
  file: FILE,
  event: "log.line",
  look: new RegExp(
    `\\{(?=\\s?")${has([...KEYS.time, ...KEYS.level])}${has(KEYS.message)}[^\\n]*\\}\\s*$`,
    "y",
  ),
  first: "{",
  read: (line) => logFields(objectIn(line)),
  stamps: STAMPS,
  hides: ["\\u"],
});

/** Any other JSON line with a time. */
export const jsonDated = {
  ...envelopeOf({
    name: "json-dated",
    title: "any JSON lines with time stamps",
    file: FILE,
    event: "log.line",
    look: new RegExp(`\\{(?=\\s?")${has(KEYS.time)}[^\\n]*\\}\\s*$`, "y"),
    first: "{",
    read: (line) => datedFields(objectIn(line)),
    stamps: STAMPS,
  }),
  layer: "generic" as const,
};
