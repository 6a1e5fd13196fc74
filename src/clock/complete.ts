import { MINUTE_US, SECOND_US } from "../model/calendar.js";
import type { ClockInfo } from "../model/clock.js";
import { constantCorrection } from "./align/correction.js";
import { DatedSources, daysOf } from "./dated-sources.js";
import type { HostFacts } from "./host/facts.js";
import { identityOf } from "./identity.js";
import type { Inferred } from "./inferred.js";
import { LocalZones, type ReadAs } from "./local-zones.js";
import { areSteps, ascends, type Looked, rangeOf } from "./observed.js";
import { type Completion, UNKNOWN } from "./source-clock.js";
import { isAbsolute, isDated, readStamp } from "./stamps.js";
import { offsetText } from "./told-offset.js";
import { type InnerBasis, innerBasis, yearFor } from "./year.js";

/** What completes a source's stamps, and from what that is known. */
interface Completed {
  completion: Completion;
  basis: string;
  /** Sources of one island can be put in one order, and in none with others; absent: on the common clock. */
  island?: string | undefined;
}

const FULL: Completed = { completion: UNKNOWN, basis: "its stamps say date, time and zone" };

/**
 * Completes the clocks of all sources: those first that need no others, then those that take their dates from them.
 *
 * @param told seconds that the stamps of some sources are ahead by, by their ids
 */
export function completeAll(
  all: readonly Looked[],
  options: { tz?: string | undefined; year?: number | undefined },
  told: ReadonlyMap<number, number>,
): Map<number, Inferred> {
  const inner = new Map<number, InnerBasis>();
  for (const source of all) {
    const found = innerBasis(source);
    if (found) inner.set(source.source, found);
  }
  const zones = new LocalZones(all, inner, options.tz);
  const dated = new DatedSources();
  const result = new Map<number, Inferred>();

  const settle = (source: Looked, completed: Completed) => {
    const inferred = settled(source, completed, told.get(source.source));
    result.set(source.source, inferred);
    if (inferred.island !== undefined) return;
    const [from, to] = source.range
      ? corrected(source.range, inferred.completion)
      : rangeOf(source, inferred.completion);
    if (!Number.isNaN(from)) dated.add(source, { path: source.path, from, to });
  };

  const later: Looked[] = [];
  for (const source of all) {
    const found = options.tz === undefined ? inner.get(source.source) : undefined;
    if (isAbsolute(source.kind)) settle(source, full(source, zones, options));
    else if (found) settle(source, inside(found, source));
    else if (isDated(source.kind)) settle(source, datedBy(source, zones));
    else later.push(source);
  }
  // What these are completed from is known by now, and does not change by what is made of them.
  const completed = later.map((source) => ({
    source,
    found: undated(source, zones.of(source), dated, options),
  }));
  for (const { source, found } of completed) settle(source, found);
  return result;
}

function settled(
  source: Looked,
  { completion, basis, island }: Completed,
  told: number | undefined,
): Inferred {
  const { backwards } = source;
  const within = (completion.within ?? 0) / SECOND_US;
  const ahead = told ?? 0;
  const clock: ClockInfo = {
    id: "",
    kind: source.kind,
    ...identityOf(source, completion),
    sources: [source.source],
    offset: island === undefined ? { min: ahead - within, max: ahead, best: ahead } : null,
    drift: null,
    matches: 0,
    basis: told === undefined ? basis : `${basis}; as told: ${offsetText(told)}`,
    floating: island !== undefined,
  };
  const whole = {
    ...completion,
    ...(backwards && { backwards }),
    ...(told !== undefined && { correction: constantCorrection(-Math.round(told * SECOND_US)) }),
  };
  return { completion: whole, clock, island, reversed: backwards };
}

function corrected([from, to]: [number, number], { correction }: Completion): [number, number] {
  return correction ? [from + correction.at(from).lo, to + correction.at(to).hi] : [from, to];
}

/** Of stamps that say everything. Others among them are completed from these. */
function full(source: Looked, zones: LocalZones, options: { year?: number | undefined }): Completed {
  const rest = source.samples.filter(({ outer }) => !isAbsolute(outer.kind) && outer.kind !== "none");
  if (!rest.some(({ outer: { kind } }) => isDated(kind) || kind === "syslog")) return FULL;
  const { rules, zone, note } = zones.of(source);
  const samples = source.samples.filter(({ outer }) => isAbsolute(outer.kind));
  const [from, to] = rangeOf({ ...source, samples }, UNKNOWN);
  const { year } = yearFor({ ...source, host: undefined }, options, [{ path: source.path, from, to }]);
  return {
    completion: { ...UNKNOWN, rules, zone, ...(year !== undefined && { year }) },
    basis: `${FULL.basis}, or are ${note}`,
  };
}

