import { DAY_US, daysFromCivil } from "../model/calendar.js";
import { halfDayOf } from "./half-day.js";
import { clockTime, digits, MONTHS } from "./parts.js";
import type { Stamp } from "./stamp.js";

/** `11/22/2026 3:52:32 PM` (month first, as everywhere where hours are counted to twelve), `22.11.2026, 03:52:32` (day first): as UTC, the hours as written. */
export function yearLast(text: string): Stamp | undefined {
  const [first, e1] = digits(text, 0, 2);
  const sign = text.charCodeAt(e1);
  const [second, e2] = digits(text, e1 + 1, 2);
  if ((sign !== 46 && sign !== 47) || text.charCodeAt(e2) !== sign) return undefined;
  const [year, e3] = digits(text, e2 + 1, 4);
  const [us, ns] = clockTime(text, text.charCodeAt(e3) === 44 ? e3 + 2 : e3 + 1);
  // A month from a day tells only who writes them in one order.
  if (sign === 47 && halfDayOf(text) === undefined) return { us: Number.NaN, ns: 0 };
  const [day, month] = sign === 46 ? [first, second] : [second, first];
  return { us: daysFromCivil(year, month, day) * DAY_US + us, ns };
}

/** `Nov 22, 2026 3:52:32 AM` (java.util.logging's default): as UTC, the hours as written. */
export function monthFirst(text: string): Stamp | undefined {
  const match = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d[\d:.]*)/.exec(text);
  if (!match) return undefined;
  const month = MONTHS[match[1]!.toLowerCase()] ?? Number.NaN;
  const [us, ns] = clockTime(match[4]!, 0);
  return {
    us: daysFromCivil(Number(match[3]), month, Number(match[2])) * DAY_US + us,
    ns,
  };
}
