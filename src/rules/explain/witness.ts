import type { Event } from "../../model/event.js";
import type { Query } from "../eql/ast.js";
import type { Match } from "../eql/match.js";
import { patternsOf } from "../eql/patterns.js";
import type { Rule, RuleQuery } from "../rule.js";
import { ChainTally, type StepAccount } from "./chain-tally.js";
import { LargestGroup } from "./largest-group.js";
import { type PatternAccount, PatternTally } from "./pattern-tally.js";

/** Matches that could not be decided: for want of order, or of evidence that covers the time of a missing event. */
export interface Undecided {
  order: number;
  coverage: number;
  /** Of the latter, what the evidence itself says is missing: the first of it. */
  gap?: string;
}

/** What became of one query of a rule. */
export interface QueryAccount {
  /** `unless` withdraws what was found; `cannot tell` leaves the question open. */
  role: "query" | "unless" | "cannot tell";
  id: string;
  eql: string;
  kind: Query["kind"];
  /** µs; of a sequence that has one. */
  maxspan?: number;
  patterns: (PatternAccount | StepAccount)[];
  /** What the engine matched; of a rule's own queries only. */
  matches: number;
  /** Matches that could not be decided, and why. */
  undecided: Undecided;
}

/** What became of a rule. */
export interface RuleAccount {
  rule: Rule;
  queries: QueryAccount[];
  /** The group with most matches: a rule may ask for several. */
  largest: { values: Record<string, string>; count: number } | undefined;
}

interface Watched {
  account: Omit<QueryAccount, "patterns">;
  chain: ChainTally | undefined;
  patterns: PatternTally[];
}

/** Watches the events that are judged, and says for one rule how far they came with each of its queries. */
export class Witness {
  private readonly watched: Watched[];
  private readonly largest: LargestGroup;

  constructor(private readonly rule: Rule) {
    const { queries, unless, cannotTell } = rule;
    this.watched = [
      ...queries.map(({ id, eql, query }) => watch("query", id, eql, query)),
      ...unless.map(({ eql, query }, i) => watch("unless", String(i + 1), eql, query)),
      ...cannotTell.flatMap(({ eql, query }, i) =>
        query === undefined ? [] : [watch("cannot tell", String(i + 1), eql ?? "", query)],
      ),
    ];
    this.largest = new LargestGroup(rule.groupBy);
  }

  /** An event comes before the rules. */
  look(event: Event): void {
    for (const { chain, patterns } of this.watched) {
      chain?.look(event);
      for (const pattern of patterns) pattern.look(event);
    }
  }

  /** What follows shares no clock with what came. */
  boundary(): void {
    for (const { chain } of this.watched) chain?.boundary();
  }

  /** The engine matched one of the rule's queries, or could not decide it. */
  match({ events, outcome, because, gap }: Match, query: RuleQuery): void {
    const { account } = this.watched[this.rule.queries.indexOf(query)]!;
    if (outcome === "found") {
      account.matches += 1;
      this.largest.add(events);
    } else {
      account.undecided[because ?? "coverage"] += 1;
      if (gap !== undefined) account.undecided.gap ??= gap;
    }
  }

  account(): RuleAccount {
    return {
      rule: this.rule,
      queries: this.watched.map(({ account, chain, patterns }) => ({
        ...account,
        patterns: chain?.account() ?? patterns.map((pattern) => pattern.account()),
      })),
      largest: this.largest.result(),
    };
  }
}

function watch(role: QueryAccount["role"], id: string, eql: string, query: Query): Watched {
  const maxspan = query.kind === "sequence" ? query.maxspan : undefined;
  return {
    account: {
      role,
      id,
      eql: eql.trim(),
      kind: query.kind,
      ...(maxspan !== undefined && { maxspan }),
      matches: 0,
      undecided: { order: 0, coverage: 0 },
    },
    chain: query.kind === "sequence" ? new ChainTally(query) : undefined,
    patterns: query.kind === "sequence" ? [] : patternsOf(query).map((pattern) => new PatternTally(pattern)),
  };
}
