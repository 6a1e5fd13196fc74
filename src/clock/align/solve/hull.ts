/** Slopes that a straight line can have. */
export interface Slopes {
  min: number;
  max: number;
}

/** A point of a hull. */
interface Point {
  x: number;
  y: number;
}

/**
 * The slopes of the straight lines that pass above all lower and below all upper bounds; undefined where there is no such line.
 * The steepest
 * and the flattest of them touch the upper hull of the lower bounds and the lower hull of the upper ones: Duda, Harrus, Haddad and Bernard,
 * "Estimating global time in distributed systems", ICDCS 1987; for traces, Jezequel 1996 and Poirier, Roy and Dagenais 2010. O(n log n).
 *
 * @param x ascending, without repeats
 */
export function slopesBetween(
  x: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): Slopes | undefined {
  const max = leastSlope(x, low, high, 1);
  const min = -leastSlope(x, high, low, -1);
  return min <= max ? { min, max } : undefined;
}

/**
 * The least slope from a lower bound to an upper one further right.
 * @param sign -1 to swap above and below
 */
function leastSlope(
  x: ArrayLike<number>,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  sign: 1 | -1,
): number {
  const hull: Point[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const end = { x: x[i]!, y: sign * to[i]! };
    if (end.y < Number.POSITIVE_INFINITY && hull.length > 0) least = Math.min(least, slopeToHull(hull, end));
    const begin = { x: x[i]!, y: sign * from[i]! };
    if (begin.y > Number.NEGATIVE_INFINITY) addToHull(hull, begin);
  }
  return least;
}

/** Points of a hull that bends downwards, from left to right. */
function addToHull(hull: Point[], point: Point): void {
  while (hull.length >= 2 && slope(hull.at(-2)!, hull.at(-1)!) <= slope(hull.at(-1)!, point)) hull.pop();
  hull.push(point);
}

/** The slope of the line to a point at the right that passes above the hull. */
function slopeToHull(hull: readonly Point[], point: Point): number {
  let lo = 0;
  let hi = hull.length - 1;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (slope(hull[mid]!, hull[mid + 1]!) > slope(hull[mid]!, point)) lo = mid + 1;
    else hi = mid;
  }
  return slope(hull[lo]!, point);
}

const slope = (from: Point, to: Point): number => (to.y - from.y) / (to.x - from.x);
