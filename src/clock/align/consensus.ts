import type { Alignment, Solution } from "./solution.js";

/** A clock as its group's common time is looked for. */
export interface Voter {
  /** Its stamps do not claim to be real times. */
  undated?: boolean;
  /** Its stamps are too coarse for others to be told in its time. */
  coarse?: boolean;
  /** How many sources it stamps. */
  weight: number;
}

/** Two clocks of one host, or kept by NTP, agree better than this, µs. */
const SAME_US = 250_000;
/** Of clocks whose zone is unknown only what is left of a quarter of an hour tells whether they agree. */
const QUARTER_US = 900e6;
/** Clocks of more sources are not weighed each against each. */
const MOST = 1000;

/**
 * Of each group the clock that shows the time that most sources show, whether they share anything with it or with others that do. Who
 * is wrong cannot be known; but that five sources are wrong by the same, and the sixth is right, is less likely than the other way round.
 *
 * @returns clocks to be preferred as references: those that agree with more sources than the group's reference does, or are fitter
 */
export function consensusOf({ alignments, references }: Solution, voters: readonly Voter[]): number[] {
  return references.flatMap((reference, group) => {
    const members = [...alignments.keys()].filter(
      (clock) => alignments[clock]!.group === group && Number.isFinite(offsetOf(alignments[clock]!)),
    );
    if (members.length < 3 || members.length > MOST) return [];
    const votes = (clock: number) =>
      members.reduce(
        (sum, other) => sum + (agree(clock, other, alignments, voters) ? voters[other]!.weight : 0),
        0,
      );
    // Whole seconds may be right; but what is told in them is blurred.
    const fit = [
      members.filter((clock) => !voters[clock]!.undated && !voters[clock]!.coarse),
      members.filter((clock) => !voters[clock]!.undated),
      members,
    ].find((some) => some.length > 0)!;
    const first = fit.includes(reference) ? reference : fit[0]!;
    let [best, most] = [first, votes(first)];
    for (const clock of fit) {
      const count = votes(clock);
      if (count > most) [best, most] = [clock, count];
    }
    return best === reference ? [] : [best];
  });
}

function agree(a: number, b: number, alignments: readonly Alignment[], voters: readonly Voter[]): boolean {
  const apart = offsetOf(alignments[a]!) - offsetOf(alignments[b]!);
  const isOpen = voters[a]!.undated || voters[b]!.undated;
  const rest = isOpen ? apart - Math.round(apart / QUARTER_US) * QUARTER_US : apart;
  return Math.abs(rest) <= SAME_US + (widthOf(alignments[a]!) + widthOf(alignments[b]!)) / 2;
}

const bestOf = ({ pieces: [first] }: Alignment) => first?.offsetAt(first.at);

/** How far the clock is ahead of its group's reference, µs; NaN where it has no stamps, or is bounded on one side only. */
function offsetOf(alignment: Alignment): number {
  const offset = bestOf(alignment);
  return offset ? (offset.min + offset.max) / 2 : Number.NaN;
}

function widthOf(alignment: Alignment): number {
  const { min, max } = bestOf(alignment)!;
  return max - min;
}
