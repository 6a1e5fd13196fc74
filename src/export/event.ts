import type { StandsFor } from "../model/clock.js";
import type { FieldValue } from "../model/event.js";
import type { StampKind } from "../model/stamp.js";
import { isFloating } from "../model/time.js";
import { rfc3339, undated } from "../report/times.js";

/**
 * One event on its way out of the program: texts decoded, its place named by path. Plain data. Times are as in `Event`: µs since the
 * epoch, UTC, NaN when there is none.
 */
export interface ExportedEvent {
  time: number;
  /** Nanoseconds below `time`'s microsecond, 0…999. */
  ns: number;
  latest: number;
  /** The time as stamped, where the source's clock was corrected. */
  stamped?: number | undefined;
  /** How its source's stamps are written. */
  stamp: StampKind;
  /** What its source's stamps are the time of, where the format says so. */
  standsFor?: StandsFor | undefined;
  source: string;
  /** 1-based line, or packet number in captures. */
  line: number;
  /** Byte offset and length in the decoded stream. */
  offset: number;
  length: number;
  action: string;
  category: string;
  fields: Readonly<Record<string, FieldValue>>;
  /** The record's own text; of a packet a line that describes it. */
  text: string;
  /** The findings that cite its record. */
  findingIds: readonly string[];
}

/** Has it a place on the common clock? */
export const isDated = ({ time }: Pick<ExportedEvent, "time">): boolean =>
  Number.isFinite(time) && !isFloating(time);

/** Where an event lies in time, as texts: RFC 3339 with nanoseconds, or what is left of a time whose date is unknown. */
export interface Times {
  time?: string;
  /** Absent for a point. */
  latest?: string;
  /** As stamped, where that is another time. */
  stamped?: string;
  time_of_day?: string;
  elapsed?: string;
}

export function timesOf(event: ExportedEvent): Times {
  const { time, ns, latest, stamped, stamp } = event;
  if (!isDated(event)) return undated(stamp, time);
  const texts: Times = {};
  const first = rfc3339(time, ns);
  if (first !== null) texts.time = first;
  const last = latest > time ? rfc3339(latest) : null;
  if (last !== null) texts.latest = last;
  const shown = stamped === undefined || stamped === time ? null : rfc3339(stamped, ns);
  if (shown !== null) texts.stamped = shown;
  return texts;
}

/** Nanoseconds since the epoch in decimal digits: more than a double holds. `undefined` without a dated time. */
export function unixNanos(us: number, ns: number): string | undefined {
  if (!Number.isFinite(us) || isFloating(us)) return undefined;
  return `${Math.floor(us)}${String(ns).padStart(3, "0")}`;
}
