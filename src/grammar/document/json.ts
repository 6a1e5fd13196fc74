import { textOf } from "../bytes.js";
import { isBracket } from "./chars.js";
import { documentExtent } from "./framing.js";
import { parseYaml } from "./yaml.js";

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The record that was parsed last: each format asks for it in turn. */
let last: { record: string; document: Json | undefined } = { record: "", document: undefined };

/** The document in a record (latin1); `undefined` when it does not parse, or there is none. */
export function documentIn(record: string): Json | undefined {
  if (last.record === record) return last.document;
  last = { record, document: parse(record) };
  return last.document;
}

/** Texts, to pass over them, and whole numbers that may be too long for a float64. */
const TEXT_OR_LONG = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Numbers that a float64 does not hold become texts of the same digits: nanoseconds since 1970 are. */
function withLongNumbers(json: string): string {
  if (!/\d{16}/.test(json)) return json;
  return json.replace(TEXT_OR_LONG, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
}

function parse(record: string): Json | undefined {
  const extent = documentExtent(record, 0, record.length, true)!;
  if (extent.state !== "whole") return undefined;
  const document = record.slice(extent.from, extent.to);
  try {
    if (!isBracket(document.charCodeAt(0))) return parseYaml(document) as Json;
    return JSON.parse(withLongNumbers(textOf(document))) as Json;
  } catch {
    // What only looks like a document.
    return undefined;
  }
}

/** Documents of their own that one record holds: the elements of an array, or of a list's `items`. Empty objects are none. */
export function documentsOf(document: Json): readonly Json[] {
  if (typeof document !== "object" || document === null) return [document];
  const items = (Array.isArray(document) ? document : (document as { items?: Json }).items) as
    | Json
    | undefined;
  return Array.isArray(items) ? (items as Json[]).filter((item) => !isEmpty(item)) : [document];
}

const isEmpty = (value: Json): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;
