/** Spans, µs. Kept together because they only make sense together. */

/** Copies of one packet on several interfaces or captures; shorter than the shortest client wait (1 s). */
export const COPY_SPAN = 900_000;
/** Two asks of one vantage closer than this are copies that the capture could not tell apart. */
export const SAME_MOMENT = 5_000;
/** A client that asks again after at least this long has given up on the earlier ask. */
export const LEAST_WAIT = 950_000;
/** Asks to two servers within this are made in parallel, as musl does. */
export const PARALLEL = 100_000;
/** glibc's `timeout:5`, also Go's and c-ares's default. */
export const DEFAULT_WAIT = 5_000_000;
/** How long an answered leg is kept for copies of its packets. */
export const RETENTION = 2_000_000;
/** How long after the wait a late answer is still told apart from none. */
export const LATE_SPAN = 8_000_000;
/** How much longer an undecided leg is kept when its capture has not yet been seen to cover the wait. */
export const COVERAGE_GRACE = 30_000_000;
/** Look-ups are joined over at most this. */
export const LOOKUP_SPAN = 60_000_000;
/** Waits that clients without a fixed id use before they ask the next server. */
const USUAL_WAITS = [1_000_000, 2_000_000, 2_500_000, 3_000_000, 4_000_000, 5_000_000];

/** Whether a gap between two asks looks like a client's timer and not like chance. */
export function looksLikeWait(gap: number): boolean {
  return USUAL_WAITS.some((wait) => gap >= wait - 10_000 && gap <= wait + 100_000);
}
