import type { ClockInfo } from "../model/clock.js";
import type { StampKind } from "../model/stamp.js";
import { DAY_US, daysFromCivil, PLACEHOLDER_YEAR, yearOf } from "./calendar.js";
import { type Completion, SourceClock, UNKNOWN, zoneOf } from "./source-clock.js";
import { isAbsolute, isDated, readStamp } from "./stamps.js";

/** The stamps of one record, as written. */
export interface StampSample {
  line: number;
  outer: { kind: StampKind; text: string };
  inner?: { kind: StampKind; text: string } | undefined;
}

/** What was seen of a source's stamps: its first records and, where it could be looked at, its last. */
export interface Observed {
  source: number;
  path: string;
  samples: StampSample[];
  /** For captures, whose stamps are absolute: first and last known time, µs UTC. */
  range?: [from: number, to: number] | undefined;
}

/** What the user said. */
export interface ClockOptions {
  /** IANA zone name or `+03:00`, for stamps without a zone. */
  tz?: string | undefined;
  year?: number | undefined;
}

export interface Inferred {
  completion: Completion;
  clock: ClockInfo;
  /** Sources of one group can be put in one order; `undefined`: on the common clock. */
  island: string | undefined;
  /** Is the order of the file the reverse of time (`journalctl -r`)? */
  reversed: boolean;
}

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

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;

/** µs east of UTC of a zone at about the given time. Throws RangeError for a zone that nobody knows. */
export function zoneOffset(tz: string, us: number): number {
  const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(tz);
  if (fixed) return (fixed[1] === "-" ? -1 : 1) * (Number(fixed[2]) * 3600 + Number(fixed[3]) * 60) * 1e6;
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: tz,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(new Date(us / 1000));
  const get = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  const local =
    Date.UTC(get("year"), get("month") - 1, get("day"), get("hour"), get("minute"), get("second")) * 1000;
  return Math.round((local - us) / 60e6) * 60e6;
}

