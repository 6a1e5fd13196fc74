import type { Lapse } from "../solution.js";
import { orderOf } from "./order.js";
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
 * The tightest bounds of the lines' times, given that no line is later than the next one, and that lapses take what they take.
 * The constraints have no cycle, so
 * going through the lines once forwards and once backwards is the shortest path (Cormen et al., Introduction to Algorithms, ch. 24.2).
 */
export function boundLines(sights: readonly Sight[], lapses: readonly Lapse[]): Lines {
  const forward = propagate(
    sights,
    ({ to, earliest }) => ({ line: to, value: earliest }),
    lapses.map(({ line, end, span }) => ({ begin: line, end: end + 1, span: atLeast(span) })),
  );
  // Backwards, everything is upside down: what is not later than a time is not earlier than its negative.
  const backward = propagate(
    sights,
    ({ from, latest }) => ({ line: -from, value: -latest }),
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

/** The largest lower bound so far, line after line; a span that ends adds to what held at its beginning. */
function propagate(
  sights: readonly Sight[],
  boundOf: (sight: Sight) => { line: number; value: number },
  spans: readonly { begin: number; end: number; span: number }[],
): Steps {
  const telling = sights.filter((sight) => {
    const { line, value } = boundOf(sight);
    return Number.isFinite(line) && Number.isFinite(value);
  });
  // At a line, what holds comes before what ends there, and that before what begins: in this order they are numbered.
  const [firstEnd, firstBegin] = [telling.length, telling.length + spans.length];
  const lines = new Float64Array(firstBegin + spans.length);
  for (const [i, sight] of telling.entries()) lines[i] = boundOf(sight).line;
  for (const [i, { begin, end }] of spans.entries()) {
    lines[firstEnd + i] = end;
    lines[firstBegin + i] = begin;
  }
  const steps: Steps = { lines: [], values: [], sights: [] };
  const latest = () => steps.values.at(-1) ?? Number.NEGATIVE_INFINITY;
  /** What a span began with: the value, and the sight it rests on. */
  const began = new Float64Array(spans.length).fill(Number.NEGATIVE_INFINITY);
  const by: (Sight | undefined)[] = new Array(spans.length);
  for (const i of orderOf(lines)) {
    if (i >= firstBegin) {
      began[i - firstBegin] = latest();
      by[i - firstBegin] = steps.sights.at(-1);
      continue;
    }
    const ends = i - firstEnd;
    const value = ends < 0 ? boundOf(telling[i]!).value : began[ends]! + spans[ends]!.span;
    const sight = ends < 0 ? telling[i]! : by[ends];
    if (!sight || value <= latest()) continue;
    const place = steps.lines.at(-1) === lines[i] ? steps.lines.length - 1 : steps.lines.length;
    steps.lines[place] = lines[i]!;
    steps.values[place] = value;
    steps.sights[place] = sight;
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
