import type { Event } from "../model/event.js";
import type { Finding, Missing } from "../model/finding.js";
import { COVERS_NOTHING, type Coverage } from "./coverage.js";
import { requiredOf } from "./eql/actions.js";
import type { EventPattern, Query } from "./eql/ast.js";
import { compileQuery, type Match, type Matcher, type Report } from "./eql/matcher.js";
import { patternsOf } from "./eql/patterns.js";
import { PipeLine } from "./eql/pipes.js";
import { type Answer, Ledger } from "./ledger.js";
import { MadeGood } from "./made-good.js";
import { Offers } from "./offers.js";
import type { Rule, RuleQuery } from "./rule.js";
import { compareTimes } from "./times.js";

export interface EngineOptions {
  /** What the evidence covers; without it no absence (`![ … ]`) is ever taken for proven. */
  coverage?: Coverage;
  /** Findings per rule (1000); matches beyond are counted together. */
  maxGroups?: number;
  /** Values of a sequence's `by` fields that are followed at once (10 000). */
  maxKeys?: number;
  /** Is told each match of the rules' queries, behind their pipes, as it comes. */
  onMatch?: (match: Match, rule: Rule, query: RuleQuery) => void;
}

export interface EngineResult {
  /** By rule, and in time order within each rule; their ids are `dns-timeout-1`, `dns-timeout-2`, … */
  findings: Finding[];
  missing: Missing[];
  /** What each rule says, by its id. */
  answers: Record<string, Answer>;
  /** Sentences about what was given up to keep memory bounded. */
  notes: string[];
}

/** A query at work, and what is done with its matches. */
interface Worker {
  rule: Rule;
  matcher: Matcher;
  pipes: PipeLine;
  report: Report;
  /** The patterns one of which each event fits that it has to see. */
  patterns: readonly EventPattern[];
  /** Those through which its events come: they know how far time has come, also by events that it need not see. */
  clocks: Offers<Worker>[];
  /** Says that a match of this event would change nothing: cheaper than its condition. */
  idle: ((event: Event) => boolean) | undefined;
}

/**
 * Runs all rules over the timeline in one pass.
 *
 * A query is offered only the events whose `event.action` it asks for (and of these, see {@link Offers}, those with a fitting
 * value of the most telling field), so that the cost of an event does not grow with the number of rules; one that
 * nobody wants costs a look-up.
 */
export class RuleEngine {
  private readonly ledgers: Ledger[] = [];
  private readonly workers: Worker[] = [];
  private readonly madeGood = new MadeGood();
  private readonly byAction = new Map<string, Offers<Worker>>();
  /** Queries that name no action: they see everything. */
  private anyAction = new Offers<Worker>([]);
  private coverage: Coverage;

  constructor(rules: readonly Rule[], options: EngineOptions = {}) {
    this.coverage = options.coverage ?? COVERS_NOTHING;
    const coverage: Coverage = {
      covers: (kind, from, to) => this.coverage.covers(kind, from, to),
      gap: (kind, from, to) => this.coverage.gap?.(kind, from, to),
    };
    for (const rule of rules) {
      const ledger = new Ledger(rule, options.maxGroups ?? 1_000);
      this.ledgers.push(ledger);
      const add = (query: Query, report: Report, idle?: (event: Event) => boolean): void => {
        const matcher = compileQuery(query, {
          coverage,
          ...(options.maxKeys && { maxKeys: options.maxKeys }),
        });
        const pipes = new PipeLine(query.pipes, report);
        const piped = query.pipes !== undefined;
        this.workers.push({
          rule,
          matcher,
          pipes,
          report: piped ? pipes.push : report,
          patterns: patternsOf(query),
          clocks: [],
          // Behind a pipe every match counts; a sequence must see all its events.
          idle: piped || query.kind !== "event" ? undefined : idle,
        });
      };
      const { onMatch } = options;
      for (const query of rule.queries)
        add(query.query, (match) => {
          onMatch?.(match, rule, query);
          ledger.match(match, query);
        });
      const withdrawn = (event: Event) => ledger.hasWithdrawn(event);
      for (const { query } of rule.unless) add(query, (match) => ledger.withdraw(match), withdrawn);
      for (const [index, { query }] of rule.cannotTell.entries())
        if (query !== undefined) add(query, (match) => ledger.question(match, index));
    }
    this.index();
  }

