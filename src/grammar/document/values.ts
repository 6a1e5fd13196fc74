import type { Fields, FieldValue } from "../../model/event.js";
import { bytesOf } from "../bytes.js";
import * as H from "../helpers.js";
import type { Json } from "./json.js";
import type { ValueType } from "./plan.js";

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\d*(?:Z|[+-]\d\d:?\d\d)$/i;
const DATETIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: (?:UTC|GMT))?$/;
/** Go prints its zero time so: nothing happened then. */
const NEVER = "0001-01-01T00:00:00Z";

/**
 * Writes a value of a document into a field, as a type says. What does not fit leaves the field as it is.
 * @returns whether there was a value
 */
export function put(
  fields: Fields,
  field: string,
  type: ValueType | undefined,
  values: readonly Json[],
  plural: boolean,
): boolean {
  if (field === "@timestamp") return putStamp(fields, type, values[0]);
  if (type === "url" || type === "endpoint") return putParts(fields, field, type, values[0]);
  const all = values.flatMap((value) => (Array.isArray(value) ? (value as Json[]) : [value]));
  const isList = plural || values.some((value) => Array.isArray(value));
  const converted = all.flatMap((value) => scalar(type, value) ?? []);
  if (converted.length === 0) return false;
  fields[field] = isList
    ? (converted.map((one) => (typeof one === "boolean" ? String(one) : one)) as FieldValue)
    : converted[0];
  return true;
}

function putStamp(fields: Fields, type: ValueType | undefined, value: Json | undefined): boolean {
  const stamp = value === undefined ? undefined : stampOf(type ?? "rfc3339", value);
  if (!stamp || stamp.text === NEVER) return false;
  fields["@timestamp"] = stamp.text;
  fields["@timestamp.kind"] = stamp.kind;
  return true;
}

function putParts(fields: Fields, field: string, type: "url" | "endpoint", value: Json | undefined): boolean {
  if (typeof value !== "string") return false;
  const parts: Record<string, FieldValue | undefined> = {
    ...(type === "url" ? H.url(bytesOf(value)) : H.endpoint(bytesOf(value))),
  };
  for (const [name, part] of Object.entries(parts)) if (part !== undefined) fields[`${field}.${name}`] = part;
  return true;
}

/** A single value; objects, and texts that do not fit the type, are none. Empty texts tell nothing. */
function scalar(
  type: ValueType | undefined,
  value: Json,
): Exclude<FieldValue, readonly unknown[]> | undefined {
  if (typeof value === "object" || value === "") return undefined;
  if (type === undefined) return value;
  const text = String(value);
  const made = convert(type, text);
  return typeof made === "number" && Number.isNaN(made) ? undefined : made;
}

function convert(type: ValueType, text: string): Exclude<FieldValue, readonly unknown[]> | undefined {
  const bytes = bytesOf(text);
  switch (type) {
    case "int":
      return H.int(bytes);
    case "float":
      return H.float(bytes);
    case "hex":
      return H.hex(bytes);
    case "ip":
      return H.ip(bytes);
    case "hexip":
      return H.hexip(bytes);
    case "port":
      return H.port(bytes);
    case "mac":
      return H.mac(bytes);
    case "duration":
      return H.duration(bytes);
    case "quoted":
      return H.quoted(bytes);
    case "host":
      return H.host(text);
    case "lower":
      return H.lower(text);
    case "bool":
      return H.bool(bytes);
    default:
      return text;
  }
}

/** A stamp as the clock stage takes it: seconds for numbers, the text else. */
function stampOf(type: ValueType, value: Json): { kind: string; text: string } | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  switch (type) {
    case "epoch_ms":
      return epoch(value, 3);
    case "epoch_us":
      return epoch(value, 6);
    case "epoch_ns":
      return epoch(value, 9);
    case "epoch":
      return epoch(value, 0);
    case "time":
      return anyStamp(value);
    default:
      return typeof value === "string" && value !== "" ? { kind: type, text: bytesOf(value) } : undefined;
  }
}

/** Digits in the seconds since the epoch, from 2001 to 2286. */
const SECONDS_DIGITS = 10;

function anyStamp(value: string | number): { kind: string; text: string } | undefined {
  const text = String(value).trim();
  if (RFC3339.test(text)) return { kind: "rfc3339", text };
  if (DATETIME.test(text)) return { kind: "datetime", text };
  const digits = /^(\d{10,19})(?:\.\d+)?$/.exec(text)?.[1]?.length;
  if (digits === undefined || (digits - SECONDS_DIGITS) % 3 !== 0) return undefined;
  return epoch(value, digits - SECONDS_DIGITS);
}

/** @param places how many digits of a whole number are behind the second's point */
function epoch(value: string | number, places: number): { kind: string; text: string } | undefined {
  const found = /^(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!found) return undefined;
  const digits = found[1]!.padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = (digits.slice(digits.length - places) + (found[2] ?? "")).slice(0, 9);
  if (whole.length < SECONDS_DIGITS - 1 || whole.length > SECONDS_DIGITS + 1) return undefined;
  return { kind: "epoch", text: fraction === "" ? whole : `${whole}.${fraction}` };
}
