import type { Event } from "../../../model/event.js";

/** The digits of a stamp's seconds behind the point (or comma). */
const FRACTION = /\d[.,](\d{1,9})/;

/**
 * µs below the last digit of a record's stamp: one in milliseconds means any moment of that millisecond. (What one in whole seconds
 * leaves open is in `Event.latest`.)
 */
export function unprintedUs({ fields }: Event): number {
  const stamp = fields["@timestamp"];
  const [, digits] = (typeof stamp === "string" && FRACTION.exec(stamp)) || [];
  return digits === undefined || digits.length >= 6 ? 0 : 10 ** (6 - digits.length) - 1;
}
