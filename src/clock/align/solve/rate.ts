/**
 * How much faster or slower than true time a clock can run: the kernel's limit for the frequency of a clock that is being
 * disciplined (adjtimex(2): `freq` is clamped to ±32768000, in ppm with 16 binary places) and for adjtime(3). A daemon that changes the
 * length of the tick instead (chronyd, by up to 83333 ppm) goes beyond it: that shows as a contradiction, or as a step.
 */
const SLEW = 500e-6;

/** No clock gains more on another per unit of that one's time: the one as fast as it can be, the other as slow. */
export const RATE = (1 + SLEW) / (1 - SLEW) - 1;

/** µs. Sums are told apart from here on only: what is smaller is rounding. */
export const EPSILON = 1e-3;