/** By the stamps inside its own records; the bundle's zone is better where it says the same, since it knows of summer time. */
function inside({ completion, at }: InnerBasis, { host }: Looked): Completed {
  const basis = "the stamps inside its own messages";
  const rules = host?.zone?.value;
  return rules?.at(at) === completion.zone
    ? { completion: { ...completion, zone: 0, rules }, basis }
    : { completion, basis };
}

/** Of stamps with a date; some say their zone after all. */
function datedBy(source: Looked, zones: LocalZones): Completed {
  const isZoned = source.samples.every(({ outer: { kind, text } }) => {
    if (kind !== source.kind) return true;
    const { zone } = readStamp(kind, text);
    return zone !== undefined && !Number.isNaN(zone);
  });
  if (isZoned) return FULL;
  const { rules, zone, note } = zones.of(source);
  const isKnown = rules !== undefined || zone !== 0;
  return {
    completion: { ...UNKNOWN, rules, zone },
    basis: `local time${isKnown ? "" : " without a zone"}, ${note}`,
  };
}

function undated(
  source: Looked,
  readAs: ReadAs,
  dated: DatedSources,
  options: { year?: number | undefined },
): Completed {
  switch (source.kind) {
    case "syslog":
      return yearless(source, readAs, dated, options);
    case "hms":
      if (areSteps(source)) return steps(source);
      return timeOfDay(source, readAs, dated);
    case "none":
      return { completion: UNKNOWN, basis: "it has no time stamps", island: `source ${source.source}` };
    default:
      return counted(source);
  }
}

function yearless(
  source: Looked,
  { rules, zone, note }: ReadAs,
  dated: DatedSources,
  options: { year?: number | undefined },
): Completed {
  const completion = { ...UNKNOWN, rules, zone };
  const { year, basis } = yearFor(source, options, dated.near(source));
  if (year === undefined)
    return {
      completion,
      basis: `local time without a year, and nothing else tells it (--year does); ${note}`,
      island: "year",
    };
  return {
    completion: { ...completion, year },
    basis: `local time without a year: ${year} (${basis}), ${note}`,
  };
}

function timeOfDay(source: Looked, { rules, zone, note }: ReadAs, dated: DatedSources): Completed {
  const others = dated.near(source);
  const days = daysOf(others, (us) => us + (rules?.at(us) ?? 0) + zone);
  const [day] = days;
  if (day === undefined || days.length > 1) {
    const why = day === undefined ? "nothing else tells the date" : "other evidence covers several days";
    return { completion: UNKNOWN, basis: `time of day only; ${why}`, island: "day" };
  }
  return {
    completion: { ...UNKNOWN, day, rules, zone },
    basis: `time of day; the date is that of ${others[0]!.path}, the only day in the evidence, ${note}`,
  };
}

/** Of spans, each since the record before. */
const steps = ({ source }: Looked): Completed => ({
  completion: { ...UNKNOWN, origin: 0, stepwise: true },
  basis: "spans since the record before, whose time is unknown",
  island: `source ${source}`,
});

/** Of stamps that count from a beginning. */
function counted(source: Looked): Completed {
  const island = `source ${source.source}`;
  if (source.kind === "elapsed") {
    if (!ascends(source)) return steps(source);
    const completion = { ...UNKNOWN, origin: 0, stepwise: false };
    return { completion, basis: "spans since the first record, whose time is unknown", island };
  }
  const boot = source.kind === "monotonic" ? bootOf(source) : undefined;
  if (!boot)
    return { completion: { ...UNKNOWN, origin: 0 }, basis: "spans from an unknown beginning", island };
  const { at, within } = boot.value;
  return {
    completion: { ...UNKNOWN, origin: at, within },
    basis: `spans since the boot of ${source.host?.name?.value ?? "its host"} (${boot.path})`,
  };
}

/** When spans since a boot began, if that is known, and the spans can be of that boot. */
function bootOf({ host, samples }: Looked): HostFacts["boot"] {
  const { boot, collected } = host ?? {};
  if (!boot) return undefined;
  const spans = samples.flatMap(({ outer }) =>
    outer.kind === "monotonic" ? [readStamp(outer.kind, outer.text).us] : [],
  );
  // They fall where the next boot begins.
  if (spans.some((span, i) => span < (spans[i - 1] ?? 0) - SECOND_US)) return undefined;
  const sinceBoot = collected ? collected.value - boot.value.at + MINUTE_US : Number.POSITIVE_INFINITY;
  return (spans.at(-1) ?? 0) <= sinceBoot ? boot : undefined;
}
