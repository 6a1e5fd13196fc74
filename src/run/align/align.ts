import { clueKinds } from "../../clock/align/clues/index.js";
import { isTrace } from "../../clock/align/clues/is-log.js";
import type { SameClock } from "../../clock/align/match/same-clock.js";
import type { Match } from "../../clock/align/match.js";
import { type Aligned, Matcher } from "../../clock/align/matcher.js";
import type { Contradiction, Piece, Solution } from "../../clock/align/solution.js";
import type { ClockOptions } from "../../clock/infer.js";
import { type Inferred, nameClocks } from "../../clock/inferred.js";
import { sourcesNamed } from "../../clock/named.js";
import type { ClockInfo, ClockPair } from "../../model/clock.js";
import type { Event } from "../../model/event.js";
import type { Kit } from "../kit.js";
import type { Surveyed } from "../survey.js";
import { traceSets } from "../trace-sets.js";
import { apply, rebased } from "./apply.js";
import { isUndated } from "./base.js";
import { contradictionEvent, offsetEvent, stepEvent } from "./disagreements.js";
import { candidates, look } from "./look.js";
import type { Looked } from "./looked.js";
import { lineAt } from "./read-windows.js";
import { ClueRecords } from "./records.js";
import { type Restamp, restampFrom } from "./restamp.js";

/** Stamps of this resolution, in seconds, are too coarse for others to be told in their time. */
const COARSE_S = 0.1;

/**
 * Puts the clocks of all sources together, by the happenings that several of them tell of: a first, partial reading of those that can
 * tell of any. Changes `clocks` in place; sources that share nothing keep what they have.
 *
 * @returns `clock.offset`, `clock.step` and `clock.contradiction` events for what disagrees
 */
export async function alignClocks(
  surveyed: readonly Surveyed[],
  clocks: Map<number, Inferred>,
  kit: Kit,
  options: Pick<ClockOptions, "align" | "reference">,
): Promise<Event[]> {
  if (options.align === false) return [];
  const looking = candidates(surveyed, traceSets(surveyed, clocks), clocks, clueKinds);
  // Who is alone has nobody to disagree with.
  if (looking.length < 2) return [];
  const places = new Map(looking.map(({ at }, place) => [at.source, place]));
  const matcher = new Matcher(
    looking.map(({ at, lapses }) => ({
      unstamped: at.unstamped,
      undated: isUndated(clocks.get(at.source)!),
      coarse: (clocks.get(at.source)!.clock.resolution ?? 0) >= COARSE_S,
      trace: isTrace(at),
      lapses,
    })),
    { reference: referenceAmong(looking, surveyed, clocks, options.reference) },
  );
  const records = new ClueRecords();
  await look(looking, clocks, kit, (clue) => {
    const { key, source, lo, hi } = clue;
    matcher.take({ key, source: places.get(source)!, lo, hi, record: records.take(clue) });
  });
  const aligned = matcher.align();
  const before = new Map([...clocks].map(([source, { completion }]) => [source, completion]));
  const told = new Alignments(looking, aligned, records).apply(clocks);
  const restamp = restampFrom(before, clocks);
  for (const inferred of clocks.values()) inferred.clock = proven(inferred.clock, restamp);
  nameClocks(clocks);
  return told.map((event) => ({ ...event, ...(event.cites && { cites: event.cites.map(restamp) }) }));
}

/** A clock whose proof has the times that all its records have now. */
const proven = (clock: ClockInfo, restamp: Restamp): ClockInfo =>
  clock.proof
    ? {
        ...clock,
        proof: clock.proof.map(({ own, other, offset }) => ({
          own: restamp(own),
          other: restamp(other),
          offset,
        })),
      }
    : clock;

/** The place of the source that the user named, where it can be compared with any. */
function referenceAmong(
  looking: readonly Looked[],
  surveyed: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
  name: string | undefined,
): number | undefined {
  if (name === undefined) return undefined;
  const shown = surveyed.map(({ source: { id, path } }) => ({
    source: id,
    path,
    clock: clocks.get(id)!.clock.id,
  }));
  const named = new Set(sourcesNamed(name, shown, "--reference"));
  const place = looking.findIndex(({ members }) => members.some(({ source }) => named.has(source.id)));
  return place < 0 ? undefined : place;
}

/** What the reference is to itself. */
const IN_STEP: Piece = {
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
  at: 0,
  offsetAt: () => ({ min: 0, max: 0, best: 0 }),
};

/** A solution in terms of sources. */
class Alignments {
  private readonly solution: Solution;
  private readonly same: readonly SameClock[];

