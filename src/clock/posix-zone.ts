import { DAY_US, daysFromCivil, SECOND_US, yearOf } from "../model/calendar.js";
import { fixedZone, type ZoneRules } from "./zone.js";

const NAME = "(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]+>)";
const TIME = "([+-]?\\d{1,3}(?::\\d\\d){0,2})";
const DAY = "(M\\d{1,2}\\.\\d\\.\\d|J?\\d{1,3})";
const FORM = new RegExp(`^${NAME}${TIME}(?:${NAME}${TIME}?(?:,${DAY}(?:/${TIME})?,${DAY}(?:/${TIME})?))?$`);

/** `[+-]hh[:mm[:ss]]` in µs. */
function span(text: string): number {
  const [h = 0, m = 0, s = 0] = text.replace(/^[+-]/, "").split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * (h * 3600 + m * 60 + s) * SECOND_US;
}

/** Midnight of the day that a rule names in a year, µs since the epoch as if it were UTC. */
function dayOf(rule: string, year: number): number {
  const month = /^M(\d+)\.(\d)\.(\d)$/.exec(rule);
  if (!month) {
    const number = Number(rule.replace("J", ""));
    const isLeap = daysFromCivil(year, 3, 1) - daysFromCivil(year, 2, 1) === 29;
    // Julian days never count February 29th.
    const day = rule.startsWith("J") ? number - 1 + (isLeap && number > 59 ? 1 : 0) : number;
    return (daysFromCivil(year, 1, 1) + day) * DAY_US;
  }
  const [m, week, weekday] = month.slice(1).map(Number) as [number, number, number];
  const first = daysFromCivil(year, m, 1);
  const next = m === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, m + 1, 1);
  // 1970-01-01 was a Thursday, day 4 of the week that begins with Sunday.
  let day = first + ((weekday - ((first + 4) % 7) + 7) % 7) + (week - 1) * 7;
  // The fifth week means the last one.
  while (day >= next) day -= 7;
  return day * DAY_US;
}

/**
 * A zone by a rule as the variable TZ has it (POSIX.1-2017, 8.3, and RFC 9636, 3.3.1), such as `CET-1CEST,M3.5.0,M10.5.0/3`.
 * @returns `undefined` when it is no such rule
 */
export function posixZone(text: string): ZoneRules | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, west, summerWest, begin, beginAt = "2", end, endAt = "2"] = match;
  // POSIX counts west of Greenwich.
  const standard = 0 - span(west!);
  if (begin === undefined || end === undefined) return fixedZone(text, standard);
  const summer = summerWest === undefined ? standard + 3600 * SECOND_US : 0 - span(summerWest);
  return {
    name: text,
    at(us) {
      const year = yearOf(us + standard);
      const from = dayOf(begin, year) + span(beginAt) - standard;
      const to = dayOf(end, year) + span(endAt) - summer;
      // In the south, summer goes on over New Year.
      const isSummer = from < to ? us >= from && us < to : us >= from || us < to;
      return isSummer ? summer : standard;
    },
  };
}
