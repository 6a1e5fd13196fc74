import { type Event, fieldOf } from "../model/event.js";
import { compareSeverity, type Finding, type Severity } from "../model/finding.js";
import { advise } from "./command.js";
import type { Match } from "./eql/match.js";
import { isList } from "./eql/values.js";
import { type MadeGood, MadeGoodOnly } from "./made-good.js";
import { Proof } from "./proof.js";
import type { Rule, RuleQuery } from "./rule.js";
import { clip, counted, fill, spanText } from "./template.js";
import { Span } from "./times.js";

/** Distinct values kept for an entity. */
const MAX_VALUES = 50;

/** The matches of one rule that share the values of its `group_by` fields. */
export class Group {
  count = 0;
  private confidence = 0;
  private severity: Severity | undefined;
  private readonly span = new Span();
  private readonly values = new Map<string, Set<string>>();
  private readonly proof = new Proof();
  private readonly madeGood = new MadeGoodOnly();
  /** What completed the latest match. */
  private latest: Event | undefined;

  /** @param fixed the group's own values, by field: with a list field, other elements belong to other groups */
  constructor(
    private readonly rule: Rule,
    private readonly names: readonly string[],
    private readonly fixed: Readonly<Record<string, string>>,
  ) {
    for (const [name, value] of Object.entries(fixed))
      if (value !== "") this.values.set(name, new Set([value]));
  }

  add(match: Match, query: RuleQuery): void {
    // One event may complete matches of several queries: once by itself, and once as the last of several. It is one more all the same.
    const completed = match.events[match.events.length - 1];
    if (completed === undefined || completed !== this.latest) this.count += 1;
    this.latest = completed;
    this.confidence = Math.max(this.confidence, query.confidence);
    const severity = query.severity ?? this.rule.severity;
    if (this.severity === undefined || compareSeverity(severity, this.severity) > 0) this.severity = severity;
    for (const event of match.events) {
      this.stretch(event);
      for (const name of this.names) if (this.fixed[name] === undefined) this.collect(name, event);
    }
    this.madeGood.add(match.events);
    this.proof.add(match.events);
  }

  /**
   * The finding; its id is given when all are in order.
   *
   * @param made the errors that were made good: one that tells of nothing else is low at most
   */
  finding(made: MadeGood): Finding {
    const { rule } = this;
    const ending = this.madeGood.ending(made);
    const severity = this.severity ?? rule.severity;
    const facts = (name: string): readonly string[] => this.fact(name);
    const entities: Record<string, string[]> = {};
    for (const name of rule.entities) {
      const values = this.sorted(name);
      if (values.length > 0) entities[name] = values;
    }
    return {
      id: "",
      rule: rule.id,
      severity: ending !== undefined && compareSeverity(severity, "low") > 0 ? "low" : severity,
      title: rule.title,
      summary: fill(rule.summary, facts) + (ending ?? ""),
      confidence: this.confidence,
      from: this.span.from,
      latestFrom: this.span.latestFrom,
      to: this.span.to,
      count: this.count,
      entities,
      causedBy: [],
      evidence: this.proof.events(),
      remediation: rule.remediation.map((text) => advise(text, facts)),
      verify: rule.verify.map((text) => advise(text, facts)),
    };
  }

  /** A placeholder's values. */
  private fact(name: string): readonly string[] {
    if (name === "count") return [String(this.count)];
    if (name.startsWith("count:")) return [counted(this.count, name.slice("count:".length))];
    if (name === "window")
      return Number.isNaN(this.span.to) ? [] : [spanText(Math.max(0, this.span.to - this.span.from))];
    return this.sorted(name);
  }

  private sorted(name: string): string[] {
    return [...(this.values.get(name) ?? [])].sort(naturally);
  }

  private stretch(event: Event): void {
    const start = event.fields["event.start"];
    if (typeof start === "number" && !Number.isNaN(start)) this.span.stretch(start, start, event.time);
    else this.span.stretch(event.time, event.latest, event.time);
  }

  private collect(name: string, event: Event): void {
    const value = fieldOf(event, name);
    if (value === undefined) return;
    let values = this.values.get(name);
    if (values === undefined) this.values.set(name, (values = new Set()));
    for (const one of isList(value) ? value : [value]) {
      if (values.size >= MAX_VALUES) return;
      values.add(textOf(name, one));
    }
  }
}

/** A value for people: durations (ns, as ECS has them) with their unit. */
export function textOf(name: string, value: string | number | boolean): string {
  if (name === "event.duration" && typeof value === "number") return spanText(value / 1_000);
  return clip(String(value));
}

/** Numbers by size, the rest by code units: the same on every machine. */
function naturally(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
