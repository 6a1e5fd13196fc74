import type { Stamper } from "../decode/text/stamper.js";
import type { StampKind } from "../model/stamp.js";
import { DAY_US, inYear, PLACEHOLDER_YEAR, SECOND_US } from "./calendar.js";
import { isAbsolute, isDated, readStamp } from "./stamps.js";
import { LocalZone, type ZoneRules } from "./zone.js";

/** What completes the stamps of one source. Everything is in µs. */
export interface Completion {
  /** East of UTC, for stamps in local time; in addition to what `rules` say where there are any. */
  zone: number;
  /** The zone, where it is known by more than an offset. */
  rules?: ZoneRules | undefined;
  /** The year of the first record, for stamps without one. */
  year: number;
  /** Midnight UTC of the first record's day in local time, for times of day. */
  day: number;
  /** Are `elapsed` stamps counted from the record before (tcpdump -ttt), not from the first (-ttttt)? */
  stepwise?: boolean | undefined;
  /** Added to spans (monotonic, sincestart, delta) to give the time: when the boot or the trace began. NaN: unknown. */
  origin: number;
  /** The origin may have been so much later. */
  within?: number | undefined;
  /** Intervals of records that have no stamp of their own; undefined: they stay unplaced. */
  placed?: PlacedRecords | undefined;
  /** What puts its times on the common clock, where they differ; absent: nothing is to be added. */
  correction?: Correction | undefined;
}

/** What is to be added to the times of one clock, as they are without it, to give the common time. */
export interface Correction {
  /** @param us a time on the clock itself, µs; @returns bounds of what is to be added, whole µs, `lo` <= `hi` */
  at(us: number): { lo: number; hi: number };
}

/** Where unstamped records lie, by their line number: [earliest, latest] in µs. */
export interface PlacedRecords {
  interval(line: number): { earliest: number; latest: number };
}

/** A stamp without a year that is so much earlier than the one before is of the next year. */
export const HALF_YEAR_US = 183 * DAY_US;

/**
 * Completes the stamps of one source, record after record: years roll over when the month falls back by half a year, days when
 * the time of day falls back by half a day, deltas add up.
 */
export class SourceClock implements Stamper {
  us = Number.NaN;
  latest = Number.NaN;
  ns = 0;
  stamped: number | undefined;

  private yearShift = 0;
  private lastYearless = Number.NaN;
  private days = 0;
  private lastTimeOfDay = Number.NaN;
  private sum = 0;
  private readonly inZone: LocalZone | undefined;

  constructor(private readonly completion: Completion) {
    this.inZone = completion.rules && new LocalZone(completion.rules);
  }

  stamp(kind: StampKind, text: string, line: number): void {
    const { completion } = this;
    if (kind === "none") {
      const interval = completion.placed?.interval(line);
      this.us = interval?.earliest ?? Number.NaN;
      this.latest = interval?.latest ?? Number.NaN;
      this.ns = 0;
      this.stamped = undefined;
      return;
    }
    const stamp = readStamp(kind, text);
    this.ns = stamp.ns;
    if (isAbsolute(kind)) this.us = stamp.us;
    else if (isDated(kind))
      this.us =
        stamp.zone !== undefined && !Number.isNaN(stamp.zone) ? stamp.us - stamp.zone : this.utc(stamp.us);
    else if (kind === "syslog") this.us = this.utc(this.yearless(stamp.us));
    else if (kind === "hms") this.us = this.utc(completion.day + this.timeOfDay(stamp.us));
    else if (kind === "delta" || (kind === "elapsed" && completion.stepwise)) {
      this.sum += stamp.us;
      this.us = completion.origin + this.sum;
    } else this.us = completion.origin + stamp.us;
    // A stamp in whole seconds means any moment of that second.
    this.latest = stamp.whole ? this.us + (SECOND_US - 1) : this.us;
    if (completion.within !== undefined) this.latest += completion.within;
    if (completion.correction !== undefined) this.correct(completion.correction);
  }

  private correct(correction: Correction): void {
    this.stamped = this.us;
    if (Number.isNaN(this.us)) return;
    const { lo, hi } = correction.at(this.us);
    this.us += lo;
    this.latest += hi;
  }

  /** What local time means, by the zone. */
  private utc(local: number): number {
    const { zone } = this.completion;
    return local - (this.inZone ? zone + this.inZone.offsetOf(local) : zone);
  }

  private yearless(us: number): number {
    if (us < this.lastYearless - HALF_YEAR_US) this.yearShift++;
    this.lastYearless = us;
    return inYear(us, this.completion.year + this.yearShift);
  }

  private timeOfDay(us: number): number {
    if (us < this.lastTimeOfDay - DAY_US / 2) this.days++;
    this.lastTimeOfDay = us;
    return us + this.days * DAY_US;
  }
}

/** A completion in which nothing is known: zone UTC, the placeholder year, day 0, no origin. */
export const UNKNOWN: Completion = { zone: 0, year: PLACEHOLDER_YEAR, day: 0, origin: Number.NaN };
