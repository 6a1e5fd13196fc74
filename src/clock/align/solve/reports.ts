import type { Match, MatchTable } from "../match.js";
import type { Contradiction } from "../solution.js";
import type { Agreement } from "./agreement.js";
import type { Consistent } from "./consistent.js";
import { between } from "./piece.js";
import type { Step } from "./steps.js";
import type { Constraints } from "./system.js";
import type { PlacedLines } from "./unstamped.js";

/** Two clocks whose matches contradict each other. */
export function fromPairs(agreements: readonly Agreement[], matches: MatchTable): Contradiction[] {
  return agreements.flatMap(({ track, quarrel, leftOut, sure }) => {
    if (!quarrel || leftOut === 0) return [];
    return [
      setOf(
        quarrel.map((i) => matches.at(track.rows[i]!)),
        sure ? leftOut : track.rows.length,
      ),
    ];
  });
}

/** Clocks that were stepped; and, where nobody can tell which of several it was, what these say. */
export function fromSteps(
  agreements: readonly Agreement[],
  steps: readonly Step[],
  matches: MatchTable,
): Contradiction[] {
  const told = new Set<number>();
  return steps.flatMap(({ clock, after, before, by, seen, verdict }) => {
    const [{ agreement, stretch }] = seen as [Step["seen"][number]];
    const { track, stretches } = agreements[agreement]!;
    const sides = [stretches[stretch]!.at(-1)!, stretches[stretch + 1]![0]!];
    const set = setOf(sides.map((i) => matches.at(track.rows[i]!)));
    const partners = seen.map(({ agreement }) => agreements[agreement]!.pair);
    const against = partners.map(({ a, b }) => (a === clock ? b : a)).sort((p, q) => p - q);
    if (verdict === "stepped")
      return [
        { ...set, step: { clock, after, before, by: { ...by, best: between(by.min, by.max) }, against } },
      ];
    if (told.has(agreement)) return [];
    told.add(agreement);
    return [set];
  });
}

/** Sets over several clocks; those of the same clocks are told once. */
export function fromSets(
  { contradictions, without }: Consistent,
  constraints: Constraints,
  matches: MatchTable,
): Contradiction[] {
  const byClocks = new Map<string, { first: Match[]; agreements: Set<number> }>();
  for (const set of contradictions) {
    const rows = [...new Set(set.map((e) => constraints.row[e]!))].sort((p, q) => p - q);
    const first = rows.map((row) => matches.at(row));
    const key = clocksOf(first).join(" ");
    const known = byClocks.get(key) ?? { first, agreements: new Set() };
    byClocks.set(key, known);
    for (const e of set) known.agreements.add(constraints.agreement[e]!);
  }
  return [...byClocks.values()].map(({ first, agreements }) => {
    const left = [...without].filter((e) => agreements.has(constraints.agreement[e]!));
    return setOf(first, new Set(left.map((e) => constraints.row[e]!)).size);
  });
}

/** Lines that would have to run backwards. */
export function fromLines({ quarrel, leftOut }: PlacedLines, matches: MatchTable): Contradiction[] {
  return quarrel
    ? [
        setOf(
          quarrel.map((row) => matches.at(row)),
          leftOut,
        ),
      ]
    : [];
}

const setOf = (set: readonly Match[], leftOut = 0): Contradiction => ({
  matches: set,
  clocks: clocksOf(set),
  leftOut,
});

const clocksOf = (set: readonly Match[]): number[] =>
  [...new Set(set.flatMap(({ a, b }) => [a, b]))].sort((p, q) => p - q);
