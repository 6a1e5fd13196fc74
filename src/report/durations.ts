import { bounds, type When } from "./times.js";

/** A span of µs in words a person reads at once: `312 µs`, `12.3 ms`, `5.004 s`, `3 min 20 s`, `5 h 12 min`, `3 d 4 h`. */
export function duration(us: number): string {
  const span = Math.abs(us);
  if (span < 1000) return `${Math.round(span)} µs`;
  if (span < 999_950) return `${(span / 1000).toFixed(span < 99_950 ? 1 : 0)} ms`;
  if (span < 119_999_500) return `${(span / 1e6).toFixed(span < 9_999_500 ? 3 : 1)} s`;
  const seconds = Math.round(span / 1e6);
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 2880) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/**
 * A span with as many digits as its margin supports: `1.2501 s` within 0.4 ms, `2 h 59 min 43.0 s` within half a second.
 * @param us the span, µs; its sign is dropped
 * @param within how far the truth can be from it, µs; 0: all digits down to the nanosecond, infinite: as {@link duration}
 * @returns the text, and the span that it says
 */
export function precise(us: number, within: number): { text: string; us: number } {
  const span = Math.abs(us);
  if (!Number.isFinite(within)) return { text: duration(span), us: span };
  const [unit, name, most] = span < 1000 ? [1, "µs", 3] : span < 1e6 ? [1e3, "ms", 6] : [1e6, "s", 9];
  const supported = within === 0 ? most : Math.ceil(-Math.log10(within / unit));
  const digits = Math.min(most, Math.max(0, supported));
  const rounded = Number((span / unit).toFixed(digits));
  const written = (n: number) => (within === 0 ? String(Number(n.toFixed(digits))) : n.toFixed(digits));
  const said = { us: rounded * unit };
  if (name !== "s" || rounded < 120) return { text: `${written(rounded)} ${name}`, ...said };
  const [hours, minutes] = [Math.floor(rounded / 3600), Math.floor(rounded / 60) % 60];
  const seconds = written(rounded - Math.floor(rounded / 60) * 60);
  return { text: `${hours > 0 ? `${hours} h ` : ""}${minutes} min ${seconds} s`, ...said };
}

/** A margin, rounded outwards to two digits: `±8 µs`, `±0.5 s` without the sign. µs; below one µs in nanoseconds. */
export function roughly(us: number): string {
  if (us < 1) return `${Math.ceil(us * 1000 - 1e-6)} ns`;
  const step = 10 ** (Math.floor(Math.log10(us)) - 1);
  // A hair above a round number is that number: seconds as fractions cannot be written exactly.
  const high = Math.ceil(us / step - 1e-6) * step;
  return us < 1000 && step < 1 ? `${Number(high.toFixed(1))} µs` : rough(high);
}

/**
 * A span that is a bound, to the microsecond (from two minutes on: to the millisecond): `1.249869 s`, `17.4 s`. µs; its sign is dropped.
 * @param up rounds up, else down, so that a bound stays one
 */
export function boundary(us: number, up: boolean): string {
  const step = Math.abs(us) < 120e6 ? 1 : 1000;
  const steps = Math.abs(us) / step;
  const whole = (up ? Math.ceil(steps - 1e-6) : Math.floor(steps + 1e-6)) * step;
  return trimmed(precise(whole, step).text);
}

/** Seconds with a sign: `+3.217 s`, `-5 min 0 s`; `0 s`. */
export function signed(seconds: number): string {
  if (Math.abs(seconds) < 5e-7) return "0 s";
  return `${seconds < 0 ? "-" : "+"}${duration(seconds * 1e6)}`;
}

/** What two times allow to say about the second relative to the first; `null` when they cannot be compared. */
export type Gap =
  | { order: "after" | "before"; text: string }
  | { order: "unsure" }
  | { order: "same" }
  | null;

/**
 * Compares two times without claiming more than their intervals support: the gap is between
 * `later.earliest - earlier.latest` and `later.latest - earlier.earliest`.
 */
export function gap(a: When, b: When): Gap {
  const [a1, a2] = bounds(a);
  const [b1, b2] = bounds(b);
  let [least, most] = [b1 - a2, b2 - a1];
  if (Number.isNaN(least) || Number.isNaN(most)) return null;
  if (least === 0 && most === 0) return { order: "same" };
  if (least < 0 && most > 0) return { order: "unsure" };
  const order = most <= 0 ? "before" : "after";
  if (order === "before") [least, most] = [-most, -least];
  return { order, text: between(least, most) };
}

/** A span known within bounds: `5.004 s`, `4.4 to 5.5 s`, `up to 1.0 s`. Bounds are rounded outwards, to two digits. */
function between(least: number, most: number): string {
  if (most - least < most / 100) return duration((least + most) / 2);
  const step = 10 ** (Math.floor(Math.log10(most)) - 1);
  const high = rough(Math.ceil(most / step) * step);
  const low = Math.floor(least / step) * step;
  if (low <= 0) return `up to ${high}`;
  const [, number, unit] = /^([\d.]+) (\S+)$/.exec(rough(low)) ?? [];
  return unit !== undefined && high.endsWith(` ${unit}`)
    ? `${number} to ${high}`
    : `${rough(low)} to ${high}`;
}

/** Without zeros at the end of a fraction. */
const trimmed = (text: string) =>
  text.replace(/(\.\d*?)0+ /, (_, kept: string) => (kept === "." ? " " : `${kept} `));

/** A rounded span without the zeros that would claim precision. */
const rough = (us: number) => trimmed(duration(us));
