import type { Event } from "../../model/event.js";
import { actionsOf } from "../eql/actions.js";
import type { EventPattern, Expression } from "../eql/ast.js";
import { type Condition, compileCondition, compilePattern } from "../eql/compile.js";
import { fieldsOf } from "../eql/patterns.js";
import { expressionText } from "./expression-text.js";
import { type SeenField, ValuesSeen } from "./values-seen.js";

/** What became of one part of a condition: those joined by `and`. */
export interface PartAccount {
  condition: string;
  held: number;
  failed: number;
  /** A field that it asks for was absent: it neither held nor failed, and the event does not match. */
  open: number;
  /** What its fields were where it did not hold. */
  seen: SeenField[];
  /** An event that did not meet it; one that met everything else where there is one. */
  example?: Event;
}

/** What became of one pattern `CATEGORY where CONDITION`. */
export interface PatternAccount {
  category: string;
  /** The kinds of event that it asks for; empty: any. */
  actions: string[];
  condition: string;
  /** Events of that category and those kinds. */
  offered: number;
  matched: number;
  parts: PartAccount[];
  example?: Event;
  /** Where nothing matched: the event that met most parts, and those it did not meet. */
  nearest?: { event: Event; unmet: string[] };
}

interface Part {
  text: string;
  holds: Condition;
  held: number;
  failed: number;
  open: number;
  seen: ValuesSeen[];
  example?: { event: Event; unmet: number };
}

/** Counts how far events come with one pattern, part by part. */
export class PatternTally {
  private readonly actions: ReadonlySet<string> | undefined;
  private readonly test: (event: Event) => boolean;
  private readonly ofCategory: (event: Event) => boolean;
  private readonly parts: Part[];
  private offered = 0;
  private matched = 0;
  private example: Event | undefined;
  private nearest: { event: Event; unmet: string[] } | undefined;

  constructor(private readonly pattern: EventPattern) {
    const { where, category } = pattern;
    this.actions = actionsOf(where);
    this.test = compilePattern(pattern);
    const always: Expression = { op: "constant", value: true };
    this.ofCategory = compilePattern({ ...(category !== undefined && { category }), where: always });
    this.parts = partsOf(where).map((part) => ({
      text: expressionText(part),
      holds: compileCondition(part),
      held: 0,
      failed: 0,
      open: 0,
      seen: [...new Set(fieldsOf(part))].map((field) => new ValuesSeen(field)),
    }));
  }

  /** Looks at an event. Does it match? */
  look(event: Event): boolean {
    if (this.actions !== undefined && !this.actions.has(event.action)) return false;
    if (!this.ofCategory(event)) return false;
    this.offered += 1;
    const unmet = this.parts.filter((part) => !this.count(part, event));
    for (const part of unmet) {
      for (const seen of part.seen) seen.add(event);
      if (part.example === undefined || unmet.length < part.example.unmet)
        part.example = { event, unmet: unmet.length };
    }
    const matches = this.test(event);
    if (matches) {
      this.matched += 1;
      this.example ??= event;
    } else if (unmet.length < (this.nearest?.unmet.length ?? Infinity))
      this.nearest = { event, unmet: unmet.map(({ text }) => text) };
    return matches;
  }

  account(): PatternAccount {
    const { pattern, actions, offered, matched, example, nearest } = this;
    return {
      category: pattern.category ?? "any",
      actions: [...(actions ?? [])].sort(),
      condition: expressionText(pattern.where),
      offered,
      matched,
      parts: this.parts.map(({ text, held, failed, open, seen, example }) => ({
        condition: text,
        held,
        failed,
        open,
        seen: seen.map((one) => one.result()),
        ...(example !== undefined && { example: example.event }),
      })),
      ...(example !== undefined && { example }),
      ...(example === undefined && nearest !== undefined && { nearest }),
    };
  }

  private count(part: Part, event: Event): boolean {
    const truth = part.holds(event);
    if (truth === true) part.held += 1;
    else if (truth === false) part.failed += 1;
    else part.open += 1;
    return truth === true;
  }
}

/** The parts that must all hold, without the one that only names the kind of event: that is what was offered. */
function partsOf(where: Expression): Expression[] {
  const all = where.op === "and" ? where.of.flatMap(partsOf) : [where];
  return all.filter((part) => {
    if (part.op === "constant" && part.value === true) return false;
    const fields = fieldsOf(part);
    return fields.length === 0 || fields.some((name) => name !== "event.action") || !actionsOf(part);
  });
}
