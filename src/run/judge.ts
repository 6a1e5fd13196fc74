import type { Event } from "../model/event.js";
import { isFloating } from "../model/time.js";
import { type EngineResult, RuleEngine } from "../rules/engine.js";
import type { Rule } from "../rules/rule.js";
import { Coverage } from "../timeline/topology/coverage.js";
import { lookalikeOf } from "../timeline/topology/lookalike.js";
import { HostKnowledge, Transactions } from "../timeline/transactions/index.js";
import { coverageKind, coversKind } from "./coverage.js";
import type { StageClock } from "./stages.js";
import type { Surveyed } from "./survey.js";

/** Times, µs UTC, from and until which what happened is judged. */
export interface Window {
  since?: number | undefined;
  until?: number | undefined;
}

/** Did it happen outside of the window that was asked for? What has no known date is inside. */
export function outside(event: Event, { since, until }: Window): boolean {
  if (Number.isNaN(event.time) || isFloating(event.time)) return false;
  return (since !== undefined && event.latest < since) || (until !== undefined && event.time > until);
}

/** Puts the events of an investigation before transactions and rules: island after island, in order within each. */
export class Judge {
  private coverage = new Coverage();
  private readonly engine: RuleEngine;
  private readonly host = new HostKnowledge();
  private readonly notes: string[] = [];

  constructor(
    rules: readonly Rule[],
    private readonly window: Window,
    private readonly stages: StageClock,
  ) {
    this.engine = new RuleEngine(rules, {
      coverage: { covers: (kind, from, to) => coversKind(this.coverage, kind, from, to) },
    });
  }

  /** An event that belongs to no island. */
  push(event: Event): void {
    this.engine.push(event);
  }

  /** Hears all events of the sources that share a clock. */
  async island(members: readonly Surveyed[], batches: AsyncIterable<readonly Event[]>): Promise<void> {
    const { engine, stages, window } = this;
    const coverage = (this.coverage = new Coverage());
    for (const { source, detection, kind } of members) {
      const format = kind === "packets" ? "pcap" : (detection.ranked[0]?.grammar.name ?? "unknown");
      coverage.note(source.id, coverageKind(format), Number.NaN, Number.NaN);
    }
    const transactions = new Transactions({ coverage, host: this.host });
    const judge = (event: Event) => {
      const before = stages.enter("rules");
      engine.push(event);
      stages.enter(before);
    };
    for await (const batch of batches) {
      const before = stages.enter("transactions");
      for (const event of batch) {
        if (outside(event, window)) continue;
        enrich(event);
        transactions.push(event, judge);
        judge(event);
      }
      stages.enter(before);
    }
    transactions.end(judge);
    engine.boundary();
    this.notes.push(...transactions.notes);
  }

  /** Closes everything: what was found, and what the report must say about how. */
  end(): EngineResult {
    this.host.finish((event) => this.engine.push(event));
    const result = this.engine.end();
    return { ...result, notes: [...this.notes, ...result.notes] };
  }
}

/** Adds what is known of the world to an event. */
function enrich(event: Event): void {
  if (event.action !== "resolver.server") return;
  const like = lookalikeOf(String(event.fields["dns.server.ip"]));
  if (like !== undefined) event.fields["dns.server.lookalike_of"] = like;
}
