import { type Event, fieldOf } from "../model/event.js";
import { actionsOf } from "./eql/actions.js";
import type { EventPattern, Expression } from "./eql/ast.js";
import { type Bound, boundOf, comparedFields, valuesOf } from "./eql/required-values.js";
import { isList, type Single } from "./eql/values.js";
import { waysOf } from "./eql/ways.js";

/** Somebody who may be offered events. */
export interface Offered {
  /** The patterns one of which each event fits that it has to see; absent: it has to see all. */
  readonly patterns: readonly EventPattern[] | undefined;
}

/** By so many fields at most are queries sorted: each costs an event a look-up. */
const MOST_FIELDS = 4;
/** Of so many values of a field is remembered who wants them. */
const MOST_VALUES = 1_024;
const NOBODY: readonly never[] = [];

/** One of the ways in which an event can be what somebody has to see. */
interface Claim<T> {
  one: T;
  way: Expression;
}

/** Those that require something of one field. */
interface Shelf<T> {
  field: string;
  /** By the value that they require, with those that require nothing; values that were met before have nobody if nobody wants them. */
  byValue: Map<Single, readonly T[]>;
  /** Those that require a value within bounds. */
  bounded: readonly { one: T; bound: Bound }[];
}

/**
 * Who is to be offered the events of one action.
 *
 * Most queries about an action ask for one value of the same field (`dns.outcome == "timeout"`), and most events have another
 * (`answered`). So the ways in which an event can fit a query are sorted by what they require of the field that tells most of them apart,
 * those that are left by the next one, and so on: an event costs a few look-ups in place of all their conditions.
 */
export class Offers<T extends Offered> {
  /** The latest time of the events that came by since the last boundary, µs. */
  latest = Number.NEGATIVE_INFINITY;
  /** Most actions that rules ask about never come: nothing is sorted before the first event. */
  private sorted: Sorted<T> | undefined;

  /**
   * @param all in the order in which they are to be offered an event
   * @param action the action of all events; absent: any
   */
  constructor(
    readonly all: readonly T[],
    private readonly action?: string,
  ) {}

  /** Those that the event may matter to, in their order. */
  of(event: Event): readonly T[] {
    if (event.time > this.latest) this.latest = event.time;
    this.sorted ??= new Sorted(this.all, this.action);
    return this.sorted.of(event);
  }
}

class Sorted<T extends Offered> {
  private readonly shelves: readonly Shelf<T>[];
  /** Those that require no value of any of the fields. */
  private readonly others: readonly T[];
  private readonly places: ReadonlyMap<T, number>;

  constructor(
    private readonly all: readonly T[],
    action: string | undefined,
  ) {
    this.places = new Map(all.map((one, place) => [one, place]));
    let left = all.flatMap((one) => claimsOf(one, action));
    const drafts = new Map<string, Draft<T>>();
    const sortBy = (requires: Requires): void => {
      while (left.length > 0) {
        const field = fieldThatTells(left, requires);
        if (field === undefined || (!drafts.has(field) && drafts.size === MOST_FIELDS)) return;
        const draft = drafts.get(field) ?? new Draft<T>();
        drafts.set(field, draft);
        left = left.filter((claim) => !draft.take(claim, field));
      }
    };
    // A value tells more than a bound.
    sortBy(valuesOf);
    sortBy(boundOf);
    const unsorted = new Set(left.map(({ one }) => one));
    this.others = all.filter((one) => one.patterns === undefined || unsorted.has(one));
    this.shelves = [...drafts].map(([field, { asking, bounded }]) => {
      const byValue = new Map<Single, readonly T[]>();
      for (const [value, some] of asking) byValue.set(value, this.within(value, bounded, some));
      return { field, byValue, bounded };
    });
  }

  /** Those that the event may matter to, in their order. */
  of(event: Event): readonly T[] {
    let found: readonly T[] | undefined;
    for (const shelf of this.shelves) {
      const value = fieldOf(event, shelf.field);
      if (value === undefined) continue;
      if (isList(value)) return this.all;
      const some = shelf.byValue.get(value) ?? this.metFirst(shelf, value);
      if (some.length === 0) continue;
      found = found === undefined ? some : this.inOrder([...found, ...some]);
    }
    return found ?? (this.others.length === 0 ? NOBODY : this.others);
  }

  /** Who wants a value that nobody requires by itself. */
  private metFirst({ byValue, bounded }: Shelf<T>, value: Single): readonly T[] {
    if (bounded.length === 0) return NOBODY;
    const some = this.within(value, bounded, NOBODY);
    if (byValue.size < MOST_VALUES) byValue.set(value, some);
    return some;
  }

  /** `some`, those within whose bounds the value is, and, where there is any of these, those that require nothing. */
  private within(value: Single, bounded: Shelf<T>["bounded"], some: readonly T[]): readonly T[] {
    const all = [...some, ...bounded.filter(({ bound }) => bound(value)).map(({ one }) => one)];
    return all.length === 0 ? NOBODY : this.inOrder([...all, ...this.others]);
  }

  private inOrder(some: readonly T[]): readonly T[] {
    return [...new Set(some)].sort((a, b) => this.places.get(a)! - this.places.get(b)!);
  }
}

/** A shelf that is being filled. */
class Draft<T> {
  readonly asking = new Map<Single, T[]>();
  readonly bounded: { one: T; bound: Bound }[] = [];

  /** Whether the claim requires anything of the field. */
  take({ one, way }: Claim<T>, field: string): boolean {
    const values = valuesOf(way, field);
    for (const value of values ?? []) {
      const some = this.asking.get(value);
      if (some === undefined) this.asking.set(value, [one]);
      else some.push(one);
    }
    if (values !== undefined) return true;
    const bound = boundOf(way, field);
    if (bound === undefined) return false;
    this.bounded.push({ one, bound });
    return true;
  }
}

/** The ways in which an event of the action can be what somebody has to see: none for whoever has to see all. */
function claimsOf<T extends Offered>(one: T, action: string | undefined): Claim<T>[] {
  return (one.patterns ?? []).flatMap((pattern) => {
    const ways = waysOf(pattern.where).map((way) => categorized(pattern, way));
    return ways.filter((way) => fitsAction(way, action)).map((way) => ({ one, way }));
  });
}

const fitsAction = (way: Expression, action: string | undefined): boolean =>
  action === undefined || (actionsOf(way)?.has(action) ?? true);

/** With the word before `where`, as the field that it is. */
function categorized({ category }: EventPattern, way: Expression): Expression {
  if (category === undefined) return way;
  const left: Expression = { op: "field", name: "event.category" };
  return {
    op: "and",
    of: [{ op: "compare", is: "==", left, right: { op: "constant", value: category } }, way],
  };
}

type Requires = (way: Expression, field: string) => unknown;

/** The field of which most require something; of several the first. */
function fieldThatTells(all: readonly Claim<unknown>[], requires: Requires): string | undefined {
  const counts = new Map<string, number>();
  for (const { way } of all) {
    for (const field of new Set(comparedFields(way)))
      if (field !== "event.action" && requires(way, field)) counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  let best: string | undefined;
  for (const [field, count] of counts) if (count > (counts.get(best ?? "") ?? 0)) best = field;
  return best;
}
