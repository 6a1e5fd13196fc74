import type { Event } from "../../model/event.js";
import type { Onlooker } from "../../rules/explain/watched-engine.js";
import { factsOf } from "./facts.js";
import { Histogram } from "./histogram.js";
import { isTransaction } from "./transactions.js";
import { isTrouble, wordsOf } from "./trouble.js";

/** Kinds, values of facts, and values of one fact that are told apart; hostile evidence may hold any number. */
const MOST_KINDS = 5_000;
const MOST_FACTS = 20_000;
const MOST_VALUES = 256;
const MOST_PROGRAMS = 64;
/** Records that are kept as proof of one kind. */
const MOST_PROOF = 2;

/** Events that went alike. */
export interface KindTally {
  action: string;
  /** How they went: `error.kind=timeout`; may be empty. */
  words: string;
  trouble: boolean;
  /** A transaction, put together from other events. */
  assembled: boolean;
  count: number;
  /** The first ones. */
  proof: Event[];
  /** Source id → how many it gave. */
  sources: Map<number, number>;
  /** Programs that wrote them, where records name these. */
  programs: Set<string>;
}

/** The values that a fact had, each with the first record that said so. */
export interface FactTally {
  what: string;
  subject: string;
  values: Map<string, Event>;
}

export interface TimingTally {
  durations: Histogram;
  /** The longest one, µs. */
  longest: number;
  proof: Event;
}

/** What one source gave. */
export interface SourceTally {
  /** µs: the earliest times of its first and last events; NaN when it has none. */
  from: number;
  to: number;
  /** First words of the actions: `registry`. */
  families: Set<string>;
  programs: Set<string>;
}

/** Counts what passes: kinds of event, how transactions went and how long they took, and what is said of the network. Bounded memory. */
export class Census implements Onlooker {
  readonly kinds = new Map<string, KindTally>();
  readonly timings = new Map<string, TimingTally>();
  readonly facts = new Map<string, FactTally>();
  readonly sources = new Map<number, SourceTally>();
  /** Events and facts that were not told apart, since there were too many kinds. */
  overflow = 0;
  /** Values of all facts together. */
  private told = 0;

  look(event: Event): void {
    const assembled = isTransaction(event.action);
    const program = programOf(event);
    if (!assembled) this.noteSource(event, program);
    this.noteKind(event, assembled, program);
    this.noteTiming(event);
    for (const { what, subject, values } of factsOf(event))
      for (const value of values) this.noteFact(what, subject, value, event);
  }

  boundary(): void {
    // Nothing is counted across islands.
  }

  private noteSource({ source, time, action }: Event, program: string | undefined): void {
    let tally = this.sources.get(source);
    if (tally === undefined) {
      tally = { from: Number.NaN, to: Number.NaN, families: new Set(), programs: new Set() };
      this.sources.set(source, tally);
    }
    if (Number.isFinite(time)) {
      if (!(tally.from <= time)) tally.from = time;
      if (!(tally.to >= time)) tally.to = time;
    }
    tally.families.add(familyOf(action));
    if (program !== undefined && tally.programs.size < MOST_PROGRAMS) tally.programs.add(program);
  }

  private noteKind(event: Event, assembled: boolean, program: string | undefined): void {
    const words = wordsOf(event);
    const key = `${event.action}\n${words}`;
    let tally = this.kinds.get(key);
    if (tally === undefined) {
      if (this.kinds.size >= MOST_KINDS) {
        this.overflow += 1;
        return;
      }
      tally = {
        action: event.action,
        words,
        trouble: isTrouble(event),
        assembled,
        count: 0,
        proof: [],
        sources: new Map(),
        programs: new Set(),
      };
      this.kinds.set(key, tally);
    }
    tally.count += 1;
    tally.sources.set(event.source, (tally.sources.get(event.source) ?? 0) + 1);
    if (tally.proof.length < MOST_PROOF) tally.proof.push(rawOf(event));
    if (program !== undefined && tally.programs.size < MOST_PROGRAMS) tally.programs.add(program);
  }

  private noteTiming(event: Event): void {
    const duration = event.fields["event.duration"];
    if (typeof duration !== "number" || !(duration >= 0)) return;
    const us = duration / 1000;
    const tally = this.timings.get(event.action);
    if (tally === undefined) {
      const durations = new Histogram();
      durations.add(us);
      this.timings.set(event.action, { durations, longest: us, proof: rawOf(event) });
      return;
    }
    tally.durations.add(us);
    if (us > tally.longest) {
      tally.longest = us;
      tally.proof = rawOf(event);
    }
  }

  private noteFact(what: string, subject: string, value: string, event: Event): void {
    const key = `${what}\n${subject}`;
    let tally = this.facts.get(key);
    if (tally?.values.has(value)) return;
    if (this.told >= MOST_FACTS || (tally?.values.size ?? 0) >= MOST_VALUES) {
      this.overflow += 1;
      return;
    }
    if (tally === undefined) {
      tally = { what, subject, values: new Map() };
      this.facts.set(key, tally);
    }
    tally.values.set(value, event);
    this.told += 1;
  }
}

/** The first word of an action: `registry` of `registry.status`. */
export const familyOf = (action: string): string => action.split(".", 1)[0]!;

/** An assembled event is proven by the first event that it was made of. */
const rawOf = (event: Event): Event => event.cites?.[0] ?? event;

/** Who wrote the record, where it says so. */
function programOf({ fields }: Event): string | undefined {
  const name = fields["process.name"];
  return typeof name === "string" && name.length <= 64 ? name : undefined;
}
