import type { Event } from "../model/event.js";
import { compareTimes } from "./times.js";

const FIRST = 8;
const LAST = 4;
/** Raw events looked at in one match, and how deep assembled events may cite each other. */
const MAX_FLAT = 200;
const MAX_DEPTH = 10;

/** The raw events behind a match: what assembled ones cite, themselves followed; in order, each once. */
export function rawEvents(events: readonly Event[]): Event[] {
  const flat = new Map<string, Event>();
  const visit = (event: Event, depth: number): void => {
    if (flat.size >= MAX_FLAT) return;
    if (event.cites !== undefined && event.cites.length > 0 && depth < MAX_DEPTH) {
      for (const cited of event.cites) visit(cited, depth + 1);
      return;
    }
    const key = `${event.source}:${event.offset}:${event.line}`;
    if (!flat.has(key)) flat.set(key, event);
  };
  for (const event of events) visit(event, 0);
  return [...flat.values()];
}

/** Time order; unplaced events last, in file order. */
export function byTime(a: Event, b: Event): number {
  return (
    compareTimes(a.time, b.time) ||
    a.ns - b.ns ||
    a.source - b.source ||
    a.offset - b.offset ||
    a.line - b.line
  );
}

/** Keeps the first few and the last few raw events of a group's matches: at most 12. */
export class Proof {
  private readonly first: Event[] = [];
  /** The last matches, as they came: what they cite is followed only when somebody asks. */
  private readonly last: (readonly Event[])[] = [];
  private next = 0;

  add(match: readonly Event[]): void {
    if (this.first.length < FIRST) {
      const raw = rawEvents(match);
      const room = FIRST - this.first.length;
      this.first.push(...raw.slice(0, room));
      if (raw.length <= room) return;
    }
    this.last[this.next] = match;
    this.next = (this.next + 1) % LAST;
  }

  /** In time order, each record once. */
  events(): Event[] {
    const first = rawEvents(this.first);
    const known = new Set(first);
    const matches = [...this.last.slice(this.next), ...this.last.slice(0, this.next)];
    const last = rawEvents(matches.flat()).filter((event) => !known.has(event));
    return [...first, ...last.slice(-LAST)].sort(byTime);
  }
}
