import type { ClockInfo } from "../model/clock.js";
import type { StampKind } from "../model/stamp.js";
import { DAY_US, MINUTE_US, SECOND_US } from "./calendar.js";
import type { HostFacts } from "./host/facts.js";
import { isOfContainer } from "./host/roots.js";
import { type Inferred, nameClocks } from "./inferred.js";
import { ascends, isReversed, kindOf, type Observed, rangeOf } from "./observed.js";
import { type Completion, UNKNOWN } from "./source-clock.js";
import { isAbsolute, isDated, readStamp } from "./stamps.js";
import { innerBasis, yearFor } from "./year.js";
import { namedZone, type ZoneRules } from "./zone.js";

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

/** A source whose times are known, and where it was collected. */
interface Dated {
  path: string;
  from: number;
  to: number;
  root: string | undefined;
}

/** In which zone local time is to be read, and from what that is known. */
function zoneFor({ host, path }: Observed, { tz }: ClockOptions): { rules?: ZoneRules; note: string } {
  if (tz !== undefined) return { rules: namedZone(tz), note: `read as ${tz} as asked` };
  if (!host?.zone || isOfContainer(path)) return { note: "read as UTC (--tz says otherwise)" };
  const { value, path: told } = host.zone;
  return { rules: value, note: `read as ${value.name}, the zone of ${nameOf(host)} (${told})` };
}

const nameOf = ({ name }: HostFacts): string => name?.value ?? "its host";

/** The sources that tell of the same host, or all where there are none of it. */
function nearest(dated: readonly Dated[], { host }: Observed): readonly Dated[] {
  const own = host ? dated.filter(({ root }) => root === host.root) : [];
  return own.length > 0 ? own : dated;
}

/** When spans since a boot began, if that is known, and the spans can be of that boot. */
function bootOf({ host, samples }: Observed): HostFacts["boot"] {
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

/**
 * Finds what completes each source's stamps, and says from what. In this order: what the user said, the stamps inside the same
 * records (a daemon's RFC 3339 beside the journal's local time), what the bundle that they lie in tells of its host, the other sources' dates. What stays unknown floats:
 * such a source has an order of its own and is put on no common clock.
 */
export function inferClocks(all: readonly Observed[], options: ClockOptions): Map<number, Inferred> {
  const result = new Map<number, Inferred>();
  const known: Dated[] = [];
  const later: { observed: Observed; kind: StampKind }[] = [];

  const settle = (
    observed: Observed,
    kind: StampKind,
    completion: Completion,
    basis: string,
    island?: string,
    within = 0,
  ) => {
    const clock: ClockInfo = {
      id: "",
      kind,
      sources: [observed.source],
      offset: island === undefined ? { min: -within / SECOND_US, max: 0, best: 0 } : null,
      drift: null,
      matches: 0,
      basis,
      floating: island !== undefined,
    };
    result.set(observed.source, { completion, clock, island, reversed: isReversed(observed, completion) });
    if (island === undefined) {
      const [from, to] = rangeOf(observed, completion);
      if (!Number.isNaN(from)) known.push({ path: observed.path, from, to, root: observed.host?.root });
    }
  };

  for (const observed of all) {
    if (observed.range) {
      settle(observed, "epoch", UNKNOWN, "its stamps say date, time and zone");
      const [from, to] = observed.range;
      known.push({ path: observed.path, from, to, root: observed.host?.root });
      continue;
    }
    const kind = kindOf(observed);
    const inner = innerBasis(observed, kind);
    if (isAbsolute(kind)) settle(observed, kind, UNKNOWN, "its stamps say date, time and zone");
    else if (inner && options.tz === undefined)
      settle(observed, kind, inner, "the stamps inside its own messages");
    else if (isDated(kind)) {
      const stamp = readStamp(kind, observed.samples.find((s) => s.outer.kind === kind)!.outer.text);
      const { rules, note } = zoneFor(observed, options);
      if (options.tz === undefined && stamp.zone !== undefined && !Number.isNaN(stamp.zone))
        settle(observed, kind, UNKNOWN, "its stamps say date, time and zone");
      else
        settle(observed, kind, { ...UNKNOWN, rules }, `local time${rules ? "" : " without a zone"}, ${note}`);
    } else later.push({ observed, kind });
  }

  known.sort((a, b) => a.from - b.from || (a.path < b.path ? -1 : 1));
  const dated = [...known];

  for (const { observed, kind } of later) {
    const { rules, note } = zoneFor(observed, options);
    if (kind === "syslog") {
      const { year, basis } = yearFor(observed, options, nearest(dated, observed)[0]);
      if (year !== undefined)
        settle(
          observed,
          kind,
          { ...UNKNOWN, year, rules },
          `local time without a year: ${year} (${basis}), ${note}`,
        );
      else
        settle(
          observed,
          kind,
          { ...UNKNOWN, rules },
          `local time without a year, and nothing else tells it (--year does); ${note}`,
          "year",
        );
    } else if (kind === "hms") {
      const others = nearest(dated, observed);
      const local = (us: number) => us + (rules?.at(us) ?? 0);
      const days = new Set(others.flatMap(({ from, to }) => daysBetween(local(from), local(to))));
      if (days.size === 1) {
        const [day] = days;
        settle(
          observed,
          kind,
          { ...UNKNOWN, day: day! * DAY_US, rules },
          `time of day; the date is that of ${others[0]!.path}, the only day in the evidence, ${note}`,
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
    else {
      const boot = kind === "monotonic" ? bootOf(observed) : undefined;
      const { at, within } = boot?.value ?? {};
      if (boot)
        settle(
          observed,
          kind,
          { ...UNKNOWN, origin: at!, within },
          `spans since the boot of ${nameOf(observed.host!)} (${boot.path})`,
          undefined,
          within,
        );
      else
        settle(
          observed,
          kind,
          { ...UNKNOWN, origin: 0 },
          "spans from an unknown beginning",
          `source ${observed.source}`,
        );
    }
  }
  nameClocks(result);
  return result;
}
