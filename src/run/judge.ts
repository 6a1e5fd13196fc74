import type { RowDecoder } from "../decode/packet/row-decoder.js";
import type { Event } from "../model/event.js";
import { isFloating } from "../model/time.js";
import { type EngineOptions, type EngineResult, RuleEngine } from "../rules/engine.js";
import { type Onlooker, WatchedEngine } from "../rules/explain/watched-engine.js";
import type { Rule } from "../rules/rule.js";
import type { BatchStream, Sink } from "../timeline/lanes.js";
import { mergeInto } from "../timeline/merge.js";
import { Settler } from "../timeline/settler/settler.js";
import { TraceSettler } from "../timeline/settler/trace-settler.js";
import { Coverage } from "../timeline/topology/coverage.js";
import { HostKnowledge, Transactions } from "../timeline/transactions/index.js";
import { coverageKind, coversKind, gapOfKind } from "./coverage.js";
import { droppedInAll } from "./foretold.js";
import { type PacketPlan, rowDecoder } from "./packets.js";
import type { StageClock } from "./stages.js";
import type { Surveyed } from "./survey.js";
import { isTrace, type TracePlan } from "./trace-plan.js";
import type { Work } from "./work.js";

/** Times, µs UTC, from and until which what happened is judged. */
export interface Window {
  since?: number | undefined;
  until?: number | undefined;
}

/** Did it happen outside of the window that was asked for? What has no known date is inside. */
export const outside = ({ time, latest }: Event, window: Window): boolean => isOutside(time, latest, window);

function isOutside(time: number, latest: number, { since, until }: Window): boolean {
  if (Number.isNaN(time) || isFloating(time)) return false;
  return (since !== undefined && latest < since) || (until !== undefined && time > until);
}

const isBounded = ({ since, until }: Window) => since !== undefined || until !== undefined;

/** Takes what the merge gives. */
interface Ears extends Sink {
  /** Nothing follows. */
  end(): void;
}

/** Puts the events of an investigation before transactions and rules: island after island, in order within each. */
export class Judge {
  private coverage = new Coverage();
  private readonly engine: RuleEngine;
  private readonly host: HostKnowledge;
  private readonly notes: string[] = [];

  /**
   * @param hostNames the hosts that sources are of, by their numbers, where several are known
   * @param series sources that were collected in one place at different moments, by their numbers (`seriesOf`)
   */
  constructor(
    rules: readonly Rule[],
    private readonly window: Window & Pick<EngineOptions, "onMatch"> & { onlooker?: Onlooker | undefined },
    private readonly stages: StageClock,
    private readonly work: Work,
    hostNames: ReadonlyMap<number, string>,
    series: ReadonlyMap<number, string>,
  ) {
    this.host = new HostKnowledge(hostNames, series);
    const { onMatch, onlooker } = window;
    const engineOptions: EngineOptions = {
      ...(onMatch && { onMatch }),
      coverage: {
        covers: (kind, from, to) => coversKind(this.coverage, kind, from, to),
        gap: (kind, from, to) => gapOfKind(this.coverage, kind, from, to),
      },
    };
    this.engine = onlooker
      ? new WatchedEngine(rules, engineOptions, onlooker)
      : new RuleEngine(rules, engineOptions);
  }

  /** An event that belongs to no island. */
  push(event: Event): void {
    this.engine.push(event);
  }

  /**
   * Hears everything of the sources that share a clock.
   * @param packets how the rows among the batches were chosen
   * @param traces what may be dropped of what traces show; absent: nothing
   */
  async island(
    members: readonly Surveyed[],
    streams: readonly BatchStream[],
    packets?: PacketPlan,
    traces?: TracePlan,
  ): Promise<void> {
    const { engine, stages, work } = this;
    const coverage = (this.coverage = new Coverage());
    for (const member of members) {
      const { source, detection, kind } = member;
      const format = kind === "packets" ? "pcap" : (detection.ranked[0]?.grammar.name ?? "unknown");
      coverage.note(source.id, coverageKind(format), Number.NaN, Number.NaN, source.path);
      const ahead = await droppedInAll(member);
      if (ahead) coverage.foretell(source.id, ahead);
    }
    const transactions = new Transactions({
      coverage,
      host: this.host,
      ...(this.window.onlooker && { onPassed: (event) => this.window.onlooker?.look(event) }),
    });
    const judge = (event: Event) => {
      const before = stages.enter("rules");
      engine.push(event);
      stages.enter(before);
    };
    const hear = (event: Event) => {
      work.events++;
      transactions.push(event, judge);
      judge(event);
    };
    const decoder =
      packets && members.some(({ kind }) => kind === "packets") ? rowDecoder(packets) : undefined;
    const ears = decoder
      ? this.earsForRows(packets!, decoder, transactions, hear, judge)
      : traces && members.some(isTrace)
        ? this.earsForTraces(new TraceSettler({ ...traces, transactions, take: hear, decided: judge }))
        : this.ears(hear);
    await mergeInto(streams, {
      pushEvents: (events, from, to) => {
        const before = stages.enter("transactions");
        ears.pushEvents(events, from, to);
        stages.enter(before);
      },
      pushRows: (rows, from, to) => {
        const before = stages.enter("transactions");
        ears.pushRows(rows, from, to);
        stages.enter(before);
      },
    });
    ears.end();
    work.decoded += decoder?.decoded ?? 0;
    transactions.end(judge);
    engine.boundary();
    for (const { source } of members) {
      const gaps = coverage.gapsOf(source.id);
      if (gaps.length > 0) source.gaps = gaps;
    }
    this.notes.push(...transactions.notes);
  }

  /** For events alone. */
  private ears(hear: (event: Event) => void): Ears {
    const { window } = this;
    const bounded = isBounded(window);
    return {
      pushEvents: (events, from, to) => {
        for (let i = from; i < to; i++) if (!bounded || !outside(events[i]!, window)) hear(events[i]!);
      },
      pushRows: () => {},
      end: () => {},
    };
  }

  /** For events alone, among them those of traces: some that nobody could tell from silence are dropped. */
  private earsForTraces(settler: TraceSettler): Ears {
    return { ...this.ears((event) => settler.push(event)), end: () => settler.end() };
  }

  /** For rows too: those that nobody could tell from silence are never made events. */
  private earsForRows(
    packets: PacketPlan,
    decoder: RowDecoder,
    transactions: Transactions,
    hear: (event: Event) => void,
    decided: (event: Event) => void,
  ): Ears {
    const { window } = this;
    if (packets.settling)
      return new Settler({
        ...packets.settling,
        transactions,
        take: hear,
        decided,
        decoder,
        outside: isBounded(window) ? (time, latest) => isOutside(time, latest, window) : undefined,
      });
    const { pushEvents } = this.ears(hear);
    return {
      pushEvents,
      pushRows: (rows, from, to) => {
        for (let row = from; row < to; row++) {
          const events = decoder.events(rows, row);
          pushEvents(events, 0, events.length);
        }
      },
      end: () => {},
    };
  }

  /** Closes everything: what was found, and what the report must say about how. */
  end(): EngineResult {
    this.host.finish((event) => this.engine.push(event));
    const result = this.engine.end();
    return { ...result, notes: [...this.notes, ...result.notes] };
  }
}
