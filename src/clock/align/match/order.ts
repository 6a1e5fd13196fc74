import type { Candidate } from "./agreement.js";
import { timeOf } from "./shared.js";

/**
 * Between a source without stamps and one with: the longest run of candidates whose stamps do not go back while the lines go on
 * (patience sorting).
 *
 * @param aIsUnstamped which side's windows are lines
 */
export function inOrder(candidates: readonly Candidate[], aIsUnstamped: boolean): Candidate[] {
  const lineOf = ({ a, b }: Candidate) => timeOf(aIsUnstamped ? a : b);
  const stampOf = ({ a, b }: Candidate) => timeOf(aIsUnstamped ? b : a);
  const sorted = [...candidates].sort((x, y) => lineOf(x) - lineOf(y) || stampOf(x) - stampOf(y));
  const stamps = sorted.map(stampOf);
  /** Of the runs of each length, the one that ends earliest: where it ends. */
  const tails: number[] = [];
  const previous = new Int32Array(sorted.length).fill(-1);
  for (const [i, stamp] of stamps.entries()) {
    let lo = 0;
    let hi = tails.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (stamps[tails[mid]!]! <= stamp) lo = mid + 1;
      else hi = mid;
    }
    if (lo > 0) previous[i] = tails[lo - 1]!;
    tails[lo] = i;
  }
  const run: Candidate[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]!) run.push(sorted[i]!);
  return run.reverse();
}
