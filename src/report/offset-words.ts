import type { ReportBounds } from "./contract.js";
import { boundary, duration, precise, roughly } from "./durations.js";

/** An offset as a report gives it: seconds, positive: ahead. */
export type Measured = ReportBounds & { best: number | null };

/** Two clocks that may be one, if no more than so many seconds are open, are in step for all that people ask. */
const IN_STEP = 2;

/** Does an offset's interval leave room for no offset at all? */
export const mayBeNone = ({ min, max }: ReportBounds) => (min ?? -1) <= 0 && (max ?? 1) >= 0;

/** The likeliest value of a bounded offset as it is written, without its sign, and how far the truth can be from that: µs. */
function likeliest({ min, max, best }: { min: number; max: number; best: number | null }) {
  const value = best ?? (min + max) / 2;
  const { text, us } = precise(value * 1e6, Math.max(max - value, value - min) * 1e6);
  const said = value < 0 ? -us : us;
  // Digits that were not written widen the margin.
  const margin = Math.max(max * 1e6 - said, said - min * 1e6);
  return { value, text, margin: margin < MEASURED ? 0 : margin };
}

/** Seconds are fractions that cannot be written exactly: a difference of less than a tenth of a nanosecond (in µs) is none. */
const MEASURED = 1e-4;

const ahead = (seconds: number, of: string) => `${seconds > 0 ? "ahead of" : "behind"} ${of}`;

/**
 * An offset in words that claim no more than its bounds do: `3.2171 s behind dump.pcap, ±0.4 ms`, `in step with dump.pcap to
 * within 610 ms`, `at least 2 s ahead of dump.pcap`.
 * @param of what it was measured against
 */
export function offsetWords(offset: Measured, of: string): string {
  const { min, max, best } = offset;
  if (min === null && max === null) return `compared with ${of}, and still unknown`;
  if (min === null || max === null) {
    const words = openWords(min, max, of);
    if (!mayBeNone(offset)) return words;
    return `${words}; how far ${max === null ? "ahead" : "behind"} nothing tells`;
  }
  if (mayBeNone(offset)) {
    const widest = Math.max(-min, max);
    if (widest === 0) return `in step with ${of}`;
    if (widest <= IN_STEP) return `in step with ${of} to within ${roughly(widest * 1e6)}`;
    return `perhaps in step with ${of}: between ${roughly(-min * 1e6)} behind and ${roughly(max * 1e6)} ahead`;
  }
  const { value, text, margin } = likeliest({ min, max, best });
  return `${text} ${ahead(value, of)}${margin > 0 ? `, ±${roughly(margin)}` : ""}`;
}

/** By how much, and in which direction, a clock was set: `forward`, `2.000 s (±400 µs)`. */
export function setWords({ min, max, best }: Measured): { direction: "forward" | "back"; amount: string } {
  const direction = (best ?? min ?? max ?? 0) > 0 ? "forward" : "back";
  if (min === null || max === null)
    return { direction, amount: best === null ? "an unknown time" : `about ${duration(best * 1e6)}` };
  const { text, margin } = likeliest({ min, max, best });
  return { direction, amount: margin > 0 ? `${text} (±${roughly(margin)})` : text };
}

/** An offset that is bounded on one side alone. */
function openWords(min: number | null, max: number | null, of: string): string {
  if (min !== null)
    return min > 0
      ? `at least ${boundary(min * 1e6, false)} ahead of ${of}`
      : `at most ${boundary(min * 1e6, true)} behind ${of}`;
  return max! < 0
    ? `at least ${boundary(max! * 1e6, false)} behind ${of}`
    : `at most ${boundary(max! * 1e6, true)} ahead of ${of}`;
}

/** What two records say of the clock of the first of them: as {@link offsetWords}, of bounds without a likeliest value. */
export function pairWords({ min, max }: ReportBounds, of: string): string {
  if (min === null && max === null) return "";
  if (min === null || max === null) return openWords(min, max, of);
  return offsetWords({ min, max, best: (min + max) / 2 }, of);
}

/** The same for a table's cell: `-3.2171 s ±0.4 ms`, `0 ±610 ms`, `>= +2.000 s`; empty where nothing is known. */
export function offsetCell(offset: Measured | null): string {
  if (!offset) return "";
  const { min, max, best } = offset;
  if (min === null && max === null) return "?";
  if (min === null || max === null)
    return min === null
      ? `≤ ${sign(max!)}${boundary(max! * 1e6, max! > 0)}`
      : `≥ ${sign(min)}${boundary(min * 1e6, min < 0)}`;
  if (min === 0 && max === 0) return "0";
  const { value, text, margin } = likeliest({ min, max, best });
  const signed = Math.abs(value) < 5e-10 ? "0" : sign(value) + text;
  return margin > 0 ? `${signed} ±${roughly(margin)}` : signed;
}

const sign = (seconds: number) => (seconds < 0 ? "-" : "+");

/** A rate in parts per million with its bounds: `+12.3 ppm (+11 to +14)`; empty where it was not measured. */
export function driftCell(drift: number | null, bounds: ReportBounds | undefined): string {
  if (drift === null) return "";
  const ppm = (rate: number, digits: number) =>
    `${rate < 0 ? "-" : "+"}${Math.abs(rate * 1e6).toFixed(digits)}`;
  const { min = null, max = null } = bounds ?? {};
  if (min === null || max === null) return `${ppm(drift, 1)} ppm`;
  const digits = (max - min) * 1e6 < 10 ? 1 : 0;
  // Outwards, as bounds of anything are.
  const unit = 10 ** (6 + digits);
  const [low, high] = [Math.floor(min * unit) / unit, Math.ceil(max * unit) / unit];
  return `${ppm(drift, digits)} ppm (${ppm(low, digits)} to ${ppm(high, digits)})`;
}
