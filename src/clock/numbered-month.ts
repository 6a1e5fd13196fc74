import { DAY_US, daysFromCivil } from "../model/calendar.js";
import { clockTime } from "./parts.js";
import type { Stamp } from "./stamp.js";

const MONTH = /(?:^| )(1?\d)(?:\xe6\x9c\x88|\xec\x9b\x94) +(\d{1,2}) +(?=\d\d:)/;
const YEAR = / (\d{4})$/;

/**
 * `6月 01 20:54:46`, `三 6월  1 20:54:46 2026`: month, day and time of day as strftime's %b writes them in Chinese, Japanese and Korean.
 *
 * @param text latin1
 * @param year the year where the text has none; NaN where it must have one
 * @returns as UTC; `undefined` where the text has no such month
 */
export function numberedMonth(text: string, year: number): Stamp | undefined {
  // All of them have a byte that no other stamp has.
  if (!text.includes("\x88 ") && !text.includes("\x94 ")) return undefined;
  const found = MONTH.exec(text);
  if (!found) return undefined;
  const [us, ns] = clockTime(text, found.index + found[0].length);
  const told = YEAR.exec(text);
  const days = daysFromCivil(told ? Number(told[1]) : year, Number(found[1]), Number(found[2]));
  return { us: days * DAY_US + us, ns };
}
