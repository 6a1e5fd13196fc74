import { type Event, fieldOf } from "../model/event.js";
import type { EventQuery } from "./eql/ast.js";
import { comparedFields, valuesOf } from "./eql/required-values.js";
import { isList, type Single } from "./eql/values.js";

/** Somebody who may be offered events. `query`: the event query behind it, absent for sequences. */
export interface Offered {
  readonly query: EventQuery | undefined;
}

/**
 * Who is to be offered the events of one action.
 *
 * Most queries about an action ask for one value of the same field (`dns.outcome == "timeout"`), and most events have another
 * (`answered`). So the queries are sorted by what they require of the field that tells most of them apart: an event
 * costs one look-up in place of all their conditions. Sequences are offered everything: each event moves their clock.
 */
export class Offers<T extends Offered> {
  private readonly field: string | undefined;
  private readonly byValue = new Map<Single, readonly T[]>();
  /** Those that require no value of the field, or can do without. */
  private readonly others: readonly T[];

  /** @param all in the order in which they are to be offered an event */
  constructor(private readonly all: readonly T[]) {
    this.field = fieldThatTells(all);
    const required = all.map((one) => requiredOf(one, this.field));
    this.others = all.filter((_, i) => required[i] === undefined);
    for (const value of new Set(required.flatMap((values) => [...(values ?? [])]))) {
      const asked = all.filter((_, i) => required[i] === undefined || required[i].has(value));
      this.byValue.set(value, asked);
    }
  }

  /** Those that the event may matter to, in their order. */
  of(event: Event): readonly T[] {
    if (this.field === undefined) return this.all;
    const value = fieldOf(event, this.field);
    if (value === undefined) return this.others;
    return isList(value) ? this.all : (this.byValue.get(value) ?? this.others);
  }
}

function requiredOf(one: Offered, field: string | undefined): ReadonlySet<Single> | undefined {
  return one.query && field !== undefined ? valuesOf(one.query.where, field) : undefined;
}

/** The field of which most require a value; of several the first. */
function fieldThatTells(all: readonly Offered[]): string | undefined {
  const counts = new Map<string, number>();
  for (const one of all) {
    for (const field of one.query ? comparedFields(one.query.where) : []) {
      if (field !== "event.action" && requiredOf(one, field)) counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  let best: string | undefined;
  for (const [field, count] of counts) if (count > (counts.get(best ?? "") ?? 0)) best = field;
  return best;
}
