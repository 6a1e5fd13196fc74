import type { Fields, FieldValue } from "../../model/event.js";
import { decodeBytes } from "../../report/utf8.js";

/** Fields as they are shown: texts are bytes (one char each) until somebody looks. What is absent is left out. */
export function decodeFields(fields: Fields): Record<string, FieldValue> {
  const decoded: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    decoded[name] = Array.isArray(value) ? value.map(decodeOne) : (decodeOne(value as string) as FieldValue);
  }
  return decoded;
}

const decodeOne = <T>(value: T): T | string => (typeof value === "string" ? decodeBytes(value) : value);
