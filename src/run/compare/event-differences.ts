import type { Measure, SideName } from "../../report/compare/contract.js";
import { decodeBytes } from "../../report/utf8.js";
import type { KindTally } from "./census.js";
import { none, type Verdicts } from "./difference.js";
import { tellsFacts } from "./facts.js";
import { lackedBy } from "./lacking.js";
import type { Side } from "./side.js";
import { apart, NO_CHANCE, rounded, sureness, surprise } from "./statistics.js";
import { hasShares, transactionOf } from "./transactions.js";

/** How telling it is that trouble, or anything else, came oftener. */
const [TROUBLE, OTHER] = [0.75, 0.25];
/** What the good run has more of is seldom what spoiled the bad one. */
const MORE_IN_GOOD = 0.35;
/**
 * Rates that are nearer than this factor are alike: two runs are never the same. Steps of transactions that go well are
 * not compared at all: the transactions are.
 */
const LEAST_FACTOR = 2;

/** Kinds of event that came in one run only, or much oftener in the time that was watched. */
export function eventDifferences(good: Side, bad: Side): Verdicts {
  const verdicts: Verdicts = { found: [], oneSided: [], alike: 0 };
  for (const key of new Set([...bad.census.kinds.keys(), ...good.census.kinds.keys()])) {
    const [ours, theirs] = [good.census.kinds.get(key), bad.census.kinds.get(key)];
    const kind = (theirs ?? ours)!;
    if (hasShares(kind.action) || tellsFacts(kind.action)) continue;
    const what = decodeBytes(kind.words === "" ? kind.action : `${kind.action}: ${kind.words}`);
    const [side, owner, other]: [SideName, Side, Side] =
      theirs === undefined ? ["bad", good, bad] : ["good", bad, good];
    const witnesses = owner.witnessesOf(kind);
    if (ours === undefined || theirs === undefined) {
      const lacks = lackedBy(other, witnesses);
      if (lacks !== undefined) {
        verdicts.oneSided.push({
          side,
          lacks,
          what: `${what} (${kind.count})`,
          score: kind.trouble ? TROUBLE : OTHER,
        });
        continue;
      }
    }
    const [countA, countB] = [ours?.count ?? 0, theirs?.count ?? 0];
    const [a, b, unit] = exposure(kind, witnesses, good, bad);
    const value = surprise(countA, a, countB, b);
    const effect = apart(countA / a, countB / b);
    const onlyTrouble = kind.trouble && (countA === 0 || countB === 0);
    if (!onlyTrouble && (unit !== "minute" || value < NO_CHANCE || effect < 1 - 1 / LEAST_FACTOR)) {
      verdicts.alike += 1;
      continue;
    }
    const way = countB / b > countA / a ? 1 : MORE_IN_GOOD;
    const weight = (kind.trouble ? TROUBLE : OTHER) * way;
    verdicts.found.push({
      kind: "events",
      what,
      score: rounded(weight * effect * (0.5 + 0.5 * sureness(value))),
      good: measureOf(countA, a, unit),
      bad: measureOf(countB, b, unit),
      proof: { good: ours?.proof ?? [], bad: theirs?.proof ?? [] },
    });
  }
  return verdicts;
}

/** What the counts of two sides are held against: transactions, minutes of watching, or nothing but themselves. */
function exposure(
  kind: KindTally,
  witnesses: readonly string[],
  good: Side,
  bad: Side,
): [good: number, bad: number, unit: string | undefined] {
  const transaction = transactionOf(kind.action);
  if (transaction !== undefined) {
    const [a, b] = [transactionsOf(good, transaction), transactionsOf(bad, transaction)];
    if (a > 0 && b > 0) return [a, b, transaction];
  }
  const [a, b] = [watchedBy(good, kind, witnesses), watchedBy(bad, kind, witnesses)];
  return a > 0 && b > 0 ? [a / 60, b / 60, "minute"] : [1, 1, undefined];
}

function transactionsOf({ census }: Side, action: string): number {
  let count = 0;
  for (const kind of census.kinds.values()) if (kind.action === action) count += kind.count;
  return count;
}

/** Seconds for which a side watched what shows this kind. What is assembled is the same however many sources show it. */
function watchedBy(side: Side, { assembled }: KindTally, witnesses: readonly string[]): number {
  let seconds = 0;
  for (const name of witnesses) {
    const watched = side.witnesses.get(name);
    if (watched) seconds = Math.max(seconds, assembled ? watched.longest : watched.sum);
  }
  return seconds;
}

function measureOf(count: number, watched: number, unit: string | undefined): Measure {
  if (count === 0) return none("none");
  if (unit === undefined) return { text: `${count}`, count };
  const rate = Number((count / watched).toPrecision(3));
  return unit === "minute"
    ? { text: `${count} (${rate} a minute)`, count, per_minute: rate }
    : { text: `${count} (${rate} for each ${unit})`, count, per_transaction: rate };
}
