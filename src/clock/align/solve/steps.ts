import type { MatchTable } from "../match.js";
import type { Agreement } from "./agreement.js";
import type { Group } from "./groups.js";
import { excludes, frayedEnds, type Jump, type Split, splitsOf } from "./split.js";

/** A clock was stepped, or may have been. */
export interface Step extends Jump {
  /** The pairs of clocks that show it: place of the agreement, and of the last stretch before the step. */
  seen: { agreement: number; stretch: number }[];
  /**
   * stepped: it was. suspect: it was this clock, or one of the others, and nobody can tell which. doubt: some matches at the end
   * of what two clocks
   * share contradict the others, and are wrong or all that is seen of a step.
   */
  verdict: "stepped" | "suspect" | "doubt";
}

/** So many partners of a clock, those with the most moments, are asked whether it held together with them. */
const WITNESSES = 8;

/**
 * Who was stepped: the clock whose matches with the most other clocks change at the same place by the same amount. Where it is as
 * many for several, the
 * one that held together with fewer others meanwhile. Where two clocks share something with each other only, the one that is not
 * the reference; else all
 * these are suspected, and what lies before has nothing to say of what lies after.
 */
export function stepsOf(
  agreements: readonly Agreement[],
  matches: MatchTable,
  groups: readonly Group[],
): Step[] {
  const splits = new Set(agreements.flatMap((agreement, place) => splitsOf(agreement, place, matches)));
  const spared = new Set(groups.flatMap(({ clocks, reference }) => (clocks.length === 2 ? [reference] : [])));
  const partners = partnersOf(agreements);
  /** What speaks against a clock having been stepped, where as many others show it. */
  const defence = (jump: Candidate): number => {
    const shown = new Set(jump.splits.map(({ agreement }) => agreements[agreement]));
    const others = partners.get(jump.clock)!.filter((agreement) => !shown.has(agreement));
    const steady = others.filter((agreement) => excludes(agreement, jump, matches)).length;
    return steady + (spared.has(jump.clock) ? 0.5 : 0);
  };
  const steps: Step[] = [];
  while (splits.size > 0) {
    const candidates = candidatesOf(splits);
    const most = candidates.reduce((best, one) => (one.splits.length > best.splits.length ? one : best));
    const rivals = candidates
      .filter(
        ({ splits }) =>
          splits.length === most.splits.length && splits.some((one) => most.splits.includes(one)),
      )
      .map((candidate) => ({ candidate, defence: defence(candidate) }));
    const least = Math.min(...rivals.map((rival) => rival.defence));
    const suspects = rivals.filter((rival) => rival.defence === least).map(({ candidate }) => candidate);
    for (const { splits: shown, ...jump } of suspects) {
      const seen = shown.map(({ agreement, stretch }) => ({ agreement, stretch }));
      steps.push({ ...jump, seen, verdict: suspects.length > 1 ? "suspect" : "stepped" });
    }
    for (const { splits: shown } of suspects) for (const split of shown) splits.delete(split);
  }
  return steps;
}

/**
 * Clocks that may have been stepped near an end of what they share with another one. The reference is none of them, as the others
 * are told in it, nor is one
 * that held together with a third clock meanwhile.
 */
export function doubtsOf(
  agreements: readonly Agreement[],
  matches: MatchTable,
  groups: readonly Group[],
): Step[] {
  const partners = partnersOf(agreements);
  for (const [clock, list] of partners)
    partners.set(clock, list.sort((p, q) => q.moments - p.moments).slice(0, WITNESSES));
  const references = new Set(groups.map(({ reference }) => reference));
  return agreements.flatMap((agreement, place) =>
    agreement.leftOut === 0
      ? []
      : frayedEnds(agreement, place, matches).flatMap(({ stretch, either }) =>
          either
            .filter(
              (jump) =>
                !references.has(jump.clock) &&
                !partners
                  .get(jump.clock)!
                  .some((other) => other !== agreement && excludes(other, jump, matches)),
            )
            .map((jump): Step => ({ ...jump, seen: [{ agreement: place, stretch }], verdict: "doubt" })),
        ),
  );
}

function partnersOf(agreements: readonly Agreement[]): Map<number, Agreement[]> {
  const partners = new Map<number, Agreement[]>();
  for (const agreement of agreements) {
    for (const clock of [agreement.pair.a, agreement.pair.b]) {
      const list = partners.get(clock);
      if (list) list.push(agreement);
      else partners.set(clock, [agreement]);
    }
  }
  return partners;
}

interface Candidate extends Jump {
  splits: Split[];
}

/** For each clock, its splits that can be one step: at places that overlap, by amounts that overlap. */
function candidatesOf(splits: Iterable<Split>): Candidate[] {
  const byClock = new Map<number, Candidate[]>();
  for (const split of splits) {
    for (const jump of split.either) {
      const list = byClock.get(jump.clock) ?? [];
      byClock.set(jump.clock, list);
      const fitting = list.find((other) => overlaps(other, jump));
      if (!fitting) list.push({ ...jump, splits: [split] });
      else {
        fitting.after = Math.max(fitting.after, jump.after);
        fitting.before = Math.min(fitting.before, jump.before);
        fitting.by = {
          min: Math.max(fitting.by.min, jump.by.min),
          max: Math.min(fitting.by.max, jump.by.max),
        };
        fitting.splits.push(split);
      }
    }
  }
  return [...byClock.values()].flat();
}

function overlaps(p: Jump, q: Jump): boolean {
  const [pFrom, pTo] = [Math.min(p.after, p.before), Math.max(p.after, p.before)];
  const [qFrom, qTo] = [Math.min(q.after, q.before), Math.max(q.after, q.before)];
  return pFrom <= qTo && qFrom <= pTo && p.by.min <= q.by.max && q.by.min <= p.by.max;
}