  /** The coverage that holds from now on, as when another island of the timeline begins. */
  useCoverage(coverage: Coverage): void {
    this.coverage = coverage;
  }

  /** Offers the next event of the timeline, in the timeline's order. */
  push(event: Event): void {
    if (event.madeGood !== undefined) this.madeGood.take(event.madeGood);
    const workers = (this.byAction.get(event.action) ?? this.anyAction).of(event);
    for (let i = 0; i < workers.length; i++) {
      const { matcher, report, idle, clocks } = workers[i]!;
      if (matcher.advance) for (const { latest } of clocks) matcher.advance(latest, report);
      if (idle === undefined || !idle(event)) matcher.push(event, report);
    }
  }

  /** What follows shares no clock with what came before: sequences do not reach across. */
  boundary(): void {
    for (const { matcher, report } of this.workers) matcher.end(report);
    for (const offers of [this.anyAction, ...this.byAction.values()])
      offers.latest = Number.NEGATIVE_INFINITY;
  }

  /** Closes everything. The engine cannot be used afterwards. */
  end(): EngineResult {
    this.boundary();
    for (const { pipes } of this.workers) pipes.end();
    const result: EngineResult = { findings: [], missing: [], answers: {}, notes: [] };
    for (const worker of this.workers)
      for (const note of [...worker.matcher.notes(), ...worker.pipes.notes()])
        result.notes.push(`${worker.rule.id}: ${note}`);
    for (const ledger of this.ledgers) {
      const { answer, findings, missing, notes } = ledger.close(this.madeGood);
      result.answers[ledger.rule.id] = answer;
      findings.sort(inOrder);
      for (const [index, finding] of findings.entries()) finding.id = `${finding.rule}-${index + 1}`;
      result.findings.push(...findings);
      // Two rules may miss the same evidence: the reader collects it once.
      for (const one of missing) {
        const known = result.missing.some(
          (other) => other.what === one.what && other.command === one.command,
        );
        if (!known) result.missing.push(one);
      }
      for (const note of notes) result.notes.push(`${ledger.rule.id}: ${note}`);
    }
    return result;
  }

  private index(): void {
    const { workers } = this;
    this.anyAction = new Offers(workers.filter(({ matcher }) => matcher.required.actions === undefined));
    const actions = new Set(workers.flatMap(({ matcher }) => [...(matcher.required.actions ?? [])]));
    // In the rules' order, whatever the kind of event, so that results do not depend on the index.
    for (const action of actions) {
      const asking = workers.filter(({ matcher }) => matcher.required.actions?.has(action) ?? true);
      this.byAction.set(action, new Offers(asking, action));
    }
    for (const offers of [this.anyAction, ...this.byAction.values()])
      for (const worker of offers.all) worker.clocks.push(offers);
  }
}

/** By time, then by entities: the same for the same evidence. */
function inOrder(a: Finding, b: Finding): number {
  const time = compareTimes(a.from, b.from);
  if (time !== 0) return time;
  const [x, y] = [JSON.stringify(a.entities) + a.summary, JSON.stringify(b.entities) + b.summary];
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * The `event.action` values that these rules ask for, so that earlier stages can skip the rest.
 *
 * @returns `undefined` when a query does not say which it wants
 */
export function actionsWanted(rules: readonly Rule[]): ReadonlySet<string> | undefined {
  const patterns: EventPattern[] = [];
  for (const rule of rules) {
    const queries = [...rule.queries, ...rule.unless, ...rule.cannotTell].map(({ query }) => query);
    for (const query of queries) {
      if (query !== undefined) patterns.push(...patternsOf(query));
    }
  }
  return requiredOf(patterns).actions;
}
