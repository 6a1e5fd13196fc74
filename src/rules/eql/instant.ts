import type { FieldValue } from "../../model/event.js";

/** A point of time: µs UTC, and the nanoseconds below. */
export interface Instant {
  time: number;
  ns: number;
}

const ISO =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?)?\s*(Z|[+-]\d\d:?(?:\d\d)?)?)?)?)?$/i;

/**
 * Reads a timestamp as Elasticsearch's default format of dates does (`strict_date_optional_time||epoch_millis`): ISO 8601 from the year
 * to nanoseconds, UTC without a zone, or milliseconds since 1970 as a number or its text.
 *
 * @returns `undefined` for anything else
 */
export function instantOf(value: FieldValue | undefined): Instant | undefined {
  const one = typeof value === "object" ? value[0] : value;
  if (typeof one === "number") return fromMillis(one);
  if (typeof one !== "string") return undefined;
  const text = one.trim();
  if (/^-?\d{5,16}(?:\.\d+)?$|^-?\d{1,3}$/.test(text)) return fromMillis(Number(text));
  const [, year, month = "1", day = "1", hour = "0", minute = "0", second = "0", fraction = "", zone] =
    ISO.exec(text) ?? [];
  if (year === undefined) return undefined;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(2000, mo - 1, d, h, mi, s));
  date.setUTCFullYear(y, mo - 1, d);
  // The 31st of a shorter month, the 25th hour: no such time. A leap second counts as the next one.
  if (date.getUTCMonth() !== mo - 1 || d > 31 || h > 23 || mi > 59 || s > 60) return undefined;
  const nanos = Number(fraction.padEnd(9, "0"));
  return {
    time: date.getTime() * 1000 - offsetOf(zone) + Math.floor(nanos / 1000),
    ns: nanos % 1000,
  };
}

function fromMillis(ms: number): Instant | undefined {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return undefined;
  return { time: Math.floor(ms * 1000), ns: 0 };
}

/** µs that a zone's clock is ahead of UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || /^z$/i.test(zone)) return 0;
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith("-") ? -1 : 1) * minutes * 60_000_000;
}