/** First and last time of a source under a completion. */
function rangeOf(observed: Observed, completion: Completion): [number, number] {
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

/** Do the stamps never fall, as counts from one beginning do? */
function ascends(observed: Observed): boolean {
  let last = Number.NEGATIVE_INFINITY;
  return observed.samples.every(({ outer }) => {
    if (outer.kind !== "elapsed") return true;
    const before = last;
    last = readStamp(outer.kind, outer.text).us;
    return last >= before;
  });
}

/** Do the stamps go down far more often than up? */
function isReversed(observed: Observed, completion: Completion): boolean {
  let up = 0;
  let down = 0;
  let last = Number.NaN;
  for (const { outer } of observed.samples) {
    if (outer.kind === "none" || outer.kind === "delta" || outer.kind === "elapsed") continue;
    const clock = new SourceClock(completion);
    clock.stamp(outer.kind, outer.text, 0);
    if (clock.us > last) up++;
    else if (clock.us < last) down++;
    last = clock.us;
  }
  return down >= 3 && down > up * 4;
}

/**
 * Finds what completes each source's stamps, and says from what. In this order: what the user said, the stamps inside the same
 * records (a daemon's RFC 3339 beside the journal's local time), the other sources' dates. What stays unknown floats:
 * such a source has an order of its own and is put on no common clock.
 */
export function inferClocks(all: readonly Observed[], options: ClockOptions): Map<number, Inferred> {
  const result = new Map<number, Inferred>();
  const known: { path: string; from: number; to: number }[] = [];
  const later: { observed: Observed; kind: StampKind }[] = [];

  const settle = (
    observed: Observed,
    kind: StampKind,
    completion: Completion,
    basis: string,
    island?: string,
  ) => {
    const clock: ClockInfo = {
      id: "",
      kind,
      sources: [observed.source],
      offset: island === undefined ? { min: 0, max: 0, best: 0 } : null,
      drift: null,
      matches: 0,
      basis,
      floating: island !== undefined,
    };
    result.set(observed.source, { completion, clock, island, reversed: isReversed(observed, completion) });
    if (island === undefined) {
      const [from, to] = rangeOf(observed, completion);
      if (!Number.isNaN(from)) known.push({ path: observed.path, from, to });
    }
  };

  for (const observed of all) {
    if (observed.range) {
      settle(observed, "epoch", UNKNOWN, "its stamps say date, time and zone");
      known.push({ path: observed.path, from: observed.range[0], to: observed.range[1] });
      continue;
    }
    const kind = kindOf(observed);
    const inner = innerBasis(observed, kind);
    if (isAbsolute(kind)) settle(observed, kind, UNKNOWN, "its stamps say date, time and zone");
    else if (inner && options.tz === undefined)
      settle(observed, kind, inner, "the stamps inside its own messages");
    else if (isDated(kind)) {
      const stamp = readStamp(kind, observed.samples.find((s) => s.outer.kind === kind)!.outer.text);
      if (options.tz !== undefined)
        settle(
          observed,
          kind,
          { ...UNKNOWN, zone: zoneOffset(options.tz, stamp.us) },
          `local time, read as ${options.tz} as asked`,
        );
      else if (stamp.zone !== undefined && !Number.isNaN(stamp.zone))
        settle(observed, kind, UNKNOWN, "its stamps say date, time and zone");
      else settle(observed, kind, UNKNOWN, "local time without a zone, read as UTC (--tz says otherwise)");
    } else later.push({ observed, kind });
  }

  const zoneAt = (us: number) => (options.tz === undefined ? 0 : zoneOffset(options.tz, us));
  const zoneNote =
    options.tz === undefined ? "read as UTC (--tz says otherwise)" : `read as ${options.tz} as asked`;
  known.sort((a, b) => a.from - b.from || (a.path < b.path ? -1 : 1));
  const dated = [...known];

  for (const { observed, kind } of later) {
    if (kind === "syslog") {
      const first = readStamp(kind, observed.samples.find((s) => s.outer.kind === kind)!.outer.text).us;
      const donor = dated[0];
      const year = options.year ?? (donor ? closestYear(first, donor.from) : undefined);
      const zone = zoneAt(first);
      if (year !== undefined) {
        const basis = options.year !== undefined ? "as asked" : `the nearest to ${donor!.path}`;
        settle(
          observed,
          kind,
          { ...UNKNOWN, year, zone },
          `local time without a year: ${year} (${basis}), ${zoneNote}`,
        );
      } else
        settle(
          observed,
          kind,
          { ...UNKNOWN, zone },
          `local time without a year, and nothing else tells it (--year does); ${zoneNote}`,
          "year",
        );
    } else if (kind === "hms") {
      const first = readStamp(kind, observed.samples.find((s) => s.outer.kind === kind)!.outer.text).us;
      const days = new Set(dated.flatMap(({ from, to }) => daysBetween(from, to)));
      const zone = zoneAt(dated[0]?.from ?? first);
      if (days.size === 1) {
        const [day] = days;
        settle(
          observed,
          kind,
          { ...UNKNOWN, day: day! * DAY_US, zone },
          `time of day; the date is that of ${dated[0]!.path}, the only day in the evidence, ${zoneNote}`,
        );
      } else {
        const why = days.size === 0 ? "nothing else tells the date" : "other evidence covers several days";
        settle(observed, kind, UNKNOWN, `time of day only; ${why}`, "day");
      }
    } else if (kind === "elapsed") {
      const stepwise = !ascends(observed);
      settle(
        observed,
        kind,
        { ...UNKNOWN, origin: 0, stepwise },
        `spans since ${stepwise ? "the record before" : "the first record"}, whose time is unknown`,
        `source ${observed.source}`,
      );
    } else if (kind === "none")
      settle(observed, kind, UNKNOWN, "it has no time stamps", `source ${observed.source}`);
    else
      settle(
        observed,
        kind,
        { ...UNKNOWN, origin: 0 },
        "spans from an unknown beginning",
        `source ${observed.source}`,
      );
  }
  nameClocks(result);
  return result;
}

/** Gives clocks their ids: one clock per kind, basis, completion and island. Call again when completions have changed. */
export function nameClocks(result: ReadonlyMap<number, Inferred>): void {
  const byKey = new Map<string, ClockInfo>();
  for (const [source, inferred] of [...result].sort(([a], [b]) => a - b)) {
    const { clock, completion, island } = inferred;
    const { zone, year, day, origin, placed } = completion;
    const own = placed ? source : undefined;
    const key = JSON.stringify([clock.kind, clock.basis, zone, year, day, origin, own, island]);
    const same = byKey.get(key);
    if (same) same.sources.push(source);
    else byKey.set(key, { ...clock, id: `clock-${byKey.size + 1}`, sources: [source] });
    inferred.clock = byKey.get(key)!;
  }
}

/** Zone and year from records that carry a full stamp inside: both were written within the same moment. */
function innerBasis(observed: Observed, kind: StampKind): Completion | undefined {
  if (kind !== "syslog" && !isDated(kind)) return undefined;
  const differences: number[] = [];
  let year = PLACEHOLDER_YEAR;
  for (const { outer, inner } of observed.samples) {
    if (!inner || !isAbsolute(inner.kind) || outer.kind !== kind) continue;
    const inside = readStamp(inner.kind, inner.text).us;
    if (Number.isNaN(inside)) continue;
    const outside = readStamp(kind, outer.text).us;
    const at = yearOf(inside);
    const shift = kind === "syslog" ? daysFromCivil(at, 1, 1) - daysFromCivil(PLACEHOLDER_YEAR, 1, 1) : 0;
    // After February the placeholder leap year is a day ahead of a common one.
    const leapDay =
      kind === "syslog" &&
      !(at % 4 === 0 && (at % 100 !== 0 || at % 400 === 0)) &&
      outside - daysFromCivil(PLACEHOLDER_YEAR, 1, 1) * DAY_US >= 60 * DAY_US
        ? DAY_US
        : 0;
    differences.push(outside + shift * DAY_US - leapDay - inside);
    if (differences.length === 1) year = at;
  }
  if (differences.length === 0) return undefined;
  const zone = zoneOf(median(differences));
  return Number.isNaN(zone) ? undefined : { ...UNKNOWN, zone, year };
}

const daysBetween = (from: number, to: number): number[] => {
  const first = Math.floor(from / DAY_US);
  const last = Math.floor(to / DAY_US);
  return last === first ? [first] : [first, last];
};

/** The year that puts a yearless time nearest to a known one. */
function closestYear(placeholderUs: number, knownUs: number): number {
  const inYear = placeholderUs - daysFromCivil(PLACEHOLDER_YEAR, 1, 1) * DAY_US;
  const around = yearOf(knownUs);
  let best = around;
  let least = Number.POSITIVE_INFINITY;
  for (const year of [around - 1, around, around + 1]) {
    const distance = Math.abs(daysFromCivil(year, 1, 1) * DAY_US + inYear - knownUs);
    if (distance < least) [least, best] = [distance, year];
  }
  return best;
}
