import type { Event, RecordRef } from "../../../model/event.js";
import type { LookedAt } from "../clue.js";

/** What a record's own stamp leaves open: µs on its source's clock, or lines; both ends included. */
export interface Window {
  lo: number;
  hi: number;
}

/** The digits of a stamp's seconds behind the point (or comma). */
const FRACTION = /\d[.,](\d{1,9})/;

/**
 * When a record says that it was stamped. A stamp in milliseconds means any moment of that millisecond, as one in whole seconds means all of
 * that second (which `Event.latest` has already).
 *
 * @returns undefined where the record has no time
 */
export function stampWindow({ unstamped }: LookedAt, event: Event): Window | undefined {
  if (unstamped) return { lo: event.line, hi: event.line };
  const { time, latest } = event;
  if (Number.isNaN(time)) return undefined;
  return { lo: time, hi: (Number.isNaN(latest) ? time : latest) + unprinted(event.fields["@timestamp"]) };
}

/** µs below the last digit of a stamp with a fraction. */
function unprinted(stamp: unknown): number {
  const [, digits] = (typeof stamp === "string" && FRACTION.exec(stamp)) || [];
  return digits === undefined || digits.length >= 6 ? 0 : 10 ** (6 - digits.length) - 1;
}

/** Where a record lies, as proof. */
export const refOf = ({ source, line, offset, length }: Event): RecordRef => ({
  source,
  line,
  offset,
  length,
});

/** Forgets the oldest of a map's entries when there are more than so many. */
export function bound<K>(map: Map<K, unknown>, most: number): void {
  if (map.size <= most) return;
  const [oldest] = map.keys();
  map.delete(oldest!);
}
