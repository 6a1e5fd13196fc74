import { textOf } from "../../grammar/bytes.js";
import { jsonExtent } from "../../grammar/document/extent.js";
import { UnreadableRecord } from "../../grammar/exec.js";
import type { Grammar, Shape } from "../../grammar/types.js";

const NAME = "json";
/** So many keys tell what a document is about. */
const SHOWN_KEYS = 6;
const KEY = /"((?:[^"\\\n]|\\.){1,60})"\s*:/g;

/** Why a JSON record is not understood, and where it is broken. An empty list says nothing, which is understood. */
function reasonOf(record: string): string | undefined {
  const { state, from, to } = jsonExtent(record, 0, record.length, true)!;
  if (state === "broken") {
    const lines = record.slice(0, to).split("\n");
    return `JSON that breaks off or is damaged in its line ${lines.length}, byte ${lines.at(-1)!.length + 1}; the records around it were read`;
  }
  const text = record.slice(from, to);
  if (/^[[{]\s*[\]}]$/.test(text)) return undefined;
  try {
    JSON.parse(textOf(text));
  } catch {
    return "JSON that does not parse; the records around it were read";
  }
  const keys = [...new Set([...text.slice(0, 4096).matchAll(KEY)].map((match) => textOf(match[1]!)))];
  return `JSON of a kind that no format knows (its first keys: ${keys.slice(0, SHOWN_KEYS).join(", ")}); a grammar of \`layer document\` could read it`;
}

const shape: Shape = {
  grammar: NAME,
  event: "json.record",
  regex: /\s*[[{][\s\S]*$/y,
  decode: () => {
    throw new UnreadableRecord("nobody knows what it means");
  },
  literals: [],
  begins: ["\t\t\x1e\x1e  [[{{"],
  stamps: [],
};

/**
 * JSON that no format reads, whole or broken: framed, so that an indented object is one record that nobody understands, and its lines
 * are nobody else's.
 */
export const unknownJson: Grammar = {
  name: NAME,
  title: "JSON of a kind that no format knows",
  layer: "generic",
  file: "src/decode/document/unknown-json.ts",
  framing: { unit: "line", end: (text, at, length, final) => jsonExtent(text, at, length, final)?.end },
  set: {},
  shapes: [shape],
  document: {
    recognises: (record) => jsonExtent(record, 0, record.length, true)!.state !== "none",
    read: () => [],
  },
  unknown: reasonOf,
};
