import type { Inferred } from "../clock/inferred.js";
import type { Event } from "../model/event.js";
import { firstTime } from "./align/probe.js";
import { isAsItLies, type Surveyed, type Toolbox } from "./survey.js";

/** So many of a piece's last bytes are looked at. */
const LAST_BYTES = 4 << 10;

/** Says nothing but that its file has been read so far. */
const HOW_FAR = "trace.how_far";

export const isHowFar = ({ action }: Event): boolean => action === HOW_FAR;

/**
 * How far in time a piece of a trace leads that gave no event: without it, who merges several files would read on in one that tells of
 * nothing, though the others are behind.
 *
 * @returns an event in place of those that were passed over; `undefined` where the last lines of the piece tell no time
 */
export function howFar(
  piece: Buffer,
  surveyed: Surveyed,
  clock: Inferred,
  toolbox: Toolbox,
): Event | undefined {
  if (!isAsItLies(surveyed)) return undefined;
  const text = piece.toString("latin1", Math.max(0, piece.length - LAST_BYTES));
  const lines = text.slice(text.indexOf("\n") + 1, text.lastIndexOf("\n") + 1);
  const time = firstTime(lines, surveyed, clock, toolbox);
  if (time === undefined) return undefined;
  return {
    source: surveyed.source.id,
    line: 0,
    offset: 0,
    length: 0,
    time,
    ns: 0,
    latest: time,
    action: HOW_FAR,
    category: "process",
    fields: {},
  };
}
