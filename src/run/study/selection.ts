import type { Stretch } from "./histogram.js";
import { byPlace, type Placed, rankOf } from "./places.js";

/** What a thing is chosen by. */
export interface Merit {
  cited: boolean;
  trouble: boolean;
  /** µs since the epoch. */
  from: number;
  to: number;
}

/**
 * Chooses the telling ones: what findings cite, then failures, those near findings first, then what else is near them, then an even
 * sample. The same things are chosen whatever their order.
 *
 * @param near when the findings were
 */
export function chosen<T extends Placed>(
  all: readonly T[],
  most: number,
  near: readonly Stretch[],
  meritOf: (one: T) => Merit,
): T[] {
  const ranked = all.map((one) => ({ one, merit: levelOf(meritOf(one), near), rank: rankOf(one) }));
  ranked.sort((a, b) => a.merit - b.merit || a.rank - b.rank || byPlace(a.one, b.one));
  return ranked.slice(0, most).map(({ one }) => one);
}

/** The lower, the more telling. */
function levelOf({ cited, trouble, from, to }: Merit, near: readonly Stretch[]): number {
  if (cited) return 0;
  const isNear = near.some((stretch) => from < stretch.to && to >= stretch.from);
  return (trouble ? 1 : 3) + (isNear ? 0 : 1);
}
