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

/**
 * Who is to be offered the events of one action.
 *
 * Most queries about an action ask for one value of the same field (`dns.outcome == "timeout"`), and most events have another
 * (`answered`). So the queries are sorted by what they require of the field that tells most of them apart: an event
 * costs one look-up in place of all their conditions.
 */
export class Offers<T extends Offered> {
  /** The latest time of the events that came by since the last boundary, µs. */
  latest = Number.NEGATIVE_INFINITY;
  private readonly field: string | undefined;
  private readonly byValue = new Map<Single, readonly T[]>();
  /** Those that require no value of the field, or can do without. */
  private readonly others: readonly T[];

  /**
   * @param all in the order in which they are to be offered an event
   * @param action the action of all events; absent: any
   */
  constructor(
    readonly all: readonly T[],
    action?: string,
  ) {
    const patterns = all.map((one) => patternsFor(one, action));
    this.field = fieldThatTells(patterns);
    const required = patterns.map((some) => requiredOf(some, this.field));
    this.others = all.filter((_, i) => required[i] === undefined);
    for (const value of new Set(required.flatMap((values) => [...(values ?? [])]))) {
      const asked = all.filter((_, i) => required[i] === undefined || required[i].has(value));
      this.byValue.set(value, asked);
    }
  }

  /** Those that the event may matter to, in their order. */
  of(event: Event): readonly T[] {
    if (event.time > this.latest) this.latest = event.time;
    if (this.field === undefined) return this.all;
    const value = fieldOf(event, this.field);
    if (value === undefined) return this.others;
    return isList(value) ? this.all : (this.byValue.get(value) ?? this.others);
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
