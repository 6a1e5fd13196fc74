import type { Report } from "./contract.js";
import { roughly } from "./durations.js";
import { bounds, rfc3339, type Time, type Undated, type When } from "./times.js";

/**
 * Writes times as short as the report allows: without the day when everything happened on one UTC day, and with no more
 * digits than an interval supports.
 */
export class Clockface {
  /** `2026-11-22`; absent when the report spans several days or has no dated time. */
  readonly day: string | undefined;
  /** What holds for the times shown: `2026-11-22, UTC`, `UTC`, `date unknown`; empty without any times. */
  readonly note: string;
  private readonly dated: boolean;

  constructor(report: Pick<Report, "timeline" | "summary">) {
    const days = new Set<string>();
    for (const { time, latest } of report.timeline) {
      if (time) days.add(time.slice(0, 10));
      if (latest) days.add(latest.slice(0, 10));
    }
    if (days.size === 0 && report.summary.from) days.add(report.summary.from.slice(0, 10));
    if (days.size === 0 && report.summary.to) days.add(report.summary.to.slice(0, 10));
    this.day = days.size === 1 ? [...days][0] : undefined;
    this.dated = report.timeline.some(({ time }) => time !== null);
    const floats = report.timeline.some(({ time_of_day, elapsed }) => time_of_day ?? elapsed);
    this.note = this.dated ? (this.day ? `${this.day}, UTC` : "UTC") : floats ? "date unknown" : "";
  }

  /** `00:52:31.965`, or with the day before it; `digits` after the second, 0 to 9. */
  point(time: Time, digits = 3): string {
    const clock = time.slice(11, digits === 0 ? 19 : 20 + digits);
    return time.slice(0, 10) === this.day ? clock : `${time.slice(0, 10)} ${clock}`;
  }

  /** A time as it is known: a point, a point with fewer digits, a span, or in words what is not known. */
  when(time: When, undated: Undated = {}, digits = 3): string {
    if (time === null) {
      // Among dates, a time of day alone would pass for one of that day.
      const noDate = this.dated ? " no date" : "";
      if (undated.time_of_day !== undefined)
        return undated.time_of_day.slice(0, digits - 6 || undefined) + noDate;
      if (undated.elapsed !== undefined) return `${undated.elapsed.slice(0, digits - 6 || undefined)} s`;
      return "no time";
    }
    if (typeof time === "string") return this.point(time, digits);
    const [earliest, latest] = bounds(time);
    const width = latest - earliest;
    if (width < 1000) return this.point(time.earliest, Math.min(3, digits));
    // A stamp of whole seconds means any moment in that second: the digits that both ends share, and no more.
    for (let shared = Math.min(2, digits); shared >= 0; shared--) {
      const length = shared === 0 ? 19 : 20 + shared;
      if (time.earliest.slice(0, length) !== time.latest.slice(0, length)) continue;
      return width * FINER < 10 ** (6 - shared)
        ? this.around(earliest, latest)
        : this.point(time.earliest, shared);
    }
    const shown = width < 2_000_000 ? Math.min(3, digits) : 0;
    const end = this.point(time.latest, shown);
    const sameDay = time.earliest.slice(0, 10) === time.latest.slice(0, 10);
    return `${this.point(time.earliest, shown)}-${sameDay ? end.slice(end.lastIndexOf(" ") + 1) : end}`;
  }

  /** The middle of an interval (µs), to the millisecond, and how far the truth can be from that: `00:52:32.533 ±3.2 ms`. */
  private around(earliest: number, latest: number): string {
    const middle = Math.round((earliest + latest) / 2000) * 1000;
    const margin = Math.max(latest - middle, middle - earliest);
    return `${this.point(rfc3339(middle)!)} ±${roughly(margin)}`;
  }
}

/** An interval that is so many times narrower than its shared digits say is told by its middle. */
const FINER = 4;

/** `2026-11-22 00:52:30–00:53:10 UTC`, with the second date where it differs. */
export function spanText(from: Time | null, to: Time | null): string {
  if (!from) return "no times";
  const start = `${from.slice(0, 10)} ${from.slice(11, 19)}`;
  if (!to || to.slice(0, 19) === from.slice(0, 19)) return `${start} UTC`;
  if (to.slice(0, 10) === from.slice(0, 10)) return `${start}–${to.slice(11, 19)} UTC`;
  return `${start} to ${to.slice(0, 10)} ${to.slice(11, 19)} UTC`;
}
