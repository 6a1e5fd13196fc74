import { hashOf } from "./candidates.js";
import type { Stretch } from "./histogram.js";

/** What a thing is chosen by. */
export interface Merit {
  cited: boolean;
  trouble: boolean;
  /** µs since the epoch. */
  from: number;
  to: number;
  key: string;
}

/**
 * Chooses the telling ones: what findings cite, then failures, those near findings first, then what else is near them, then an even
 * sample. The same things are chosen whatever their order.
 *
 * @param near when the findings were
 */
export function chosen<T>(
  all: readonly T[],
  most: number,
  near: readonly Stretch[],
  meritOf: (one: T) => Merit,
): T[] {
  const ranked = all.map((one) => {
    const merit = meritOf(one);
    return { one, rank: rankOf(merit, near), hash: hashOf(merit.key), key: merit.key };
  });
  ranked.sort((a, b) => a.rank - b.rank || a.hash - b.hash || (a.key < b.key ? -1 : 1));
  return ranked.slice(0, most).map(({ one }) => one);
}

function rankOf({ cited, trouble, from, to }: Merit, near: readonly Stretch[]): number {
  if (cited) return 0;
  const isNear = near.some((stretch) => from < stretch.to && to >= stretch.from);
  return (trouble ? 1 : 3) + (isNear ? 0 : 1);
}
