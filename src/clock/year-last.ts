import { DAY_US, daysFromCivil } from "./calendar.js";
import { clockTime, digits, MONTHS } from "./parts.js";
import type { Stamp } from "./stamp.js";

/** `11/22/2026 3:52:32 PM` (month first, as everywhere where hours are counted to twelve), `22.11.2026, 03:52:32` (day first): as UTC. */
export function yearLast(text: string): Stamp | undefined {
  const [first, e1] = digits(text, 0, 2);
  const sign = text.charCodeAt(e1);
  const [second, e2] = digits(text, e1 + 1, 2);
  if ((sign !== 46 && sign !== 47) || text.charCodeAt(e2) !== sign) return undefined;
  const [year, e3] = digits(text, e2 + 1, 4);
  const [us, ns] = clockTime(text, text.charCodeAt(e3) === 44 ? e3 + 2 : e3 + 1);
  const half = halfDay(text);
  // A month from a day tells only who writes them in one order.
  if (sign === 47 && half === undefined) return { us: Number.NaN, ns: 0 };
  const [day, month] = sign === 46 ? [first, second] : [second, first];
  return { us: daysFromCivil(year, month, day) * DAY_US + (half === undefined ? us : half(us)), ns };
}

/** `Nov 22, 2026 3:52:32 AM` (java.util.logging's default), as UTC. */
export function monthFirst(text: string): Stamp | undefined {
  const match = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d[\d:.]*)/.exec(text);
  if (!match) return undefined;
  const month = MONTHS[match[1]!.toLowerCase()] ?? Number.NaN;
  const [us, ns] = clockTime(match[4]!, 0);
  return {
    us: daysFromCivil(Number(match[3]), month, Number(match[2])) * DAY_US + (halfDay(text)?.(us) ?? us),
    ns,
  };
}

const HALF_DAY_US = DAY_US / 2;

/** What makes µs since midnight of hours that are counted to twelve; `undefined` where no AM or PM stands at the end. */
function halfDay(text: string): ((us: number) => number) | undefined {
  const half = / ([AP])M$/i.exec(text)?.[1];
  if (half === undefined) return undefined;
  return (us) => (us % HALF_DAY_US) + (half.toUpperCase() === "P" ? HALF_DAY_US : 0);
}
