import type { Event } from "../model/event.js";
import { SECOND_US } from "./calendar.js";
import type { PlacedRecords } from "./source-clock.js";

/** A DNS question as seen in one source: the same transaction id, name and type tie two sources together. */
export interface Anchor {
  /** Transaction id, name and type. */
  key: string;
  /** Address of the server asked, when it is known. */
  server: string | undefined;
  line: number;
  /** µs on the source's own clock; NaN when its records have no stamp. */
  time: number;
  /** µs within which the stamp may lie: a stamp in whole seconds means all of that second. */
  width: number;
  /** The record, as proof. */
  event: Event;
}

/** A wait that ran out: what comes after its line in the file happened at least this much later than what comes before. */
export interface Wait {
  /** Line of its call, and the last line that belongs to it (where it was resumed). */
  line: number;
  end: number;
  /** Who waited: waits of different threads overlap. */
  thread: number;
  /** µs. */
  span: number;
}

/** The wait that an event tells of, or undefined. */
export function waitOf(event: Event): Wait | undefined {
  const { "dns.wait.timeout_ms": ms, "process.thread.id": thread } = event.fields;
  if (event.action !== "dns.wait_timeout" || typeof ms !== "number") return undefined;
  const end = Math.max(event.line, ...(event.cites ?? []).map((cited) => cited.line));
  return { line: event.line, end, thread: typeof thread === "number" ? thread : 0, span: ms * 1000 };
}

/** More anchors than these sharpen nothing. */
export const MAX_ANCHORS = 5000;

/** The anchor that an event gives, or undefined. */
export function anchorOf(event: Event): Anchor | undefined {
  if (event.action !== "dns.query" || event.fields["dns.question.name_cut"] === true) return undefined;
  const {
    "dns.id": id,
    "dns.question.name": name,
    "dns.question.type": type,
    "destination.ip": server,
  } = event.fields;
  if (id === undefined || name === undefined) return undefined;
  return {
    key: `${id}|${name}|${type}`,
    server: typeof server === "string" ? server : undefined,
    line: event.line,
    time: event.time,
    width: event.latest > event.time && Number.isFinite(event.latest) ? event.latest - event.time : 0,
    event,
  };
}

/** Times (µs) at which each question was seen on the reference clock, ascending, copies within a millisecond counted once. */
export class Sightings {
  private readonly times = new Map<string, number[]>();
  /** A few of the records, by their time, for people to compare. */
  private readonly proof = new Map<number, Event>();

  constructor(private readonly keys: ReadonlySet<string>) {}

  add(anchor: Anchor): void {
    if (!this.keys.has(anchor.key) || Number.isNaN(anchor.time)) return;
    if (this.proof.size < 1000 && !this.proof.has(anchor.time)) this.proof.set(anchor.time, anchor.event);
    for (const key of [anchor.key, `${anchor.key}@${anchor.server}`]) {
      const list = this.times.get(key);
      if (!list) this.times.set(key, [anchor.time]);
      else if (list.length < 64) list.push(anchor.time);
    }
  }

  /** The record of a sighting, where it was kept. */
  recordAt(time: number): Event | undefined {
    return this.proof.get(time);
  }

  /** Sightings of the question, at that server when one is given. */
  of(anchor: Anchor): number[] {
    const list =
      this.times.get(anchor.server === undefined ? anchor.key : `${anchor.key}@${anchor.server}`) ?? [];
    const sorted = [...list].sort((a, b) => a - b);
    return sorted.filter((time, i) => i === 0 || time - sorted[i - 1]! > 1000);
  }
}

/** How far a clock is from the reference, from questions seen on both. */
export interface Shift {
  /** µs to add to the source's own times; `min` and `max` bound it. */
  best: number;
  min: number;
  max: number;
  matches: number;
  /** Pairs of records that agree on it, at most three: the source's own and the reference's. */
  pairs: [Event, Event][];
  /** µs that the source's stamps leave open. */
  width: number;
}

/** Differences of one clock to another that agree lie within this. */
const AGREE_US = 50_000;

/**
 * The shift that most questions agree on: every pair of sightings of one question votes for its difference, and the densest 50 ms
 * win. `undefined` when fewer than half of the shared questions agree: nothing is guessed.
 */
