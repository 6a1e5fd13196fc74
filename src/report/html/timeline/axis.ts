import { scaleLinear, scaleUtc } from "d3-scale";
import { rfc3339 } from "../../times.js";
import { type Extent, lengthOf } from "./extent.js";

/** A moment that the axis names. */
export interface Tick {
  /** µs after the origin. */
  at: number;
  label: string;
  /** True where a larger unit begins: a day among hours, a second among milliseconds. */
  strong: boolean;
}

const SECOND = 1e6;
const DAY = 86_400 * SECOND;
/** So many times as many ticks as are wanted still have room. */
const MOST_OVER = 1.5;

/**
 * Round UTC times in a view, from years down to tenths of a microsecond.
 * @param origin µs since the epoch
 * @param most about so many are wanted
 */
export function ticks(origin: number, extent: Extent, most: number): Tick[] {
  const count = Math.max(1, Math.floor(most));
  return lengthOf(extent) / count >= SECOND / 2
    ? calendarTicks(origin, extent, count)
    : fineTicks(origin, extent, count);
}

/** Whole seconds and above, as the calendar has them. */
function calendarTicks(origin: number, extent: Extent, count: number): Tick[] {
  const scale = scaleUtc().domain([(origin + extent.from) / 1000, (origin + extent.to) / 1000]);
  let dates = scale.ticks(count);
  // The scale takes the nearest of its steps, which may be too fine a one.
  for (let fewer = count - 1; dates.length > count * MOST_OVER && fewer > 0; fewer--)
    dates = scale.ticks(fewer);
  // It also gives fractions of a second where few whole ones are in view.
  dates = dates.filter((date) => date.getUTCMilliseconds() === 0);
  const times = dates.map((date) => date.getTime() * 1000);
  const step = times.length > 1 ? times[1]! - times[0]! : SECOND;
  return times.map((us) => ({ at: us - origin, ...calendarLabel(us, step) }));
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function calendarLabel(us: number, step: number): Omit<Tick, "at"> {
  const text = rfc3339(us) ?? "";
  const [year, month, day] = [
    text.slice(0, 4),
    MONTHS[Number(text.slice(5, 7)) - 1],
    Number(text.slice(8, 10)),
  ];
  if (step >= 27 * DAY) {
    const january = text.slice(5, 7) === "01";
    return step >= 360 * DAY || january
      ? { label: year, strong: january }
      : { label: `${month} ${year}`, strong: false };
  }
  const midnight = us % DAY === 0;
  if (midnight) return { label: `${day} ${month}`, strong: step < DAY || day === 1 };
  return { label: text.slice(11, step < 60 * SECOND ? 19 : 16), strong: false };
}

/** Parts of a second, counted from the second in which the view begins so that no digit is lost. */
function fineTicks(origin: number, extent: Extent, count: number): Tick[] {
  const base = Math.floor((origin + extent.from) / SECOND) * SECOND;
  const shift = base - origin;
  const values = scaleLinear()
    .domain([extent.from - shift, extent.to - shift])
    .ticks(count);
  const step = values.length > 1 ? values[1]! - values[0]! : SECOND;
  const digits = Math.min(9, Math.max(1, Math.ceil(6 - Math.log10(step) - 1e-9)));
  return values.map((value) => {
    const units = Math.round((value / SECOND) * 10 ** digits);
    const second = Math.floor(units / 10 ** digits);
    const fraction = units - second * 10 ** digits;
    const label =
      fraction === 0
        ? (rfc3339(base + second * SECOND)?.slice(11, 19) ?? "")
        : `.${String(fraction).padStart(digits, "0")}`;
    return { at: value + shift, label, strong: fraction === 0 };
  });
}

/** What the labels of the ticks leave out: the year or the day, and for parts of a second the second in which the view begins. */
export function contextOf(origin: number, extent: Extent, shown: Tick[]): string {
  const text = rfc3339(Math.floor(origin + extent.from)) ?? "";
  if (shown.some(({ label }) => label.startsWith(".")))
    return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;
  if (shown.some(({ label }) => label.includes(":"))) return `${text.slice(0, 10)} UTC`;
  return shown.some(({ label }) => /\d{4}/.test(label)) ? "UTC" : `${text.slice(0, 4)} UTC`;
}
