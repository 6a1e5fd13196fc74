import { bytesOf, textOf } from "../grammar/bytes.js";
import { UnreadableRecord } from "../grammar/exec.js";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Parses the JSON object in a record (latin1: one char per byte), whatever stands before its first and behind its last brace
 * (a record separator, `data: `, the commas and brackets of an array).
 * Throws {@link UnreadableRecord} when it does not parse.
 */
export function objectIn(record: string): JsonObject {
  const text = textOf(record.slice(record.indexOf("{"), record.lastIndexOf("}") + 1));
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // Not JSON, or nested so deeply that the parser gave up.
    throw new UnreadableRecord("this is not valid JSON");
  }
  if (!isObject(value)) throw new UnreadableRecord("this is no JSON object");
  return value;
}

/** A text of a JSON document as bytes, which is what grammars read. */
export const asBytes = bytesOf;
