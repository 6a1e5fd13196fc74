import type { Bounds, ClockInfo, ClockPair, ClockStep } from "../model/clock.js";
import type { Event } from "../model/event.js";
import type { ReportBounds, ReportClock, ReportPair, ReportStep } from "./contract.js";
import type { Placing } from "./placing.js";
import { rfc3339 } from "./times.js";
import { decodeBytes, decodeWithin } from "./utf8.js";

/** What is wanted of a report's clocks: paths of sources, and records as evidence. */
type Records = Pick<Placing, "evidence" | "pathOf">;

/** The records that clocks give as proof: their texts are needed. */
export const provenBy = (clocks: Iterable<ClockInfo>): Event[] =>
  [...clocks].flatMap(({ proof = [] }) => proof.flatMap(({ own, other }) => [own, other]));

/** Seconds to the nanosecond, by `round`; what is not known, or without a bound, is `null`. */
const seconds = (value: number, round: (n: number) => number): number | null =>
  // The sixth decimal of a µs is below anything measured: without it 1.25 would be told as 1.250000001.
  Number.isFinite(value) ? round(Number((value * 1e9).toFixed(6))) / 1e9 + 0 : null;

/** Bounds stay bounds: they are rounded outwards. */
const boundsOf = ({ min, max }: Bounds): ReportBounds => ({
  min: seconds(min, Math.floor),
  max: seconds(max, Math.ceil),
});

const withBest = (bounds: Bounds & { best: number }) => ({
  ...boundsOf(bounds),
  best: seconds(bounds.best, Math.round),
});

const pairOf = ({ own, other, offset }: ClockPair, records: Records): ReportPair => ({
  own: records.evidence(own),
  other: records.evidence(other),
  offset: boundsOf(offset),
});

const isSame = (a: Event, b: Event): boolean =>
  a.source === b.source && a.offset === b.offset && a.line === b.line;

/** Pairs of the same two records as one, with all that they say: a question that was sent, and had arrived, bounds from both sides. */
function together(pairs: readonly ClockPair[]): ClockPair[] {
  const merged: ClockPair[] = [];
  for (const pair of pairs) {
    const { own, other, offset } = pair;
    const place = merged.findIndex((known) => isSame(known.own, own) && isSame(known.other, other));
    const known = merged[place];
    if (!known) merged.push(pair);
    else {
      const [min, max] = [Math.max(known.offset.min, offset.min), Math.min(known.offset.max, offset.max)];
      merged[place] = { ...known, offset: { min, max } };
    }
  }
  return merged;
}

const stepOf = ({ at: [after, before], by }: ClockStep): ReportStep => ({
  after: rfc3339(after),
  before: rfc3339(before),
  by: withBest(by),
});

/** One clock, its sources by path. What is not known of it is absent, but for what every clock has. */
export function clockOf(clock: ClockInfo, records: Records): ReportClock {
  const {
    host,
    resolution,
    zone,
    year,
    standsFor,
    offset,
    drift,
    driftBounds,
    toldIn,
    shared,
    proof,
    steps,
  } = clock;
  const at = clock.at === undefined ? null : rfc3339(clock.at);
  return {
    id: clock.id,
    kind: clock.kind,
    ...(host !== undefined && { host: decodeWithin(host) }),
    ...(resolution !== undefined && { resolution }),
    ...(zone !== undefined && { zone }),
    ...(year !== undefined && { year }),
    ...(standsFor !== undefined && { stands_for: standsFor }),
    sources: clock.sources.map((source) => records.pathOf(source)),
    ...(clock.reference && { reference: true }),
    offset: offset && withBest(offset),
    ...(at !== null && { at }),
    drift: drift !== null && Number.isFinite(drift) ? drift : null,
    ...(driftBounds && { drift_bounds: driftOf(driftBounds) }),
    matches: clock.matches,
    ...(toldIn !== undefined && { told_in: decodeBytes(toldIn) }),
    ...(shared !== undefined && { compared_with: decodeBytes(shared) }),
    ...(proof?.length && { proof: together(proof).map((pair) => pairOf(pair, records)) }),
    ...(steps?.length && { steps: steps.map(stepOf) }),
    basis: decodeWithin(clock.basis),
    floating: clock.floating,
  };
}

const finite = (value: number) => (Number.isFinite(value) ? value : null);

const driftOf = ([min, max]: readonly [number, number]): ReportBounds => ({
  min: finite(min),
  max: finite(max),
});
