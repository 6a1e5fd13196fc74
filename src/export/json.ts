import type { FieldValue } from "../model/event.js";
import { harmlessJson } from "../report/json.js";
import type { Document } from "./document.js";

/** Halves of a surrogate pair without the other half. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A text that every reader of UTF-8 takes: half a surrogate pair, which JSON's `\ud800` may smuggle in and which many readers refuse,
 * becomes the words `\ud800`.
 */
export const wellFormed = (text: string): string =>
  text.replace(LONE, (half) => `\\u${half.charCodeAt(0).toString(16)}`);

/** A value with all of its texts {@link wellFormed}. */
function clean(value: unknown): unknown {
  if (typeof value === "string") return wellFormed(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [wellFormed(name), clean(inner)]));
}

/** Plain data as JSON that is harmless when printed, and that all readers take. */
export const json = (value: unknown, indent?: number): string => harmlessJson(clean(value), indent);

/** Texts that are their own JSON: most of them. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function jsonValue(value: FieldValue): string {
  if (typeof value === "string") return PLAIN.test(value) ? `"${value}"` : json(value);
  if (typeof value !== "object") return String(value);
  return `[${value.map(jsonValue).join(",")}]`;
}

/** A flat document as one JSON object in its order, with dotted names; numbers that JSON does not know (NaN, infinity) are left out. */
export function jsonDocument(document: Document): string {
  let text = "";
  for (const [name, value] of document)
    if (typeof value !== "number" || Number.isFinite(value))
      text += `${text === "" ? "" : ","}${jsonValue(name)}:${jsonValue(value)}`;
  return `{${text}}`;
}