export function shiftOf(anchors: readonly Anchor[], sightings: Sightings): Shift | undefined {
  const votes: { shift: number; anchor: Anchor; time: number }[] = [];
  let shared = 0;
  let width = 0;
  for (const anchor of anchors) {
    const times = sightings.of(anchor);
    if (times.length > 0) shared++;
    width = Math.max(width, anchor.width);
    for (const time of times) votes.push({ shift: time - anchor.time, anchor, time });
  }
  if (shared === 0) return undefined;
  votes.sort((a, b) => a.shift - b.shift);
  let [best, most] = [0, 0];
  for (let lo = 0, hi = 0; lo < votes.length; lo++) {
    while (hi < votes.length && votes[hi]!.shift - votes[lo]!.shift <= AGREE_US + width) hi++;
    if (hi - lo > most) [best, most] = [lo, hi - lo];
  }
  // One question shared, seen at several times, says nothing.
  if (most * 2 < shared || (most === 1 && votes.length > 1)) return undefined;
  const agreed = votes.slice(best, best + most);
  const pairs: [Event, Event][] = [];
  for (const { anchor, time } of agreed) {
    const seen = sightings.recordAt(time);
    if (seen && pairs.length < 3) pairs.push([anchor.event, seen]);
  }
  return {
    best: agreed[agreed.length >> 1]!.shift,
    min: agreed[0]!.shift,
    max: agreed.at(-1)!.shift,
    matches: most,
    pairs,
    width,
  };
}

/** Two clocks of one host, or kept by NTP, agree better than this. */
const ONE_CLOCK_US = 250_000;

/**
 * A shift of times of day is a date and a zone when it is a whole number of quarters of an hour, give or take what the stamps leave
 * open and a quarter of a second: then both clocks are one, and the date and zone are certain. Else it is left as measured;
 * `rest` (µs) is what no zone explains.
 */
export function snap({ best, width }: Pick<Shift, "best" | "width">): {
  shift: number;
  exact: boolean;
  rest: number;
} {
  const quarter = 900 * SECOND_US;
  const rounded = Math.round(best / quarter) * quarter;
  const rest = best - rounded;
  const exact = Math.abs(rest) < ONE_CLOCK_US + width;
  return { shift: exact ? rounded : best, exact, rest };
}

/**
 * Places records that have no stamp between the questions that were also seen on the reference clock: a record lies after the
 * question before it in the file and before the one after it. The n-th sending of a question is its n-th sighting. Waits that ran out
 * between narrow the interval by what they lasted. (Difference constraints along the file's order; with one chain, the
 * tightest bounds are sums.)
 *
 * @param waits in the order of their lines
 */
export function placeRecords(
  anchors: readonly Anchor[],
  sightings: Sightings,
  waits: readonly Wait[] = [],
): (PlacedRecords & { matches: number }) | undefined {
  const sent = new Map<string, number>();
  const pairs: { line: number; time: number }[] = [];
  for (const anchor of anchors) {
    const key = `${anchor.key}@${anchor.server}`;
    const nth = sent.get(key) ?? 0;
    sent.set(key, nth + 1);
    const time = sightings.of(anchor)[nth];
    if (time !== undefined) pairs.push({ line: anchor.line, time });
  }
  const kept = increasing(pairs);
  if (kept.length === 0 || kept.length * 2 < pairs.length) return undefined;
  return {
    matches: kept.length,
    interval(line) {
      let lo = 0;
      let hi = kept.length;
      while (lo < hi) {
        const mid = (lo + hi) >> 1;
        if (kept[mid]!.line <= line) lo = mid + 1;
        else hi = mid;
      }
      const before = kept[lo - 1];
      const after = kept[lo];
      if (before?.line === line) return { earliest: before.time, latest: before.time };
      if (!before) return { earliest: Number.NaN, latest: Number.NaN };
      const waited = lasted(waits, before.line, line);
      const toCome = after ? lasted(waits, line, after.line) : 0;
      const earliest = before.time + waited;
      return { earliest, latest: Math.max(earliest, (after?.time ?? Number.POSITIVE_INFINITY) - toCome) };
    },
  };
}

/** µs that certainly passed between two lines: the longest sum of one thread's waits that lie wholly between them. */
function lasted(waits: readonly Wait[], from: number, to: number): number {
  let lo = 0;
  let hi = waits.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (waits[mid]!.line < from) lo = mid + 1;
    else hi = mid;
  }
  const sums = new Map<number, number>();
  for (; lo < waits.length && waits[lo]!.line < to; lo++) {
    const { end, thread, span } = waits[lo]!;
    if (end < to) sums.set(thread, (sums.get(thread) ?? 0) + span);
  }
  return Math.max(0, ...sums.values());
}

/** The longest run of pairs whose times do not go back (patience sorting); the others are chance matches. */
function increasing(pairs: readonly { line: number; time: number }[]): { line: number; time: number }[] {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  for (const [i, { time }] of pairs.entries()) {
    let lo = 0;
    let hi = tails.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (pairs[tails[mid]!]!.time <= time) lo = mid + 1;
      else hi = mid;
    }
    if (lo > 0) previous[i] = tails[lo - 1]!;
    tails[lo] = i;
  }
  const kept: { line: number; time: number }[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]!) kept.push(pairs[i]!);
  return kept.reverse();
}
