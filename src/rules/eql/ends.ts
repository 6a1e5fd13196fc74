import type { Event } from "../../model/event.js";
import { before, within } from "./order.js";
import type { Pending } from "./pending.js";
import type { Plan } from "./plan.js";
import { later, type Nearest } from "./seen.js";

/*
 * Missing events before the first and after the last event of a complete sequence. At one end, nothing may be there in the whole span that
 * the other end leaves. At both ends it is as in Elasticsearch: the sequence must lie in some time of the length of `maxspan` that has
 * nothing of the kind on either side. So one of them just before it is no matter where none comes after it until `maxspan` is over.
 */

/** The sequence as what came before it leaves it, or `undefined` when that forbids it. */
export function begun(one: Pending, { gaps, maxspan, trails }: Plan): Pending | undefined {
  const [first, last] = [one.events[0]!, one.events.at(-1)!];
  let { sure } = one;
  let left: Nearest | undefined;
  for (const [index, gap] of gaps.entries()) {
    if (gap.after > 0) continue;
    const seen = one.leading[index]!;
    if (trails) left = later(left, seen.nearestBefore(first, last, maxspan));
    else {
      const was = seen.wasBefore(first, last, maxspan);
      if (was === true) return undefined;
      sure &&= was === false;
    }
  }
  return { ...one, sure, ...(left && { left }) };
}

/** A complete sequence, when an event came by that its last gap forbids; nothing when that ends it. */
export function stillWaiting(one: Pending, forbidden: Event, { leads, maxspan }: Plan): Pending[] {
  const [first, last] = [one.events[0]!, one.events.at(-1)!];
  if (last === forbidden) return [one];
  const from = leads ? one.left?.event : first;
  const near = from && within(from, forbidden, maxspan);
  const order = before(last, forbidden);
  if (order === "certain" && near === "certain") return [];
  const isTold = near === undefined && !Number.isNaN(forbidden.time) && one.left?.doubtful !== true;
  const next = leads && order === "certain" && one.right === undefined ? { ...one, right: forbidden } : one;
  return [isTold || (leads && one.left === undefined) ? next : { ...next, sure: false }];
}

/**
 * Where the time begins (µs) that must be free of missing events before the sequence: `maxspan` before its last event. With gaps at both
 * ends, the earliest begin that the evidence covers, of those that leave out what is known to be there on either side.
 *
 * @param covers whether what must be missing before the sequence would have been seen from one time to another
 */
export function windowStart(
  { events, left, right }: Pending,
  { maxspan, leads, trails }: Plan,
  covers: (from: number, to: number) => boolean,
): number {
  const [first, last] = [events[0]!, events.at(-1)!];
  if (!leads || !trails) return last.time - maxspan;
  let early = Math.max(last.latest - maxspan, left?.event?.latest ?? -Infinity);
  let late = Math.min(first.time, (right?.time ?? Infinity) - maxspan);
  if (!(early < late) || covers(early, first.latest)) return early;
  // Times are whole microseconds.
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (covers(middle, first.latest)) late = middle;
    else early = middle;
  }
  return late;
}
