import type { MatchTable } from "../match.js";
import type { Agreement } from "./agreement.js";
import { RATE } from "./rate.js";
import type { Track } from "./track.js";

/** A clock was stepped. */
export interface Step {
  clock: number;
  /** Its last own stamp before, and the first after: the later of the two may come first, when it was set back. */
  after: number;
  before: number;
  /** What its offset changed by, µs. */
  by: { min: number; max: number };
  /** The pairs of clocks that show it: place of the agreement, and of the last stretch before the step. */
  seen: { agreement: number; stretch: number }[];
}

/** A place in the time of two clocks where what their matches say changes. */
interface Split {
  agreement: number;
  stretch: number;
  /** For either clock: its last stamp before and its first after. */
  ends: Map<number, { after: number; before: number; by: { min: number; max: number } }>;
}

/** Stretches that hold together, of one clock's time. */
interface Steady {
  from: number;
  to: number;
}

/**
 * Who was stepped: the clock whose matches with the most other clocks change at the same place by the same amount. Where it is as many for both, the
 * one that held together with fewer others meanwhile; then the one that is not a reference.
 *
 * @returns the steps, and the places of agreements of which nobody can tell
 */
export function stepsOf(
  agreements: readonly Agreement[],
  matches: MatchTable,
  references: ReadonlySet<number>,
): { steps: Step[]; undecided: Set<number> } {
  const splits = new Set<Split>();
  const steady = new Map<number, Steady[]>();
  for (const [place, agreement] of agreements.entries()) {
    const extents = agreement.stretches.map((stretch) => extentsOf(agreement, stretch, matches));
    for (const clock of [agreement.pair.a, agreement.pair.b]) {
      const list = steady.get(clock) ?? [];
      steady.set(clock, list);
      for (const extent of extents) list.push(extent.get(clock)!);
    }
    for (let stretch = 0; stretch + 1 < extents.length; stretch++)
      splits.add(splitOf(agreement, place, stretch, extents));
  }
  const steps: Step[] = [];
  const undecided = new Set<number>();
  while (splits.size > 0) {
    const candidates = candidatesOf([...splits]).map((candidate) => ({
      ...candidate,
      calm: steadyAcross(steady.get(candidate.clock)!, candidate),
    }));
    candidates.sort((p, q) => rank(p, q, references) || p.clock - q.clock || p.after - q.after);
    const [best] = candidates;
    if (!best) break;
    const members = best.splits;
    const rival = candidates.find(
      (other) => other.clock !== best.clock && other.splits.some((split) => members.includes(split)),
    );
    if (rival && rank(best, rival, references) === 0)
      for (const { agreement } of members) undecided.add(agreement);
    else steps.push(stepFrom(best));
    for (const split of members) splits.delete(split);
  }
  steps.sort((p, q) => p.clock - q.clock || p.after - q.after);
  return { steps, undecided };
}

interface Candidate {
  clock: number;
  after: number;
  before: number;
  by: { min: number; max: number };
  splits: Split[];
}

function rank(
  p: Candidate & { calm: number },
  q: Candidate & { calm: number },
  references: ReadonlySet<number>,
): number {
  return (
    q.splits.length - p.splits.length ||
    p.calm - q.calm ||
    Number(references.has(p.clock)) - Number(references.has(q.clock))
  );
}

const stepFrom = ({ clock, after, before, by, splits }: Candidate): Step => ({
  clock,
  after,
  before,
  by,
  seen: splits.map(({ agreement, stretch }) => ({ agreement, stretch })),
});

/** For each clock, its splits that can be one step: at places that overlap, by amounts that overlap. */
function candidatesOf(splits: readonly Split[]): Candidate[] {
  const byClock = new Map<number, Candidate[]>();
  for (const split of splits) {
    for (const [clock, { after, before, by }] of split.ends) {
      const list = byClock.get(clock) ?? [];
      byClock.set(clock, list);
      const fitting = list.find((other) => overlaps(other, { after, before, by }));
      if (!fitting) list.push({ clock, after, before, by, splits: [split] });
      else {
        fitting.after = Math.max(fitting.after, after);
        fitting.before = Math.min(fitting.before, before);
        fitting.by = { min: Math.max(fitting.by.min, by.min), max: Math.min(fitting.by.max, by.max) };
        fitting.splits.push(split);
      }
    }
  }
  return [...byClock.values()].flat();
}

type Place = Pick<Candidate, "after" | "before" | "by">;

function overlaps(p: Place, q: Place): boolean {
  const [pFrom, pTo] = [Math.min(p.after, p.before), Math.max(p.after, p.before)];
  const [qFrom, qTo] = [Math.min(q.after, q.before), Math.max(q.after, q.before)];
  return pFrom <= qTo && qFrom <= pTo && p.by.min <= q.by.max && q.by.min <= p.by.max;
}

/** How many other clocks it held together with while it should have been stepped. */
function steadyAcross(steady: readonly Steady[], { after, before }: Candidate): number {
  const [from, to] = [Math.min(after, before), Math.max(after, before)];
  return steady.filter((stretch) => stretch.from < from && stretch.to > to).length;
}

/** The own stamps of either clock that a stretch covers. */
function extentsOf(
  { pair, track }: Agreement,
  stretch: Uint32Array,
  { aLo, aHi, bLo, bHi }: MatchTable,
): Map<number, Steady> {
  const a: Steady = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  const b: Steady = { ...a };
  const add = (extent: Steady, stamp: number) => {
    if (!Number.isFinite(stamp)) return;
    extent.from = Math.min(extent.from, stamp);
    extent.to = Math.max(extent.to, stamp);
  };
  for (const i of stretch) {
    const row = track.rows[i]!;
    add(a, aLo[row]!);
    add(a, aHi[row]!);
    add(b, bLo[row]!);
    add(b, bHi[row]!);
  }
  return new Map([
    [pair.a, a],
    [pair.b, b],
  ]);
}

function splitOf(
  { pair, track, stretches }: Agreement,
  agreement: number,
  stretch: number,
  extents: readonly Map<number, Steady>[],
): Split {
  const place = track.at[stretches[stretch + 1]![0]!]!;
  const old = valueAt(track, stretches[stretch]!, place);
  const now = valueAt(track, stretches[stretch + 1]!, place);
  const jump = { min: now.low - old.high, max: now.high - old.low };
  const endsOf = (clock: number) => ({
    after: extents[stretch]!.get(clock)!.to,
    before: extents[stretch + 1]!.get(clock)!.from,
    // A clock whose correction becomes greater is further behind.
    by: clock === pair.a ? jump : { min: -jump.max, max: -jump.min },
  });
  return {
    agreement,
    stretch,
    ends: new Map([
      [pair.a, endsOf(pair.a)],
      [pair.b, endsOf(pair.b)],
    ]),
  };
}

/** What a stretch says of D at a place at its edge. */
function valueAt(
  { at, low, high }: Track,
  stretch: Uint32Array,
  place: number,
): { low: number; high: number } {
  const value = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  for (const i of stretch) {
    const drift = RATE * Math.abs(at[i]! - place);
    value.low = Math.max(value.low, low[i]! - drift);
    value.high = Math.min(value.high, high[i]! + drift);
  }
  return value;
}
