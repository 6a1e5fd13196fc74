import { DAY_US, inYear, isLeap, isLeapDay, PLACEHOLDER_YEAR, yearOf } from "../model/calendar.js";
import type { Dated } from "./dated-sources.js";
import type { Looked } from "./observed.js";
import { type Completion, UNKNOWN, yearTurns } from "./source-clock.js";
import { isAbsolute, isDated, readStamp } from "./stamps.js";
import { zoneOf } from "./zone.js";

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;

/** A stamp without a year, in the placeholder year, and how many New Years lie between a source's first one and it. */
interface Yearless {
  us: number;
  turns: number;
}

function yearless({ samples, backwards }: Looked): Yearless[] {
  const turns = yearTurns(backwards);
  return samples.flatMap(({ outer }) => {
    if (outer.kind !== "syslog") return [];
    const { us } = readStamp(outer.kind, outer.text);
    return Number.isNaN(us) ? [] : [{ us, turns: turns.take(us) }];
  });
}

/** What full stamps inside records tell of the local ones around them. */
export interface InnerBasis {
  completion: Completion;
  /** A moment at which the zone was this, µs UTC. */
  at: number;
}

/** Zone and year from records that carry a full stamp inside: both were written within the same moment. */
export function innerBasis({ kind, backwards, samples }: Looked): InnerBasis | undefined {
  if (kind !== "syslog" && !isDated(kind)) return undefined;
  const turns = yearTurns(backwards);
  const differences: number[] = [];
  let first = PLACEHOLDER_YEAR;
  let at = Number.NaN;
  for (const { outer, inner } of samples) {
    if (outer.kind !== kind) continue;
    const outside = readStamp(kind, outer.text).us;
    const turned = kind === "syslog" ? turns.take(outside) : 0;
    if (!inner || !isAbsolute(inner.kind)) continue;
    const inside = readStamp(inner.kind, inner.text).us;
    if (Number.isNaN(inside)) continue;
    const year = kind === "syslog" ? closestYear(outside, inside) : yearOf(inside);
    differences.push((kind === "syslog" ? inYear(outside, year) : outside) - inside);
    if (differences.length > 1) continue;
    first = year - turned;
    at = inside;
  }
  if (differences.length === 0) return undefined;
  const zone = zoneOf(median(differences));
  return Number.isNaN(zone) ? undefined : { completion: { ...UNKNOWN, zone, year: first }, at };
}

/** Leap years come again after so many years at most. */
const LEAP_SEARCH = 8;

/** Does each February 29th fall in a leap year, where the first stamp is of this year? */
const suits = (stamps: readonly Yearless[], year: number): boolean =>
  stamps.every(({ us, turns }) => !isLeapDay(us) || isLeap(year + turns));

/** The year that puts a yearless time nearest to a known one. */
function closestYear(placeholderUs: number, knownUs: number): number {
  return nearest(yearsAround(yearOf(knownUs), 1), { us: placeholderUs, turns: 0 }, knownUs);
}

const yearsAround = (year: number, reach: number): number[] =>
  Array.from({ length: 2 * reach + 1 }, (_, i) => year - reach + i);

const distanceIn = (year: number, { us, turns }: Yearless, known: number): number =>
  Math.abs(inYear(us, year + turns) - known);

function nearest(years: readonly number[], stamp: Yearless, known: number): number {
  return years.reduce((best, year) =>
    distanceIn(year, stamp, known) < distanceIn(best, stamp, known) ? year : best,
  );
}

/** What a year is known from. */
export interface FoundYear {
  /** Of the source's first stamp; undefined: nothing tells it. */
  year: number | undefined;
  basis: string;
}

/**
 * The year of a source's first yearless stamp, and from what it is known: what the user said; else that which puts its last stamp nearest before
 * its bundle was collected; else that which puts its first or its last nearest to where
 * a dated source begins or ends. A February 29th leaves leap years only.
 */
export function yearFor(
  looked: Looked,
  { year: asked }: { year?: number | undefined },
  donors: readonly Dated[],
): FoundYear {
  const stamps = yearless(looked);
  const [first] = stamps;
  if (asked !== undefined) {
    const isOdd = !suits(stamps, asked);
    return { year: asked, basis: isOdd ? "as asked, though it has a February 29th" : "as asked" };
  }
  if (!first) return { year: undefined, basis: "" };
  const leap = stamps.some(({ us }) => isLeapDay(us)) ? ", with a February 29th" : "";
  const { collected } = looked.host ?? {};
  if (collected) {
    const year = yearBefore(stamps, collected.value);
    return { year, basis: `the last before ${collected.path}${leap}` };
  }
  const [near, rival] = nearYears(stamps, donors);
  if (!near) return { year: undefined, basis: "" };
  const other = rival && rival.distance <= DAY_US ? `; ${rival.path} would make it ${rival.year}` : "";
  return { year: near.year, basis: `the nearest to ${near.path}${leap}${other}` };
}

/** A year of the first stamp, and the dated source to which it brings the stamps nearest. */
interface NearYear {
  year: number;
  path: string;
  /** µs. */
  distance: number;
}

/** The years that dated sources suggest, the nearest first, each once. */
function nearYears(stamps: readonly Yearless[], donors: readonly Dated[]): NearYear[] {
  const found = new Map<number, NearYear>();
  const leapDays = stamps.filter(({ us }) => isLeapDay(us));
  for (const { path, from, to } of donors)
    for (const end of [from, to])
      for (const stamp of [stamps[0]!, stamps.at(-1)!]) {
        const year = nearest(yearsFor(leapDays, yearOf(end) - stamp.turns), stamp, end);
        const distance = distanceIn(year, stamp, end);
        if (!(distance >= (found.get(year)?.distance ?? Number.POSITIVE_INFINITY)))
          found.set(year, { year, path, distance });
      }
  return [...found.values()].sort((a, b) => a.distance - b.distance || a.year - b.year);
}

/** Years of the first stamp around one: where stamps are of leap days, those that have them, if there are any. */
function yearsFor(leapDays: readonly Yearless[], around: number): number[] {
  if (leapDays.length === 0) return yearsAround(around, 1);
  // Leap years are far apart: of two, the one that lies ahead of all evidence is none.
  const years = yearsAround(around, LEAP_SEARCH).filter((year) => year <= around + 1);
  const suiting = years.filter((year) => suits(leapDays, year));
  return suiting.length > 0 ? suiting : years;
}

/** The latest year of the first stamp in which all stamps lie before an instant. */
function yearBefore(stamps: readonly Yearless[], instant: number): number {
  // Local time may be ahead of UTC.
  const last = instant + DAY_US;
  const isBefore = (year: number) => stamps.every(({ us, turns }) => inYear(us, year + turns) <= last);
  const most = Math.max(...stamps.map(({ turns }) => turns));
  const latest = [0, 1].map((back) => yearOf(last) - most - back).find(isBefore) ?? yearOf(last) - most - 1;
  const years = Array.from({ length: LEAP_SEARCH }, (_, back) => latest - back);
  return years.find((year) => suits(stamps, year)) ?? latest;
}
