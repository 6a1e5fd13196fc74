import { rfc3339 } from "../../report/times.js";
import type { Window } from "./window.js";

/** A place on the axis that is named. */
export interface Tick {
  column: number;
  label: string;
}

const SECOND = 1e6;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps that people count in, µs; shorter ones are 1, 2 and 5 times a power of ten. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map((n) => n * DAY),
];

/** The shortest step that is at least so long, µs. */
export function stepFor(least: number): number {
  if (least > SECOND / 2) return STEPS.find((step) => step >= least) ?? STEPS.at(-1)!;
  const power = 10 ** Math.floor(Math.log10(least));
  const times = [1, 2, 5, 10].find((n) => n * power >= least * (1 - 1e-9)) ?? 10;
  return times * power;
}

/** Digits after the second that times need to be told apart at a step. */
export const digitsFor = (step: number): number =>
  step >= SECOND ? 0 : Math.min(9, Math.ceil(-Math.log10(step / SECOND) - 1e-9));

/**
 * A moment with so many digits after the second; nanoseconds are kept apart from what a number cannot hold of them.
 * @param origin µs since the epoch
 * @param at µs after it
 */
export function momentText(origin: number, at: number, digits: number): string {
  const whole = Math.floor(at);
  const ns = Math.min(999, Math.round((at - whole) * 1000));
  const time = rfc3339(origin + whole, ns);
  if (time === null) return "?";
  return `${time.slice(0, 10)} ${time.slice(11, digits === 0 ? 19 : 20 + digits)}`;
}

/** Names places of the axis, as near to each other as their names allow. */
export function ticksOf(window: Window, columns: number, origin: number): Tick[] {
  let step = stepFor(window.per * 10);
  // Names grow with their digits: a step that is too short for its own names gives way to the next one.
  for (let tries = 0; tries < 4 && labelFor(step, origin, 0).length + 3 > step / window.per; tries++)
    step = stepFor(step * 1.01);
  const ticks: Tick[] = [];
  const phase = step >= SECOND ? origin % step : (origin % SECOND) % step;
  let at = Math.ceil((window.from + phase) / step - 1e-9) * step - phase;
  for (; ticks.length < columns; at += step) {
    const column = Math.round((at - window.from) / window.per);
    const label = labelFor(step, origin, at);
    if (column + label.length + 1 > columns) break;
    if (column >= 0) ticks.push({ column, label });
  }
  return ticks;
}

/** As much of a moment as changes from one place to the next. */
function labelFor(step: number, origin: number, at: number): string {
  const text = momentText(origin, at, digitsFor(step));
  if (step >= DAY) return text.slice(0, 10);
  // From here on a screen may show several days.
  if (step >= 30 * MINUTE) return text.slice(5, 16);
  if (step >= MINUTE) return text.slice(11, 16);
  // Below a hundredth of a second the fraction says all: what stands before it is told beside the axis.
  return step >= SECOND / 100 ? text.slice(11) : text.slice(17);
}
