import { type Event, fieldOf } from "../model/event.js";
import { actionsOf } from "./eql/actions.js";
import type { EventPattern } from "./eql/ast.js";
import { comparedFields, valuesOf } from "./eql/required-values.js";
import { isList, type Single } from "./eql/values.js";

/** Somebody who may be offered events. */
export interface Offered {
  /** The patterns one of which each event fits that it has to see; absent: it has to see all. */
  readonly patterns: readonly EventPattern[] | undefined;
}

/** By so many fields at most are queries sorted: each costs an event a look-up. */
const MOST_FIELDS = 4;
const NOBODY: readonly never[] = [];

/** Those that require a value of one field, by that value. */
interface Shelf<T> {
  field: string;
  /** With those that require nothing. */
  byValue: ReadonlyMap<Single, readonly T[]>;
}

/**
 * Who is to be offered the events of one action.
 *
 * Most queries about an action ask for one value of the same field (`dns.outcome == "timeout"`), and most events have another
 * (`answered`). So the queries are sorted by what they require of the field that tells most of them apart, those that are
 * left by the next one, and so on: an event costs a few look-ups in place of all their conditions.
 */
export class Offers<T extends Offered> {
  /** The latest time of the events that came by since the last boundary, µs. */
  latest = Number.NEGATIVE_INFINITY;
  private readonly shelves: readonly Shelf<T>[];
  /** Those that require no value of any of the fields. */
  private readonly others: readonly T[];
  private readonly places: ReadonlyMap<T, number>;

  /**
   * @param all in the order in which they are to be offered an event
   * @param action the action of all events; absent: any
   */
  constructor(
    readonly all: readonly T[],
    action?: string,
  ) {
    this.places = new Map(all.map((one, place) => [one, place]));
    const patterns = new Map(all.map((one) => [one, patternsFor(one, action)]));
    let left = all;
    const sorted: { field: string; asking: Map<Single, T[]> }[] = [];
    while (sorted.length < MOST_FIELDS) {
      const field = fieldThatTells(left.map((one) => patterns.get(one)));
      if (field === undefined) break;
      const asking = new Map<Single, T[]>();
      left = left.filter((one) => {
        const values = requiredOf(patterns.get(one), field);
        for (const value of values ?? []) {
          const some = asking.get(value);
          if (some === undefined) asking.set(value, [one]);
          else some.push(one);
        }
        return values === undefined;
      });
      sorted.push({ field, asking });
    }
    this.others = left;
    this.shelves = sorted.map(({ field, asking }) => ({
      field,
      byValue: new Map([...asking].map(([value, some]) => [value, this.inOrder([...some, ...left])])),
    }));
  }

  /** Those that the event may matter to, in their order. */
  of(event: Event): readonly T[] {
    if (event.time > this.latest) this.latest = event.time;
    let found: readonly T[] | undefined;
    for (const { field, byValue } of this.shelves) {
      const value = fieldOf(event, field);
      if (value === undefined) continue;
      if (isList(value)) return this.all;
      const some = byValue.get(value);
      if (some === undefined) continue;
      found = found === undefined ? some : this.inOrder([...new Set([...found, ...some])]);
    }
    return found ?? (this.others.length === 0 ? NOBODY : this.others);
  }

  private inOrder(some: readonly T[]): readonly T[] {
    return [...some].sort((a, b) => this.places.get(a)! - this.places.get(b)!);
  }
}

const CATEGORY = "event.category";

/** The fields that a pattern may require something of: the word before `where` is one. */
const fieldsOf = ({ category, where }: EventPattern): string[] =>
  category === undefined ? comparedFields(where) : [...comparedFields(where), CATEGORY];

/** The patterns that an event of the action may fit. */
function patternsFor({ patterns }: Offered, action: string | undefined): readonly EventPattern[] | undefined {
  if (action === undefined) return patterns;
  return patterns?.filter(({ where }) => actionsOf(where)?.has(action) ?? true);
}

/** The values of the field, one of which an event has that fits any of the patterns; `undefined`: it can do without. */
function requiredOf(
  patterns: readonly EventPattern[] | undefined,
  field: string | undefined,
): ReadonlySet<Single> | undefined {
  if (!patterns || field === undefined) return undefined;
  const all = new Set<Single>();
  for (const { category, where } of patterns) {
    const values = category !== undefined && field === CATEGORY ? [category] : valuesOf(where, field);
    if (!values) return undefined;
    for (const value of values) all.add(value);
  }
  return all;
}

/** The field of which most require a value; of several the first. */
function fieldThatTells(all: readonly (readonly EventPattern[] | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const patterns of all) {
    for (const field of new Set((patterns ?? []).flatMap(fieldsOf))) {
      if (field !== "event.action" && requiredOf(patterns, field))
        counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  let best: string | undefined;
  for (const [field, count] of counts) if (count > (counts.get(best ?? "") ?? 0)) best = field;
  return best;
}
