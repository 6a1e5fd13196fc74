import type { Measure } from "../../report/compare/contract.js";
import type { Census, KindTally } from "./census.js";
import { none, percent, type Verdicts } from "./difference.js";
import { lackedBy } from "./lacking.js";
import type { Side } from "./side.js";
import { NO_CHANCE, rounded, sureness, surprise } from "./statistics.js";
import { hasShares } from "./transactions.js";

/** A share that differs by less is not worth a line. */
const LEAST_SHARE = 0.02;
/** How telling it is that more went wrong, or that something went another way. */
const [TROUBLE, OTHER] = [0.9, 0.3];

interface Outcomes {
  total: number;
  byWords: Map<string, KindTally>;
}

function outcomesOf({ kinds }: Census): Map<string, Outcomes> {
  const actions = new Map<string, Outcomes>();
  for (const kind of kinds.values()) {
    if (!hasShares(kind.action)) continue;
    let outcomes = actions.get(kind.action);
    if (outcomes === undefined) actions.set(kind.action, (outcomes = { total: 0, byWords: new Map() }));
    outcomes.total += kind.count;
    outcomes.byWords.set(kind.words, kind);
  }
  return actions;
}

/** How transactions went: of all look-ups, the share that timed out. */
export function outcomeDifferences(good: Side, bad: Side): Verdicts {
  const [inGood, inBad] = [outcomesOf(good.census), outcomesOf(bad.census)];
  const verdicts: Verdicts = { found: [], oneSided: [], alike: 0 };
  for (const action of new Set([...inBad.keys(), ...inGood.keys()])) {
    const [ours, theirs] = [inGood.get(action), inBad.get(action)];
    if (ours === undefined || theirs === undefined) {
      const [owner, other, side] =
        ours === undefined ? ([bad, good, "good"] as const) : ([good, bad, "bad"] as const);
      const shown = (ours ?? theirs)!;
      const witnesses = [...shown.byWords.values()].flatMap((kind) => owner.witnessesOf(kind));
      verdicts.oneSided.push({
        side,
        lacks: lackedBy(other, witnesses) ?? `${action} transactions`,
        what: `${action} (${shown.total})`,
        score: 0.5,
      });
      continue;
    }
    for (const words of new Set([...theirs.byWords.keys(), ...ours.byWords.keys()])) {
      const [a, b] = [ours.byWords.get(words), theirs.byWords.get(words)];
      const [countA, countB] = [a?.count ?? 0, b?.count ?? 0];
      const gap = Math.abs(countA / ours.total - countB / theirs.total);
      const value = surprise(countA, ours.total, countB, theirs.total);
      const trouble = (a ?? b)!.trouble;
      // Trouble that is in one run only is told, however rare.
      if (gap < LEAST_SHARE || (value < NO_CHANCE && !(trouble && Math.min(countA, countB) === 0))) {
        verdicts.alike += 1;
        continue;
      }
      verdicts.found.push({
        kind: "outcome",
        what: words === "" ? action : `${action}: ${words}`,
        score: rounded((trouble ? TROUBLE : OTHER) * (0.4 + 0.6 * gap) * (0.5 + 0.5 * sureness(value))),
        good: measureOf(countA, ours.total),
        bad: measureOf(countB, theirs.total),
        proof: { good: a?.proof ?? [], bad: b?.proof ?? [] },
      });
    }
  }
  return verdicts;
}

const measureOf = (count: number, of: number): Measure =>
  count === 0
    ? { ...none(`none of ${of}`), of }
    : { text: `${count} of ${of} (${percent(count / of)})`, count, of };
