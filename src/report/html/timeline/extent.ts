/** The stretch of time that a view shows, µs after the picture's origin. */
export interface Extent {
  from: number;
  to: number;
}

/** Nobody sees more by going below a microsecond. */
export const SHORTEST = 1;

/** What a single moment is shown with on each side, µs. */
const AROUND_A_MOMENT = 500_000;

export const lengthOf = ({ from, to }: Extent): number => to - from;

/** All that happened, with a margin of a fiftieth on each side. */
export function wholeExtent(length: number): Extent {
  const margin = length > 0 ? Math.max(length / 50, SHORTEST) : AROUND_A_MOMENT;
  return { from: -margin, to: length + margin };
}

/** The extent of the same length, as far as there is so much, that lies inside of `whole`. */
export function clamped({ from, to }: Extent, whole: Extent): Extent {
  const length = Math.min(Math.max(to - from, SHORTEST), lengthOf(whole));
  const middle = (from + to) / 2;
  const start = Math.min(Math.max(middle - length / 2, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

/** Moves the view later (`share` > 0) or earlier by a share of its length. */
export function moved(extent: Extent, share: number, whole: Extent): Extent {
  const by = lengthOf(extent) * share;
  return clamped({ from: extent.from + by, to: extent.to + by }, whole);
}

/** Shows `factor` times as fine, with the moment `at` staying where it is in the view. */
export function zoomed(
  extent: Extent,
  factor: number,
  whole: Extent,
  at = (extent.from + extent.to) / 2,
): Extent {
  const length = Math.min(Math.max(lengthOf(extent) / factor, SHORTEST), lengthOf(whole));
  const share = (at - extent.from) / lengthOf(extent);
  return clamped({ from: at - length * share, to: at + length * (1 - share) }, whole);
}

/** Puts a stretch into the middle of the view: a quarter of its length is added on each side, and half a second for a single moment. */
export function framed({ from, to }: Extent, whole: Extent): Extent {
  const margin = to > from ? (to - from) / 4 : AROUND_A_MOMENT;
  return clamped({ from: from - margin, to: to + margin }, whole);
}

/** The same length around a moment. */
export function centred(extent: Extent, at: number, whole: Extent): Extent {
  const half = lengthOf(extent) / 2;
  return clamped({ from: at - half, to: at + half }, whole);
}

/** The moment at a share of the view's width, and back. */
export const momentAt = (extent: Extent, share: number): number => extent.from + lengthOf(extent) * share;
export const shareOf = (extent: Extent, at: number): number => (at - extent.from) / lengthOf(extent);
