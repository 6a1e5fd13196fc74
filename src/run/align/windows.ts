import fs from "node:fs";
import type { Inferred } from "../../clock/inferred.js";
import { beginningOf, rangeOf } from "../../clock/observed.js";
import { isAbsolute, isDated } from "../../clock/stamps.js";
import { isAsItLies, type Surveyed } from "../survey.js";
import type { Probe } from "./probe.js";

/** A part of a file, bytes. */
export interface Window {
  from: number;
  length: number;
}

/** What is looked at begins so much before another source does: their clocks may disagree by as much. */
const BEFORE_US = 10e6;
/** A source is looked at in so many places at most. */
const MOST_WINDOWS = 8;
/** Halving goes on until the place is known to so many bytes. */
const NEAR_BYTES = 128 << 10;

/**
 * Where in a large file to look for what other sources may have seen too: from where each of them begins, by the stamps as they
 * are. Undefined: from its beginning, since its stamps do not lead to a place, or no other begins within it.
 *
 * @param probe tells what time it is at places of the file
 * @param starts when the other sources begin, µs
 * @param most so many bytes may be looked at in all
 */
export function windowsIn(
  surveyed: Surveyed,
  inferred: Inferred,
  probe: Probe,
  starts: readonly number[],
  most: number,
): Window[] | undefined {
  const { source, file, kind, samples } = surveyed;
  if (kind !== "text" || !isAsItLies(surveyed) || file.bytes <= most || inferred.reversed) return undefined;
  if (!leadsToPlace(inferred)) return undefined;
  const [from, to] = rangeOf({ source: source.id, path: source.path, samples }, inferred.completion);
  // A clock that begins in mid-file does not know how many New Years lie before.
  if (!(new Date(from / 1000).getUTCFullYear() === new Date(to / 1000).getUTCFullYear())) return undefined;
  const within = starts.filter((start) => start > from && start < to);
  if (within.length === 0) return undefined;
  let fd: number;
  try {
    fd = fs.openSync(file.absolute, "r");
  } catch {
    // Whoever reads it will say so.
    return undefined;
  }
  try {
    const places = new Set(within.map((start) => placeOf(start - BEFORE_US, fd, file.bytes, probe)));
    return spread([...places].sort((a, b) => a - b).slice(0, MOST_WINDOWS), file.bytes, most);
  } finally {
    fs.closeSync(fd);
  }
}

const leadsToPlace = ({ clock: { kind }, island }: Inferred) =>
  island === undefined && (isAbsolute(kind) || isDated(kind) || kind === "syslog");

/** Windows that do not overlap, from these places on. */
function spread(places: readonly number[], bytes: number, most: number): Window[] {
  const each = Math.floor(most / places.length);
  return places.map((from, i) => ({ from, length: Math.min(each, (places[i + 1] ?? bytes) - from) }));
}

/** The place where records of that time stand, by halving: the beginning of a line not far before it. */
function placeOf(time: number, fd: number, bytes: number, probe: Probe): number {
  let low = 0;
  let high = bytes;
  while (high - low > NEAR_BYTES) {
    const middle = Math.floor((low + high) / 2);
    const seen = probe.at(middle, fd);
    if (seen === undefined || seen.time >= time) high = middle;
    else low = seen.begin;
  }
  return low;
}

/** When each source begins, for the windows of others. */
export const startsOf = (
  surveyed: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
): Map<number, number> =>
  new Map(
    surveyed.flatMap(({ source: { id, path }, samples, range }) => {
      const begins = beginningOf({ source: id, path, samples, range }, clocks.get(id)!);
      return begins === undefined ? [] : [[id, begins] as const];
    }),
  );
