import { DIRECT } from "../../model/direct.js";
import type { Event, Fields } from "../../model/event.js";

/** How many raw events an assembled one cites at most. */
export const MAX_CITES = 8;

/** Hands an assembled event on. */
export type Emit = (event: Event) => void;

/**
 * Makes an assembled event. It is stamped at its end, and its place is that of the first event it cites.
 *
 * @param start µs UTC when it began, NaN when unplaced
 * @param end µs UTC when it ended, NaN when unplaced
 * @param cites the raw events that prove it, in order; at least one
 */
export function assembled(
  action: string,
  category: string,
  fields: Fields,
  start: number,
  end: number,
  cites: readonly Event[],
): Event {
  const first = cites[0]!;
  if (!Number.isNaN(start)) fields["event.start"] = start;
  if (!Number.isNaN(end)) {
    fields["event.end"] = end;
    if (!Number.isNaN(start)) fields["event.duration"] = (end - start) * 1000;
  }
  return {
    source: first.source,
    line: first.line,
    offset: first.offset,
    length: first.length,
    time: end,
    ns: 0,
    latest: end,
    action,
    category,
    fields,
    cites: cites.length > MAX_CITES ? cites.slice(0, MAX_CITES) : cites,
  };
}

/**
 * What of an event is kept to cite it: its place, its time, and how directly it shows what it tells. Of a million events that each are
 * remembered for minutes, the other fields would be most of the memory.
 */
export function proofOf(event: Event): Event {
  const { source, line, offset, length, time, ns, latest, stamped, action, category, cites } = event;
  const fields = directOf(event.fields);
  const proof: Event = { source, line, offset, length, time, ns, latest, action, category, fields };
  if (stamped !== undefined) proof.stamped = stamped;
  if (cites !== undefined) proof.cites = cites;
  return proof;
}

/** What logs' records have of {@link DIRECT}: one for them all. */
const NOTHING_DIRECT: Fields = Object.freeze({});

function directOf(fields: Fields): Fields {
  let direct: Fields | undefined;
  for (const name of DIRECT) {
    const value = fields[name];
    if (value !== undefined) (direct ??= {})[name] = value;
  }
  return direct ?? NOTHING_DIRECT;
}

/** A field as text, `undefined` when absent or of another kind. */
export function text(event: Event, name: string): string | undefined {
  const value = event.fields[name];
  return typeof value === "string" ? value : undefined;
}

/** A field as a number, `undefined` when absent or of another kind. */
export function number(event: Event, name: string): number | undefined {
  const value = event.fields[name];
  return typeof value === "number" ? value : undefined;
}

/** A field as a list of texts: a single value is a list of one, an absent field an empty list. */
export function list(event: Event, name: string): readonly string[] {
  const value = event.fields[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
