import type { StampKind } from "../../model/stamp.js";
import { isObject, type Json } from "../json.js";

/** A stamp as text that the clock reads. */
export interface JsonStamp {
  readonly kind: StampKind;
  readonly text: string;
}

const ZONED = /^\d{4}-\d\d-\d\d[Tt_ ]\d\d:\d\d:\d\d(?:[.,]\d+)? ?(?:[Zz]|UTC|[+-]\d\d(?::?\d\d)?)$/;
const LOCAL = /^\d{4}-\d\d-\d\d[Tt_ ]\d\d:\d\d:\d\d(?:[.,]\d+)?$/;
const SLASHED = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:[.,]\d+)?$/;
const DAY_FIRST = /^\d{1,2}[/-][A-Z][a-z]{2}[/-]\d{4}[: ]\d\d:\d\d:\d\d [+-]\d{4}$/;
/** Whole and broken part of a number. */
const NUMBER = /^(\d+)(?:\.(\d{1,12}))?$/;

/** Digits of the time since 1970 in seconds, milliseconds, microseconds, nanoseconds: for the years 2001 to 2286. */
const UNITS = [10, 13, 16, 19];

/** What a JSON value says of a time; `undefined` when it is none. */
export function stampOf(value: Json | undefined): JsonStamp | undefined {
  if (typeof value === "number") return sinceEpoch(plain(value));
  if (typeof value === "string") return written(value) ?? sinceEpoch(value);
  // log4j2's JsonLayout.
  if (isObject(value) && typeof value["epochSecond"] === "number") {
    const nanos = typeof value["nanoOfSecond"] === "number" ? value["nanoOfSecond"] : 0;
    return { kind: "epoch", text: `${value["epochSecond"]}.${String(nanos).padStart(9, "0")}` };
  }
  return undefined;
}

function written(text: string): JsonStamp | undefined {
  if (ZONED.test(text)) return { kind: "rfc3339", text };
  if (LOCAL.test(text)) return { kind: "datetime", text };
  if (SLASHED.test(text)) return { kind: "slashdate", text };
  return DAY_FIRST.test(text) ? { kind: "clf", text } : undefined;
}

function sinceEpoch(text: string): JsonStamp | undefined {
  const number = NUMBER.exec(text);
  const whole = number?.[1] ?? "";
  if (!UNITS.includes(whole.length)) return undefined;
  const digits = whole + (number?.[2] ?? "");
  const fraction = digits.slice(10, 19);
  return { kind: "epoch", text: fraction === "" ? whole : `${digits.slice(0, 10)}.${fraction}` };
}

/** JavaScript writes large numbers with an exponent. */
const plain = (value: number): string =>
  Math.abs(value) < 1e21 ? BigInt(Math.trunc(value)) + broken(value) : "";

function broken(value: number): string {
  const [, digits] = String(value).split(".");
  return digits === undefined || digits.includes("e") ? "" : `.${digits}`;
}
