/**
 * Times whose date or year nobody knows are kept on a clock that begins in 1970 (times of day: on its first day; dates without a
 * year: in 1972). They can be compared with each other, never with real ones; evidence about containers is younger than this.
 */
export const FLOATING_BEFORE_US = Date.UTC(1980, 0, 1) * 1000;

/** Is this a time without a known date? NaN (no time at all) is not. */
export const isFloating = (us: number): boolean => us < FLOATING_BEFORE_US;

/** Can the order of these two times mean anything? */
export const comparable = (a: number, b: number): boolean =>
  !Number.isNaN(a) && !Number.isNaN(b) && isFloating(a) === isFloating(b);
