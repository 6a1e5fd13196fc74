import { DAY_US } from "../model/calendar.js";
import type { StandsFor } from "../model/clock.js";
import type { StampKind } from "../model/stamp.js";
import type { HostFacts } from "./host/facts.js";
import type { Inferred } from "./inferred.js";
import { type Completion, SourceClock } from "./source-clock.js";
import { readStamp } from "./stamps.js";

/** The stamps of one record, as written. */
export interface StampSample {
  line: number;
  outer: { kind: StampKind; text: string };
  inner?: { kind: StampKind; text: string } | undefined;
  /** The host that the record says it is of. */
  host?: string | undefined;
}

/** What was seen of a source's stamps: its first records and, where it could be looked at, its last. */
export interface Observed {
  source: number;
  path: string;
  samples: StampSample[];
  /** For captures, whose stamps are absolute: first and last known time, µs UTC. */
  range?: [from: number, to: number] | undefined;
  /** What is known of the host that it was collected on. */
  host?: HostFacts | undefined;
  /** For captures: the step of their stamps, seconds. */
  resolution?: number | undefined;
  /** What its format says that a stamp stands for. */
  standsFor?: StandsFor | undefined;
}

/** A source, and what its stamps show at a glance. */
export interface Looked extends Observed {
  /** How most of its stamped records are stamped. */
  kind: StampKind;
  /** Do its records run backwards in time (`journalctl -r`)? */
  backwards: boolean;
}

export const look = (observed: Observed): Looked => ({
  ...observed,
  // Captures are not sampled.
  kind: observed.range ? "epoch" : kindOf(observed),
  backwards: isReversed(observed),
});

const kindOf = (observed: Observed): StampKind => {
  const counts = new Map<StampKind, number>();
  for (const { outer } of observed.samples) counts.set(outer.kind, (counts.get(outer.kind) ?? 0) + 1);
  let best: StampKind = "none";
  let most = 0;
  for (const [kind, n] of counts) {
    // A few unstamped lines (a shell prompt, continuation lines) do not make a source unstamped.
    if (kind !== "none" && n > most) [best, most] = [kind, n];
  }
  return best;
};

/** First and last time of a source under a completion. */
export function rangeOf(observed: Observed, completion: Completion): [number, number] {
  const clock = new SourceClock(completion);
  let from = Number.NaN;
  let to = Number.NaN;
  for (const sample of observed.samples) {
    const stamp = sample.inner ?? sample.outer;
    clock.stamp(stamp.kind, stamp.text, sample.line);
    if (!(clock.us >= from)) from = Number.isNaN(clock.us) ? from : clock.us;
    if (!(clock.us <= to)) to = Number.isNaN(clock.us) ? to : clock.us;
  }
  return [from, to];
}

/**
 * When a source begins, µs UTC: the earliest of the times that were seen, so that one odd stamp at its beginning does not put it too late.
 * `undefined` where its first record has no time, or its records run backwards.
 */
export function beginningOf(observed: Observed, { completion, reversed }: Inferred): number | undefined {
  if (observed.range) {
    const [from] = observed.range;
    return from + (completion.correction?.at(from).lo ?? 0);
  }
  const { samples } = observed;
  const [first] = samples;
  if (!first || reversed || (first.outer.kind === "none" && !first.inner)) return undefined;
  const known = begun.get(samples);
  if (known?.completion === completion) return known.begins;
  const begins = earliestOf(samples, completion);
  begun.set(samples, { completion, begins });
  return begins;
}

/** Asked again and again, of sources whose clocks seldom change between: reading hundreds of stamps is what a beginning costs. */
const begun = new WeakMap<readonly StampSample[], { completion: Completion; begins: number | undefined }>();

function earliestOf(samples: readonly StampSample[], completion: Completion): number | undefined {
  let begins = Number.POSITIVE_INFINITY;
  for (const which of ["outer", "inner"] as const) {
    const clock = new SourceClock(completion);
    for (const sample of samples) {
      const stamp = sample[which];
      if (!stamp || stamp.kind === "none") continue;
      clock.stamp(stamp.kind, stamp.text, sample.line);
      if (clock.us < begins) begins = clock.us;
    }
  }
  return Number.isFinite(begins) ? begins : undefined;
}

/** Do the stamps never fall, as counts from one beginning do? */
export function ascends(observed: Observed): boolean {
  let last = Number.NEGATIVE_INFINITY;
  return observed.samples.every(({ outer }) => {
    if (outer.kind !== "elapsed") return true;
    const before = last;
    last = readStamp(outer.kind, outer.text).us;
    return last >= before;
  });
}

/**
 * Are times of day in truth spans since the record before (tcpdump -ttt), whose leading blank was lost when they were pasted? Nothing is
 * recorded at midnight to the microsecond, and goes back in time behind it.
 */
export function areSteps({ samples }: Observed): boolean {
  const [first, ...others] = samples.filter(({ outer }) => outer.kind === "hms");
  if (first === undefined || !/^00:00:00\.0{6,9}$/.test(first.outer.text)) return false;
  let last = 0;
  return others.some(({ outer }) => {
    const before = last;
    last = readStamp(outer.kind, outer.text).us;
    return last < before;
  });
}

/** After how many µs stamps begin anew. */
const PERIODS: Partial<Record<StampKind, number>> = { syslog: 366 * DAY_US, hms: DAY_US };

/** Do the stamps go down far more often than up? */
function isReversed(observed: Observed): boolean {
  let up = 0;
  let down = 0;
  let last = Number.NaN;
  for (const { outer } of observed.samples) {
    if (outer.kind === "none" || outer.kind === "delta" || outer.kind === "elapsed") continue;
    const { us: local, zone } = readStamp(outer.kind, outer.text);
    const us = local - (zone || 0);
    // What begins anew, does so between two stamps that are more than half its period apart.
    const turned = Math.abs(us - last) > (PERIODS[outer.kind] ?? Number.POSITIVE_INFINITY) / 2;
    const step = Math.sign(us - last) * (turned ? -1 : 1);
    if (step > 0) up++;
    else if (step < 0) down++;
    last = us;
  }
  return down >= 3 && down > up * 4;
}

/** The host that a source is of: the one that all its records name, else the one that its bundle is of. */
export function hostNameOf({ samples, host }: Observed): string | undefined {
  const names = new Set<string>();
  for (const sample of samples) if (sample.host !== undefined) names.add(sample.host);
  const [name] = names;
  return names.size === 1 ? name : host?.name?.value;
}
