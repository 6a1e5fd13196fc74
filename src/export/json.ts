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

/** A flat document as one JSON object in its order, with dotted names; numbers that JSON does not know (NaN, infinity) are left out. */
export function jsonDocument(document: Document): string {
  const parts: string[] = [];
  for (const [name, value] of document)
    if (typeof value !== "number" || Number.isFinite(value)) parts.push(`${json(name)}:${json(value)}`);
  return `{${parts.join(",")}}`;
}
