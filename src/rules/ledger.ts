import { type Event, type FieldValue, fieldOf } from "../model/event.js";
import type { Finding, Missing } from "../model/finding.js";
import { placesInAdvice } from "./command.js";
import type { Match } from "./eql/match.js";
import { isList } from "./eql/values.js";
import { Group, textOf } from "./group.js";
import type { MadeGood } from "./made-good.js";
import { areOfSeveralHosts } from "./one-host.js";
import { OpenQuestions } from "./open-questions.js";
import type { Rule, RuleQuery } from "./rule.js";
import { clip, placesOf } from "./template.js";

/** An event with lists in its `group_by` fields belongs to at most this many groups. */
const MAX_COMBINATIONS = 16;
const MAX_ELEMENTS = 200;
const MAX_WITHDRAWALS = 1_000;

export type Answer = "found" | "not-found" | "cannot-tell";

/** Everything that one rule has found so far. */
export class Ledger {
  private readonly groups = new Map<string, Group>();
  private readonly withdrawn = new Map<string, (string | undefined)[]>();
  /** Values of the only `group_by` field that are withdrawn, as events have them. */
  private readonly withdrawnValues = new Set<FieldValue>();
  private readonly questions: OpenQuestions;
  private readonly names: readonly string[];
  /** Matches beyond the cap on groups, in one group. */
  private others: Group | undefined;
  private lostWithdrawals = 0;

  constructor(
    readonly rule: Rule,
    private readonly maxGroups: number,
  ) {
    const advice = [...rule.remediation, ...rule.verify].flatMap(placesInAdvice);
    this.names = [...new Set([...rule.entities, ...placesOf(rule.summary), ...advice])];
    this.questions = new OpenQuestions(rule);
  }

  /** A query matched, or could not be decided. */
  match(match: Match, query: RuleQuery): void {
    if (this.rule.oneHost && areOfSeveralHosts(match.events)) return;
    if (match.outcome === "cannot tell") {
      this.questions.undecided(match);
      return;
    }
    for (const values of this.valuesOf(match.events)) {
      const key = values.length === 1 ? (values[0] ?? "") : values.map((value) => value ?? "").join("\u0000");
      let group = this.groups.get(key);
      if (group === undefined && this.groups.size >= this.maxGroups) {
        group = this.others ??= new Group(this.rule, [], {});
      } else if (group === undefined) {
        const fixed = Object.fromEntries(this.rule.groupBy.map((name, i) => [name, clip(values[i] ?? "")]));
        group = new Group(this.rule, this.names, fixed);
        this.groups.set(key, group);
      }
      group.add(match, query);
    }
  }

  /** An `unless` query matched, or may have: a wrong accusation costs more than silence. */
  withdraw(match: Match): void {
    for (const values of this.valuesOf(match.events)) {
      const silent = values.every((value) => value === undefined);
      if (silent && this.rule.groupBy.length > 0) continue;
      const key = JSON.stringify(values);
      if (this.withdrawn.size < MAX_WITHDRAWALS) this.withdrawn.set(key, values);
      else if (!this.withdrawn.has(key)) this.lostWithdrawals += 1;
    }
    this.rememberWithdrawn(match.events);
  }

  /**
   * Whether the `unless` match of this one event is known already. What speaks against a rule is as a rule said by every
   * healthy event, a hundred thousand times: the first one counts.
   */
  hasWithdrawn(event: Event): boolean {
    if (this.withdrawnValues.size === 0) return false;
    const value = fieldOf(event, this.rule.groupBy[0]!);
    return value !== undefined && this.withdrawnValues.has(value);
  }

  private rememberWithdrawn([event, ...others]: readonly Event[]): void {
    const { groupBy } = this.rule;
    if (event === undefined || others.length > 0 || groupBy.length !== 1) return;
    const value = fieldOf(event, groupBy[0]!);
    if (value === undefined || isList(value) || this.withdrawnValues.size >= MAX_WITHDRAWALS) return;
    if (this.withdrawn.has(JSON.stringify([textOf(groupBy[0]!, value)]))) this.withdrawnValues.add(value);
  }

  /** A `cannot_tell` query matched: `index` is its place in the rule. */
  question(match: Match, index: number): void {
    this.questions.ask(index, match.events);
  }

  /**
   * Closes the books.
   *
   * @param made the errors that were made good
   */
  close(made: MadeGood): { answer: Answer; findings: Finding[]; missing: Missing[]; notes: string[] } {
    const { minCount, title } = this.rule;
    const notes: string[] = [];
    if (this.lostWithdrawals > 0)
      notes.push(
        `${this.lostWithdrawals} matches of its \`unless\` were not kept: more than ${MAX_WITHDRAWALS} groups`,
      );
    const patterns = [...this.withdrawn.values()];
    const findings: Finding[] = [];
    for (const [key, group] of this.groups) {
      if (group.count < minCount || this.isWithdrawn(key, patterns)) continue;
      findings.push(group.finding(made));
    }
    if (this.others !== undefined) {
      const count = this.others.count;
      notes.push(`${count} matches lie beyond the first ${this.maxGroups} groups`);
      if (minCount <= 1 && patterns.length === 0) {
        const finding = this.others.finding(made);
        finding.summary = `${title}: and others, ${count} more matches beyond the first ${this.maxGroups} groups`;
        findings.push(finding);
      }
    }
    const missing = findings.length > 0 ? [] : this.questions.missing();
    const answer = findings.length > 0 ? "found" : missing.length > 0 ? "cannot-tell" : "not-found";
    return { answer, findings, missing, notes };
  }

  /** A withdrawal counts for the groups that agree with it in every field that it has. */
  private isWithdrawn(key: string, patterns: readonly (string | undefined)[][]): boolean {
    if (patterns.length === 0) return false;
    const values = key.split("\u0000");
    return patterns.some((pattern) =>
      pattern.every((wanted, i) => wanted === undefined || wanted === values[i]),
    );
  }

  /** The values of the `group_by` fields: from the first event of the match that has each. Lists give several. */
  private valuesOf(events: readonly Event[]): (string | undefined)[][] {
    const { groupBy } = this.rule;
    if (groupBy.length === 1) return valueIn(events, groupBy[0]!).map((value) => [value]);
    let all: (string | undefined)[][] = [[]];
    for (const name of groupBy) {
      const found = valueIn(events, name);
      all = all.flatMap((row) => found.map((value) => [...row, value])).slice(0, MAX_COMBINATIONS);
    }
    return all;
  }
}

function valueIn(events: readonly Event[], name: string): (string | undefined)[] {
  for (const event of events) {
    const value = fieldOf(event, name);
    if (value === undefined || (isList(value) && value.length === 0)) continue;
    return isList(value)
      ? [...new Set(value.slice(0, MAX_ELEMENTS).map((one) => textOf(name, one)))].slice(0, MAX_COMBINATIONS)
      : [textOf(name, value)];
  }
  return [undefined];
}
