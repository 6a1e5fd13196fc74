import { DAY_US } from "../model/calendar.js";

const HALF_DAY_US = DAY_US / 2;
const HALF = /\d ([AP])M(?![A-Z])/i;

/** When the half of the day begins that a stamp names behind its time (`03:52:32 PM`), µs since midnight; `undefined` where it names none. */
export function halfDayOf(text: string): number | undefined {
  const half = HALF.exec(text)?.[1];
  if (half === undefined) return undefined;
  return half.toUpperCase() === "P" ? HALF_DAY_US : 0;
}

/** Moves a time (µs) whose hours are counted to twelve into its half of the day; hours that are counted on beyond twelve stay. */
export function inHalf(us: number, half: number): number {
  const midnight = Math.floor(us / DAY_US) * DAY_US;
  return midnight + ((us - midnight) % HALF_DAY_US) + half;
}