  constructor(
    private readonly looking: readonly Looked[],
    { solution, same }: Aligned,
    private readonly records: ClueRecords,
  ) {
    this.solution = solution;
    this.same = same;
  }

  /** @returns what disagrees */
  apply(clocks: Map<number, Inferred>): Event[] {
    const { looking, solution } = this;
    const disagreements: Event[] = [];
    for (const [group, reference] of solution.references.entries()) {
      const { at } = looking[reference]!;
      const inferred = clocks.get(at.source)!;
      for (const [place, alignment] of solution.alignments.entries()) {
        if (alignment.group !== group) continue;
        const proof = alignment.proof.flatMap((match) => this.pairOf(match, place) ?? []);
        if (place === reference) {
          inferred.clock = { ...inferred.clock, reference: true, matches: alignment.matches, proof };
          continue;
        }
        const shared = this.partnerOf(alignment.proof[0], place) ?? at.path;
        const { members } = looking[place]!;
        const [first] = members.map(({ source }) =>
          apply(clocks.get(source.id)!, { alignment, shared, proof }, { path: at.path, inferred }),
        );
        if (!first) continue;
        const own = { id: members[0]!.source.id, path: members[0]!.source.path };
        disagreements.push(offsetEvent(own, at.path, first, alignment.matches, proof));
      }
    }
    for (const one of this.same) this.applySame(one, clocks);
    return [...disagreements, ...solution.contradictions.map((one) => this.contradiction(one))];
  }

  /** A trace that is stamped by a log's clock is put where the log is. */
  private applySame({ clock, as, ahead, lines, proof }: SameClock, clocks: Map<number, Inferred>): void {
    const { looking, solution } = this;
    const log = solution.alignments[as]!;
    const reference = log.group === undefined ? as : solution.references[log.group]!;
    const told = { path: looking[reference]!.at.path, inferred: clocks.get(looking[reference]!.at.source)! };
    // Nothing but the trace may share anything with the log.
    if (log.group === undefined)
      told.inferred.clock = { ...told.inferred.clock, reference: true, matches: lines };
    const pieces = reference === as ? [IN_STEP] : log.pieces;
    const alignment = {
      group: log.group,
      pieces: pieces.map((piece) => rebased(piece, -ahead)),
      matches: lines,
      proof,
    };
    const pairs = proof.flatMap((match) => this.pairOf(match, clock) ?? []);
    const evidence = { alignment, shared: looking[as]!.at.path, proof: pairs };
    for (const { source } of looking[clock]!.members) apply(clocks.get(source.id)!, evidence, told);
  }

  private contradiction(contradiction: Contradiction): Event {
    const sources = contradiction.clocks.map((place) => {
      const { source, path } = this.looking[place]!.at;
      return { id: source, path };
    });
    const cites = contradiction.matches.flatMap(({ aRecord, bRecord }) =>
      [this.records.of(aRecord), this.records.of(bRecord)].flatMap((event) => (event ? [event] : [])),
    );
    const stepped = contradiction.step && this.looking[contradiction.step.clock]!.at;
    if (!stepped) return contradictionEvent(sources, contradiction, cites);
    const others = sources.filter(({ id }) => id !== stepped.source);
    return stepEvent({ id: stepped.source, path: stepped.path }, contradiction, others, cites);
  }

  private partnerOf(match: Match | undefined, place: number): string | undefined {
    if (!match) return undefined;
    return this.looking[match.a === place ? match.b : match.a]!.at.path;
  }

  /** The two records of a match, from the view of one of its clocks. */
  private pairOf(
    { a, aLo, aHi, bLo, bHi, aRecord, bRecord, b }: Match,
    place: number,
  ): ClockPair | undefined {
    const [first, second] = [this.recordOf(aRecord, a), this.recordOf(bRecord, b)];
    if (!first || !second) return undefined;
    // Lines have no offset to a clock.
    const isPlaced = this.looking[a]!.at.unstamped || this.looking[b]!.at.unstamped;
    const [min, max] = isPlaced
      ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
      : [(aLo - bHi) / 1e6, (aHi - bLo) / 1e6];
    return a === place
      ? { own: first, other: second, offset: { min, max } }
      : { own: second, other: first, offset: { min: -max, max: -min } };
  }

  private recordOf(record: Match["aRecord"], place: number): Event | undefined {
    const event = this.records.of(record);
    const { inParts, members } = this.looking[place]!;
    if (!event || !inParts) return event;
    return { ...event, line: lineAt(members[0]!.file.absolute, event.offset) };
  }
}
