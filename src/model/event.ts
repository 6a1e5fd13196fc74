/**
 * Events: what every stage after decoding speaks.
 *
 * Times are microseconds since 1970-01-01 UTC as a float64 integer (exact until the year 2255), with the
 * nanoseconds below that in a second number: no BigInt on the hot path, and nothing is lost.
 */

/** A field's value. Names are those of the Elastic Common Schema where it has one (docs/FIELDS.md). */
export type FieldValue = string | number | boolean | readonly (string | number)[];

/** Flat, dotted field names. An absent field is absent (never `null`). */
export type Fields = Record<string, FieldValue | undefined>;

/** Where a record lies in the evidence, so that a person can check it by hand. */
export interface RecordRef {
  /** Index into the list of sources. */
  source: number;
  /** 1-based line, or 1-based packet number in captures. */
  line: number;
  /** Byte offset in the decoded stream (after decompression and transcoding), 0-based. */
  offset: number;
  /** Length in bytes. */
  length: number;
}

/** ECS `event.category` values in use. The word before `where` in an EQL query. */
export type Category =
  | "network"
  | "process"
  | "configuration"
  | "host"
  | "web"
  | "container"
  | "database"
  | "any";

/**
 * One typed event. The outer properties have one fixed shape (fast in V8); everything that depends on the kind
 * of event is in `fields`.
 */
export interface Event extends RecordRef {
  /** Earliest time it can have happened: µs since the epoch, UTC. NaN when it could not be placed. */
  time: number;
  /** Nanoseconds below `time`'s microsecond, 0…999. */
  ns: number;
  /** Latest time: equals `time` for a point. NaN when unplaced. */
  latest: number;
  /** µs: what its own clock showed, where the time was put on another clock. */
  stamped?: number;
  /** ECS `event.action`: the kind of event, such as `dns.query`. */
  action: string;
  /** ECS `event.category`. */
  category: string;
  fields: Fields;
  /** For events assembled from others: the events that prove it, in order. */
  cites?: readonly Event[];
  /** For events of what went well in the end: the errors on the way there, which did no harm. */
  madeGood?: readonly Event[];
}

/**
 * Reads a field by its ECS name, the outer properties included. `undefined` when absent.
 */
export function fieldOf(event: Event, name: string): FieldValue | undefined {
  // An envelope leaves its stamp's text under this name; what counts is the time that the clock made of it.
  if (name === "@timestamp") return Number.isNaN(event.time) ? undefined : event.time;
  const value = event.fields[name];
  if (value !== undefined) return value;
  switch (name) {
    case "event.action":
      return event.action;
    case "event.category":
      return event.category;
    case "log.offset":
      return event.offset;
    case "log.origin.file.line":
      return event.line;
    default:
      return undefined;
  }
}
