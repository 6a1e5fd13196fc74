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

  /** A `cannot_tell` query matched. */
  ask(index: number, events: readonly Event[]): void {
    const entry = this.rule.cannotTell[index];
    if (entry !== undefined) this.add(entry, events);
  }

  /** A sequence could not be decided. */
  undecided({ events, because }: Match): void {
    if (because === "order") {
      const what = `the order of events, for "${this.rule.title}"`;
      const why = "their times overlap, so that order and span are possible and not proven";
      this.add({ what, why, command: "" }, events);
      return;
    }
    const own = this.rule.cannotTell.filter((entry) => entry.query === undefined);
    for (const entry of own) this.add(entry, events);
    if (own.length > 0) return;
    const [need] = this.rule.needs;
    const what = need?.evidence ?? `evidence that covers the time around it, for "${this.rule.title}"`;
    const why = "what was collected does not cover the whole window, so that a missing event proves nothing";
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
