import type { Inferred } from "../../clock/inferred.js";
import { isFloating } from "../../model/time.js";
import type { Surveyed, Toolbox } from "../survey.js";
import { eachTime } from "./counting.js";
import type { Bins, Stretch } from "./histogram.js";
import { SourceTally } from "./tally.js";
import { bytesToRead } from "./weight.js";

/** Bins of all sources together: as many as a report has room for. */
const MOST_BINS = 48 << 10;
const LEAST_BINS = 16;
/** Bins of one source, for all of it and for each stretch. */
export const SOURCE_BINS = 512;

/** How many records of a source lie where: bins of time, µs since the epoch. */
export interface SourceDensity extends Bins {
  source: number;
  estimated: boolean;
  /** Is it all of the source, not a stretch of it again? */
  isWhole: boolean;
}

/** What is counted, and from what. */
export interface DensityInput {
  surveyed: readonly Surveyed[];
  clocks: ReadonlyMap<number, Inferred>;
  toolbox: Toolbox;
  /** What the main reading told of when records are, by source. */
  milestones: ReadonlyMap<number, SourceTally>;
  /** What is to be shown in more detail. */
  stretches: readonly Stretch[];
  /** Sources of so many bytes together are counted record by record. */
  exactBytes: number;
}

/**
 * Counts the records of all sources over time: those of small sources one by one, those of the others between the stamps that were looked
 * at on the way.
 */
export async function densitiesOf(input: DensityInput): Promise<SourceDensity[]> {
  const { surveyed, clocks, toolbox, milestones, stretches, exactBytes } = input;
  const small = smallest(surveyed, exactBytes);
  const bins = Math.max(
    LEAST_BINS,
    Math.min(SOURCE_BINS, Math.floor(MOST_BINS / ((1 + stretches.length) * Math.max(1, surveyed.length)))),
  );
  const densities: SourceDensity[] = [];
  for (const member of surveyed) {
    const { id, records } = member.source;
    let tally = milestones.get(id);
    if (small.has(id)) {
      const exact = (tally = new SourceTally(bins, stretches));
      await eachTime(member, clocks.get(id)!, toolbox, (line, us) => exact.record(line, us));
    } else if (!tally) tally = evenly(member, bins);
    densities.push(...told(id, tally, records));
  }
  return densities;
}

/** The smallest sources, as long as there is room. */
function smallest(surveyed: readonly Surveyed[], most: number): ReadonlySet<number> {
  const weighed = surveyed
    .map((member) => ({ id: member.source.id, bytes: bytesToRead(member.file.bytes, member.packing) }))
    .sort((a, b) => a.bytes - b.bytes || a.id - b.id);
  let room = most;
  const small = new Set<number>();
  for (const { id, bytes } of weighed) {
    if ((room -= bytes) < 0) break;
    small.add(id);
  }
  return small;
}

/** Of a source of which only its range is known. */
function evenly({ source: { from, to, records } }: Surveyed, bins: number): SourceTally {
  const tally = new SourceTally(bins);
  if (Number.isNaN(from) || isFloating(from) || records === 0) return tally;
  tally.milestone(1, from);
  tally.milestone(records, Math.max(from, to));
  return tally;
}

function told(source: number, tally: SourceTally, records: number): SourceDensity[] {
  const { whole, parts, estimated, counted } = tally;
  const bins = whole.bins;
  if (!bins) return [];
  const all: SourceDensity = {
    source,
    isWhole: true,
    estimated,
    ...bins,
    // What was counted were lines: of each so many records.
    counts: estimated ? scaled(bins.counts, counted, records) : bins.counts,
  };
  const finer = parts.flatMap((part) => {
    const inPart = part.bins;
    if (!inPart || inPart.width >= bins.width) return [];
    return [{ source, isWhole: false, estimated, ...inPart }];
  });
  return [all, ...finer];
}

/** The same shares of another total, in whole numbers that add up to it. */
function scaled(counts: readonly number[], from: number, to: number): number[] {
  let [sum, given] = [0, 0];
  return counts.map((count) => {
    sum += count;
    const due = Math.round((sum * to) / from) - given;
    given += due;
    return due;
  });
}
