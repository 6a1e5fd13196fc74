import type { Contradiction, Offset } from "../../clock/align/solution.js";
import type { ClockPair } from "../../model/clock.js";
import type { Event, Fields, RecordRef } from "../../model/event.js";

const inSeconds = (us: number) => Math.round(us / 1000) / 1000;

/** Where only one side is known, the clock is wrong by at least that. */
const certainOf = ({ min, max, best }: Offset): number =>
  Number.isFinite(min) && Number.isFinite(max) ? best : Number.isFinite(min) ? min : max;

/** `clock.offset`: two sources disagree about the time by what neither a date nor a zone explains. */
export function offsetEvent(
  source: Named,
  reference: string,
  offset: Offset,
  matches: number,
  proof: readonly ClockPair[],
): Event {
  return happened(
    "clock.offset",
    source.id,
    proof.flatMap(({ own, other }) => [own, other]),
    {
      "clock.offset_seconds": inSeconds(certainOf(offset)),
      ...(Number.isFinite(offset.min) && { "clock.offset_min_seconds": inSeconds(offset.min) }),
      ...(Number.isFinite(offset.max) && { "clock.offset_max_seconds": inSeconds(offset.max) }),
      "clock.matches": matches,
      "clock.source": source.path,
      "clock.reference": reference,
    },
  );
}

/** A source, as events name it. */
interface Named {
  id: number;
  path: string;
}

/** `clock.step`: a source's stamps jumped against those of others. */
export function stepEvent(
  source: Named,
  { matches, step }: Contradiction,
  others: readonly Named[],
  cites: readonly Event[],
): Event {
  return happened("clock.step", source.id, cites.slice(0, MOST_CITED), {
    "clock.offset_seconds": inSeconds(step!.by.best),
    "clock.matches": matches.length,
    "clock.source": source.path,
    "clock.reference": others.map(({ path }) => path),
  });
}

/** `clock.contradiction`: what sources tell of the same happenings cannot all be true. */
export function contradictionEvent(
  [first, ...others]: readonly Named[],
  { matches }: Contradiction,
  cites: readonly Event[],
): Event {
  return happened("clock.contradiction", first!.id, cites.slice(0, MOST_CITED), {
    "clock.matches": matches.length,
    "clock.source": first!.path,
    "clock.reference": others.map(({ path }) => path),
  });
}

/** At most so many records are quoted: three pairs. */
const MOST_CITED = 6;

/** Clues keep the event that they are taken from. */
export const isEvent = (record: RecordRef): record is Event => "action" in record;

function happened(action: string, source: number, cites: readonly Event[], fields: Fields): Event {
  const own = cites.find((event) => event.source === source);
  return {
    source,
    line: own?.line ?? 1,
    offset: own?.offset ?? 0,
    length: own?.length ?? 0,
    time: Number.NaN,
    ns: 0,
    latest: Number.NaN,
    action,
    category: "host",
    fields,
    cites,
  };
}
