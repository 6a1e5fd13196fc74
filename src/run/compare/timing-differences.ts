import type { Measure } from "../../report/compare/contract.js";
import { duration } from "../../report/durations.js";
import type { TimingTally } from "./census.js";
import type { Verdicts } from "./difference.js";
import type { Side } from "./side.js";
import { apart, rounded, sureness } from "./statistics.js";

/** Differences below are nobody's incident: a factor, and µs. */
const [LEAST_FACTOR, LEAST_GAP] = [2, 20_000];
const SLOWER = 0.75;
const FASTER = 0.35;

/** How long the same kind of thing took, by median and 95th percentile. */
export function timingDifferences(good: Side, bad: Side): Verdicts {
  const verdicts: Verdicts = { found: [], oneSided: [], alike: 0 };
  for (const [action, theirs] of bad.census.timings) {
    const ours = good.census.timings.get(action);
    if (ours === undefined) continue;
    const [a, b] = [quantiles(ours), quantiles(theirs)];
    const isFar = (x: number, y: number) =>
      Math.abs(x - y) >= LEAST_GAP && Math.max(x, y) >= LEAST_FACTOR * Math.min(x, y);
    if (!isFar(a.median, b.median) && !isFar(a.p95, b.p95)) {
      verdicts.alike += 1;
      continue;
    }
    const slower = b.median > a.median || (b.median === a.median && b.p95 > a.p95);
    const effect = Math.max(
      isFar(a.median, b.median) ? apart(a.median, b.median) : 0,
      // The tail of a few is one record.
      isFar(a.p95, b.p95) ? apart(a.p95, b.p95) * 0.8 : 0,
    );
    const samples = Math.min(ours.durations.count, theirs.durations.count);
    verdicts.found.push({
      kind: "timing",
      what: `duration of ${action}`,
      score: rounded((slower ? SLOWER : FASTER) * effect * (0.4 + 0.6 * sureness(samples))),
      good: measureOf(ours, a),
      bad: measureOf(theirs, b),
      proof: { good: [ours.proof], bad: [theirs.proof] },
    });
  }
  return verdicts;
}

interface Quantiles {
  median: number;
  p95: number;
}

/** µs. What lies above the longest is the bucket's, not its own. */
function quantiles({ durations, longest }: TimingTally): Quantiles {
  const at = (share: number) => Math.min(durations.quantile(share), Math.max(longest, 1));
  return { median: at(0.5), p95: at(0.95) };
}

const seconds = (us: number) => Math.round(us) / 1e6;

const measureOf = ({ durations, longest }: TimingTally, { median, p95 }: Quantiles): Measure => ({
  text: `median ${duration(median)}, 95 % within ${duration(p95)}, of ${durations.count}`,
  count: durations.count,
  median: seconds(median),
  p95: seconds(p95),
  longest: seconds(longest),
});
