/** Days from 1970-01-01 of a date in the Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

/** The year that an instant (µs since the epoch) falls in, UTC. */
export function yearOf(us: number): number {
  return new Date(us / 1000).getUTCFullYear();
}

export const DAY_US = 86_400e6;
export const HOUR_US = 3_600e6;
export const MINUTE_US = 60e6;
export const SECOND_US = 1e6;

/** A leap year that stands in for the missing one: every date of a log exists in it. */
export const PLACEHOLDER_YEAR = 1972;

const PLACEHOLDER_START = daysFromCivil(PLACEHOLDER_YEAR, 1, 1) * DAY_US;

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Is this time of the placeholder year on its February 29th, which most years have not? */
export const isLeapDay = (placeholderUs: number): boolean =>
  Math.floor((placeholderUs - PLACEHOLDER_START) / DAY_US) === 59;

/**
 * A time of the placeholder year in another one: µs since the epoch. The placeholder is a leap year: after February, common years are a day
 * shorter.
 */
export function inYear(placeholderUs: number, year: number): number {
  const passed = placeholderUs - PLACEHOLDER_START;
  return (
    daysFromCivil(year, 1, 1) * DAY_US + (isLeap(year) || passed < 60 * DAY_US ? passed : passed - DAY_US)
  );
}
