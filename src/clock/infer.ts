import type { ClockInfo } from "../model/clock.js";
import type { StampKind } from "../model/stamp.js";
import { DAY_US } from "./calendar.js";
import { type Inferred, nameClocks } from "./inferred.js";
import { ascends, isReversed, kindOf, type Observed, rangeOf } from "./observed.js";
import { type Completion, UNKNOWN } from "./source-clock.js";
import { isAbsolute, isDated, readStamp } from "./stamps.js";
import { closestYear, innerBasis } from "./year.js";
import { zoneOffset } from "./zone.js";

/** What the user said. */
export interface ClockOptions {
  /** IANA zone name or `+03:00`, for stamps without a zone. */
  tz?: string | undefined;
  year?: number | undefined;
}

const daysBetween = (from: number, to: number): number[] => {
  const first = Math.floor(from / DAY_US);
  const last = Math.floor(to / DAY_US);
  return last === first ? [first] : [first, last];
};

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
