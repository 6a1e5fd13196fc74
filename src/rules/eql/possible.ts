import type { Event } from "../../model/event.js";
import type { Dimension, Portrait, Possible } from "../../timeline/settler/portrait.js";
import type { Comparator, Expression } from "./ast.js";
import { compileCondition } from "./compile.js";
import { fieldsOf } from "./patterns.js";

/** Truths that a condition may come to: bits. */
const TRUE = 1;
const FALSE = 2;
const OPEN = 4;
const UNKNOWN = TRUE | FALSE | OPEN;

/** What is known of a condition before any event is seen. */
export interface Prospect {
  /** Some event of the portrait may make it true. */
  readonly canBeTrue: boolean;
  /** What its truth may depend on. */
  readonly dimensions: ReadonlySet<Dimension>;
  /** It may depend on something else, too. */
  readonly varies: boolean;
}

/**
 * Tells whether a condition can be true of events of which only a portrait is known. Conditions on fields with known values are
 * evaluated as for an event; of all others nothing is ever claimed that does not hold for each value.
 */
export function prospectOf(condition: Expression, portrait: Portrait): Prospect {
  const judge = new Judge(portrait);
  const truths = judge.truthsOf(condition);
  return { canBeTrue: (truths & TRUE) !== 0, dimensions: judge.dimensions, varies: judge.varies };
}

/** What is known of a field of an event of the portrait. */
export function possibleOf(portrait: Portrait, field: string): Possible {
  if (field === "event.action") return { is: "known", value: portrait.action };
  if (field === "event.category") return { is: "known", value: portrait.category };
  return portrait.fields[field] ?? { is: "anything" };
}

/** What all conditions of all rules are asked about is made once. */
const samples = new WeakMap<Portrait, Event>();

/** An event of the portrait, with the fields whose values are known. */
function sampleOf(portrait: Portrait): Event {
  let sample = samples.get(portrait);
  if (!sample) {
    const { action, category } = portrait;
    const fields: Event["fields"] = {};
    for (const [name, possible] of Object.entries(portrait.fields))
      if (possible.is === "known") fields[name] = possible.value;
    const place = { source: 0, line: 1, offset: 0, length: 0 };
    sample = { ...place, time: 0, ns: 0, latest: 0, action, category, fields };
    samples.set(portrait, sample);
  }
  return sample;
}

class Judge {
  dimensions: ReadonlySet<Dimension> = new Set();
  varies = false;

  constructor(private readonly portrait: Portrait) {}

  truthsOf(condition: Expression): number {
    switch (condition.op) {
      case "and":
      case "or": {
        const decided = condition.op === "and" ? FALSE : TRUE;
        const { dimensions, varies } = this;
        const parts: number[] = [];
        for (const part of condition.of) {
          const truths = this.truthsOf(part);
          if (truths === decided) {
            // Whatever the other parts depend on: this one alone tells.
            this.dimensions = dimensions;
            this.varies = varies;
            return decided;
          }
          parts.push(truths);
        }
        const other = condition.op === "and" ? TRUE : FALSE;
        const all = parts.reduce((union, truths) => union | truths, 0);
        // Only when all parts may be so is the whole.
        return parts.every((truths) => (truths & other) !== 0) ? all : all & ~other;
      }
      case "not": {
        const truths = this.truthsOf(condition.of);
        return (truths & OPEN) | ((truths & TRUE) !== 0 ? FALSE : 0) | ((truths & FALSE) !== 0 ? TRUE : 0);
      }
      default:
        return this.leaf(condition);
    }
  }

  private leaf(condition: Expression): number {
    const fields = fieldsOf(condition);
    const unsure = fields.filter((name) => !["known", "absent"].includes(possibleOf(this.portrait, name).is));
    if (unsure.length === 0) {
      const truth = compileCondition(condition)(sampleOf(this.portrait));
      return truth === undefined ? OPEN : truth ? TRUE : FALSE;
    }
    const told =
      condition.op === "compare" ? this.compared(condition.is, condition.left, condition.right) : undefined;
    if (told !== undefined) return told;
    for (const name of unsure) {
      const possible = possibleOf(this.portrait, name);
      if (possible.is === "shared") this.dimensions = new Set([...this.dimensions, possible.dimension]);
      else this.varies = true;
    }
    return UNKNOWN;
  }

  /** A comparison that holds, or fails, for all values that its fields can have; `undefined` when that cannot be told. */
  private compared(is: Comparator, left: Expression, right: Expression): number | undefined {
    const [a, b] = [this.sideOf(left), this.sideOf(right)];
    const equal = is === "==" ? TRUE : is === "!=" ? FALSE : undefined;
    if (a === null || b === null) {
      // Shared and ranging fields have a value.
      const present = a === null ? b : a;
      if (present === null || present?.is === "anything" || equal === undefined) return undefined;
      return equal === TRUE ? FALSE : TRUE;
    }
    if (a?.is === "shared" && b?.is === "shared") return a.dimension === b.dimension ? equal : undefined;
    if (a?.is === "between" && typeof numberOf(b) === "number") return ranged(is, a, numberOf(b)!);
    if (b?.is === "between" && typeof numberOf(a) === "number") return ranged(MIRRORED[is], b, numberOf(a)!);
    return undefined;
  }

  /** A field or constant; `null` for EQL's null, `undefined` for anything that is calculated. */
  private sideOf(side: Expression): Possible | null | undefined {
    if (side.op === "field") return possibleOf(this.portrait, side.name);
    if (side.op !== "constant") return undefined;
    return side.value === null ? null : { is: "known", value: side.value };
  }
}

const MIRRORED: Record<Comparator, Comparator> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

const numberOf = (side: Possible | null | undefined): number | undefined =>
  side?.is === "known" && typeof side.value === "number" ? side.value : undefined;

/** Compares every number in [from, below) with one. */
function ranged(
  is: Comparator,
  { from, below }: { from: number; below: number },
  number: number,
): number | undefined {
  switch (is) {
    case "<":
      return below <= number ? TRUE : from >= number ? FALSE : undefined;
    case "<=":
      return below <= number ? TRUE : from > number ? FALSE : undefined;
    case ">":
      return from > number ? TRUE : below <= number ? FALSE : undefined;
    case ">=":
      return from >= number ? TRUE : below <= number ? FALSE : undefined;
    case "==":
      return number < from || number >= below ? FALSE : undefined;
    case "!=":
      return number < from || number >= below ? TRUE : undefined;
  }
}
