import { type Event, fieldOf } from "../model/event.js";
import type { Missing } from "../model/finding.js";
import { advise } from "./command.js";
import type { Match } from "./eql/match.js";
import { isList } from "./eql/values.js";
import { textOf } from "./group.js";
import type { Rule, RuleCannotTell } from "./rule.js";
import { type Facts, fill, spanText } from "./template.js";

/** Distinct texts kept per rule. */
const MAX_MISSING = 20;

/** What a rule could not tell, and the evidence that would have settled it. */
export class OpenQuestions {
  private readonly entries = new Map<string, Missing>();

  constructor(private readonly rule: Rule) {}

  /** A `cannot_tell` query matched. What its events say of a gap in the evidence is the reason then, and not the rule's usual one. */
  ask(index: number, events: readonly Event[]): void {
    const entry = this.rule.cannotTell[index];
    if (entry === undefined) return;
    const gap = events.map(({ fields }) => fields["evidence.gap"]).find((each) => typeof each === "string");
    this.add(gap === undefined ? entry : { ...entry, why: whyOf(String(gap)) }, events);
  }

  /** A sequence could not be decided. */
  undecided({ events, because, gap }: Match): void {
    if (because === "order") {
      const what = `the order of events, for "${this.rule.title}"`;
      const why = "their times overlap, so that order and span are possible and not proven";
      this.add({ what, why, command: "" }, events);
      return;
    }
    const own = this.rule.cannotTell.filter((entry) => entry.query === undefined);
    for (const entry of own) this.add(gap === undefined ? entry : { ...entry, why: whyOf(gap) }, events);
    if (own.length > 0) return;
    const [need] = this.rule.needs;
    const what = need?.evidence ?? `evidence that covers the time around it, for "${this.rule.title}"`;
    const why =
      gap === undefined
        ? "what was collected does not cover the whole window, so that a missing event proves nothing"
        : whyOf(gap);
    this.add({ what, why, command: need?.command ?? "" }, events);
  }

  missing(): Missing[] {
    return [...this.entries.values()];
  }

  private add(entry: RuleCannotTell, events: readonly Event[]): void {
    if (this.entries.size >= MAX_MISSING) return;
    const facts = factsOf(events);
    const what = fill(entry.what, facts);
    const command = advise(entry.command, facts);
    const key = `${what}\u0000${command}`;
    if (!this.entries.has(key)) this.entries.set(key, { what, why: fill(entry.why, facts), command });
  }
}

/** Braces would be taken for places to fill. */
const whyOf = (gap: string): string =>
  `${gap.replace(/[{}]/g, "_")}: what is missing may have been there, so that its absence proves nothing`;

/** Facts of one match: its fields, and `{window}`, the time from its first event's start to its last event. */
function factsOf(events: readonly Event[]): Facts {
  return (name) => {
    if (name === "count") return [String(events.length)];
    if (name === "window") {
      const start = events[0]?.fields["event.start"];
      const span =
        (events.at(-1)?.time ?? Number.NaN) -
        (typeof start === "number" ? start : (events[0]?.time ?? Number.NaN));
      return Number.isNaN(span) ? [] : [spanText(Math.max(0, span))];
    }
    for (const event of events) {
      const value = fieldOf(event, name);
      if (value === undefined) continue;
      return (isList(value) ? value : [value]).map((one) => textOf(name, one));
    }
    return [];
  };
}
