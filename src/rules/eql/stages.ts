import type { FieldValue } from "../../model/event.js";
import type { Expression } from "./ast.js";
import { carrierFor } from "./carrier.js";
import { compileValue } from "./compile.js";
import type { Match, Report } from "./match.js";
import type { Value } from "./values.js";

/** More matches than this are not held back for a `tail`. */
const MAX_TAIL = 10_000;
/** Different values, and matches held back to be sorted, that are remembered. */
export const MAX_HELD = 100_000;

/** One pipe at work. */
export interface Stage {
  push(match: Match): void;
  /** Nothing follows: hands on what it held back. */
  end?(): void;
  /** Sentences about what was given up to keep memory bounded. */
  notes?(): string[];
}

/** `| head N`: the first N matches. */
export function head(count: number, next: Report): Stage {
  let seen = 0;
  return {
    push(match) {
      seen += 1;
      if (seen <= count) next(match);
    },
  };
}

/** `| tail N`: the last N matches, when there are no more. */
export function tail(wanted: number, next: Report): Stage {
  const count = Math.min(wanted, MAX_TAIL);
  let held: Match[] = [];
  let oldest = 0;
  let lost = 0;
  return {
    push(match) {
      if (held.length < count) held.push(match);
      else if (count > 0) {
        held[oldest] = match;
        oldest = (oldest + 1) % count;
        if (wanted > count) lost += 1;
      }
    },
    end() {
      const last = [...held.slice(oldest), ...held.slice(0, oldest)];
      held = [];
      for (const match of last) next(match);
    },
    notes: () => (lost > 0 ? [`\`| tail ${wanted}\` keeps the last ${count} matches only`] : []),
  };
}

/** The values of a pipe's expressions in a match. */
export function valuesIn(by: readonly Expression[]): (match: Match) => Value[] {
  const carry = carrierFor(by);
  const getters = by.map(compileValue);
  return (match) => {
    const event = carry(match);
    return getters.map((get) => get(event));
  };
}

/** Values as one text: numbers and texts apart, `null` for none. */
export const keyOf = (values: readonly Value[]): string =>
  JSON.stringify(values.map((value) => value ?? null));

/** `| unique a, b`: the first match with each value. */
export function unique(by: readonly Expression[], next: Report): Stage {
  const values = valuesIn(by);
  const known = new Set<string>();
  let lost = 0;
  return {
    push(match) {
      const key = keyOf(values(match));
      if (known.has(key)) return;
      if (known.size >= MAX_HELD) lost += 1;
      else {
        known.add(key);
        next(match);
      }
    },
    notes: () => tooMany("unique", lost),
  };
}

/** `| unique_count a, b`: the first match with each value, with the fields `count` and `percent`, when all are counted. */
export function uniqueCount(by: readonly Expression[], next: Report): Stage {
  const values = valuesIn(by);
  const known = new Map<string, { match: Match; count: number }>();
  let total = 0;
  let lost = 0;
  return {
    push(match) {
      const count = amountOf(match);
      total += count;
      const key = keyOf(values(match));
      const first = known.get(key);
      if (first !== undefined) first.count += count;
      else if (known.size < MAX_HELD) known.set(key, { match, count });
      else lost += 1;
    },
    end() {
      for (const { match, count } of known.values()) next(withCount(match, count, count / total));
      known.clear();
    },
    notes: () => tooMany("unique_count", lost),
  };
}

/** What a match stands for: one, or as many as were counted into it before. */
function amountOf({ events: [first], tally }: Match): number {
  const count: FieldValue | undefined = tally?.count ?? first?.fields["count"];
  return typeof count === "number" ? count : 1;
}

function withCount(match: Match, count: number, percent: number): Match {
  const [first, ...others] = match.events;
  if (first === undefined) return match;
  return { ...match, events: [{ ...first, fields: { ...first.fields, count, percent } }, ...others] };
}

/** `| sort a, b`: what has no value comes first, then numbers, then texts; equal ones stay in their order. */
export function sorted(by: readonly Expression[], next: Report): Stage {
  const values = valuesIn(by);
  let held: { match: Match; values: Value[] }[] = [];
  let lost = 0;
  return {
    push(match) {
      if (held.length < MAX_HELD) held.push({ match, values: values(match) });
      else lost += 1;
    },
    end() {
      const all = held.sort((a, b) => compareAll(a.values, b.values));
      held = [];
      for (const { match } of all) next(match);
    },
    notes: () => (lost > 0 ? [`${lost} matches were left out: \`| sort\` holds ${MAX_HELD} at most`] : []),
  };
}

/** Orders lists of values, the first difference decides. */
export function compareAll(a: readonly Value[], b: readonly Value[]): number {
  for (const [i, value] of a.entries()) {
    const order = compare(value, b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compare(a: Value, b: Value): number {
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x - y;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [p, q] = [String(a), String(b)];
  return p < q ? -1 : p > q ? 1 : 0;
}

const RANKS: Readonly<Record<string, number>> = { undefined: 0, boolean: 1, number: 2, string: 3, object: 4 };
const rank = (value: Value): number => RANKS[typeof value]!;

/** The sentence about values beyond the bound. */
export const tooMany = (pipe: string, lost: number): string[] =>
  lost > 0 ? [`${lost} matches were left out: \`| ${pipe}\` tells ${MAX_HELD} values apart at most`] : [];
