import type { Lapse } from "../solution.js";
import { EPSILON, RATE } from "./rate.js";

/** What is known of a happening in a file without stamps: it is not before line `from` and not after line `to`; and its time, µs. */
export interface Sight {
  from: number;
  to: number;
  earliest: number;
  latest: number;
  /** Row of the match. */
  row: number;
}

/** Where lines of a file lie, µs: from some lines on no earlier, up to some lines no later; infinite where nothing says. */
export interface Lines {
  earliest: Steps;
  latest: Steps;
}

/** A bound that changes at certain lines, ascending, and the sights that it rests on. */
export interface Steps {
  lines: number[];
  values: number[];
  sights: Sight[];
}

/**
 * The tightest bounds of the lines' times, given that no line is later than the next one, and that lapses take what they take. The constraints have no cycle, so
 * going through the lines once forwards and once backwards is the shortest path (Cormen et al., Introduction to Algorithms, ch. 24.2).
 */
export function boundLines(sights: readonly Sight[], lapses: readonly Lapse[]): Lines {
  const forward = propagate(
    sights.map((sight) => ({ line: sight.to, value: sight.earliest, sight })),
    lapses.map(({ line, end, span }) => ({ begin: line, end: end + 1, span: atLeast(span) })),
  );
  // Backwards, everything is upside down: what is not later than a time is not earlier than its negative.
  const backward = propagate(
    sights.map((sight) => ({ line: -sight.from, value: -sight.latest, sight })),
    lapses.map(({ line, end, span }) => ({ begin: -(end + 1), end: -line, span: atLeast(span) })),
  );
  return {
    earliest: forward,
    latest: {
      lines: backward.lines.map((line) => -line).reverse(),
      values: backward.values.map((value) => -value).reverse(),
      sights: backward.sights.reverse(),
    },
  };
}

/** A lapse was measured by the clock of the source's host; the clock that lines are placed on may go slower meanwhile. */
const atLeast = (span: number): number => span / (1 + RATE);

/** A lower bound, and what it rests on. */
interface Held {
  value: number;
  sight: Sight | undefined;
}

/** The largest lower bound so far, line after line; a span that ends adds to what held at its beginning. */
function propagate(
  bounds: readonly { line: number; value: number; sight: Sight }[],
  spans: readonly { begin: number; end: number; span: number }[],
): Steps {
  let held: Held = { value: Number.NEGATIVE_INFINITY, sight: undefined };
  const began: Held[] = spans.map(() => held);
  /** At a line, what holds comes before what begins there. */
  const events = [
    ...bounds.map(({ line, value, sight }) => ({
      line,
      begins: 0,
      index: -1,
      least: () => ({ value, sight }),
    })),
    ...spans.map(({ end, span }, index) => ({
      line: end,
      begins: 0,
      index,
      least: () => ({ value: began[index]!.value + span, sight: began[index]!.sight }),
    })),
    ...spans.map(({ begin }, index) => ({ line: begin, begins: 1, index, least: () => held })),
  ]
    .filter(({ line }) => Number.isFinite(line))
    .sort((p, q) => p.line - q.line || p.begins - q.begins || p.index - q.index);
  const steps: Steps = { lines: [], values: [], sights: [] };
  for (const { line, begins, index, least } of events) {
    const next: Held = least();
    if (begins === 1) began[index] = next;
    if (next.sight === undefined || next.value <= held.value) continue;
    held = next;
    const place = steps.lines.at(-1) === line ? steps.lines.length - 1 : steps.lines.length;
    steps.lines[place] = line;
    steps.values[place] = next.value;
    steps.sights[place] = next.sight;
  }
  return steps;
}

/** The interval of a line, µs; infinite where nothing says. */
export function intervalOf({ earliest, latest }: Lines, line: number): { earliest: number; latest: number } {
  return {
    earliest: earliest.values[countUpTo(earliest.lines, line, true) - 1] ?? Number.NEGATIVE_INFINITY,
    latest: latest.values[countUpTo(latest.lines, line, false)] ?? Number.POSITIVE_INFINITY,
  };
}

/** The sight that makes a line so late that this one, which is of that line, cannot be right; undefined: none does. */
export function contradicts({ earliest }: Lines, sight: Sight): Sight | undefined {
  const place = countUpTo(earliest.lines, sight.from, true) - 1;
  return place >= 0 && earliest.values[place]! > sight.latest + EPSILON ? earliest.sights[place] : undefined;
}

/** How many lines are before one, or are that one. */
function countUpTo(lines: readonly number[], line: number, itself: boolean): number {
  let lo = 0;
  let hi = lines.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (lines[mid]! < line || (itself && lines[mid] === line)) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
