import type { Inferred } from "../../clock/inferred.js";
import type { Completion } from "../../clock/source-clock.js";
import type { Event } from "../../model/event.js";

/** Puts an event that was read before clocks were aligned where it lies now. */
export type Restamp = (event: Event) => Event;

/**
 * Events that were looked at to align clocks have the times of before. Those that are shown as proof need those of now, as all
 * others have.
 *
 * @param before completions by source, as they were when the events were read
 * @param clocks as they are now
 */
export function restampFrom(
  before: ReadonlyMap<number, Completion>,
  clocks: ReadonlyMap<number, Inferred>,
): Restamp {
  return (event) => {
    const [was, is] = [before.get(event.source), clocks.get(event.source)?.completion];
    return was === undefined || is === undefined || was === is ? event : restamped(event, was, is);
  };
}

function restamped(event: Event, was: Completion, is: Completion): Event {
  if (is.placed && Number.isNaN(event.time)) {
    const { earliest, latest } = is.placed.interval(event.line);
    return { ...event, time: earliest, latest, ns: 0 };
  }
  const own = (event.stamped ?? event.time) + movedBy(was, is);
  const { lo, hi } = is.correction?.at(own) ?? { lo: 0, hi: 0 };
  const { stamped: _, ...rest } = event;
  return {
    ...rest,
    time: own + lo,
    latest: event.latest - event.time + own + hi,
    ...(is.correction && { stamped: own }),
  };
}

/** What a zone, a date or a beginning that is known now adds to times, µs. */
function movedBy(was: Completion, is: Completion): number {
  const began = is.origin - was.origin;
  return was.zone - is.zone + (Number.isNaN(began) ? 0 : began);
}
