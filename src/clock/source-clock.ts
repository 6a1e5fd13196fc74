import type { Stamper } from "../decode/text/stamper.js";
import { DAY_US, inYear, MINUTE_US, PLACEHOLDER_YEAR, SECOND_US } from "../model/calendar.js";
import type { StampKind } from "../model/stamp.js";
import { RepeatedHour } from "./repeated-hour.js";
import type { Stamp } from "./stamp.js";
import { isAbsolute, isDated, readStamp } from "./stamps.js";
import { Turns } from "./turns.js";
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
  /** Are `elapsed` stamps, or what looks like times of day, counted from the record before (tcpdump -ttt), not from the first (-ttttt)? */
  stepwise?: boolean | undefined;
  /** Added to spans (monotonic, sincestart, delta) to give the time: when the boot or the trace began. NaN: unknown. */
  origin: number;
  /** The origin may have been so much later. */
  within?: number | undefined;
  /** Intervals of records that have no stamp of their own; undefined: they stay unplaced. */
  placed?: PlacedRecords | undefined;
  /** What puts its times on the common clock, where they differ; absent: nothing is to be added. */
  correction?: Correction | undefined;
  /** Do the records run backwards in time? */
  backwards?: boolean | undefined;
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

/** How late a record may come when the year or the day has turned, and not be taken for one of the next year or day. */
const LATE_IN_YEAR_US = DAY_US;
const LATE_US = MINUTE_US;

/** Counts New Years by stamps in the placeholder year. */
export const yearTurns = (backwards = false): Turns => new Turns(366 * DAY_US, LATE_IN_YEAR_US, backwards);

/**
 * Completes the stamps of one source, record after record: years and days turn, deltas add up, hours that come twice are told apart.
 */
export class SourceClock implements Stamper {
  us = Number.NaN;
  latest = Number.NaN;
  ns = 0;
  stamped: number | undefined;
  oddity: Stamper["oddity"];

  private readonly years: Turns;
  private readonly days: Turns;
  private sum = 0;
  private sumNs = 0;
  private readonly inZone: LocalZone | undefined;
  private repeated: RepeatedHour | undefined;
  /** µs that a time which comes twice leaves open. */
  private doubt = 0;

  constructor(private readonly completion: Completion) {
    this.inZone = completion.rules && new LocalZone(completion.rules);
    this.years = yearTurns(completion.backwards);
    this.days = new Turns(DAY_US, LATE_US, completion.backwards);
  }

  stamp(kind: StampKind, text: string, line: number): void {
    if (kind === "none") {
      const interval = this.completion.placed?.interval(line);
      this.us = interval?.earliest ?? Number.NaN;
      this.latest = interval?.latest ?? Number.NaN;
      this.ns = 0;
      this.stamped = undefined;
      return;
    }
    this.stampRead(kind, readStamp(kind, text), line);
  }

  stampRead(kind: StampKind, stamp: Readonly<Stamp>, line: number): void {
    const { completion } = this;
    this.ns = stamp.ns;
    if (isAbsolute(kind)) this.us = stamp.us;
    else if (isDated(kind))
      this.us =
        stamp.zone !== undefined && !Number.isNaN(stamp.zone)
          ? stamp.us - stamp.zone
          : this.utc(stamp.us, line);
    else if (kind === "syslog")
      this.us = this.utc(inYear(stamp.us, completion.year + this.years.take(stamp.us)), line);
    else if (kind === "hms" && !completion.stepwise)
      this.us = this.utc(completion.day + this.days.take(stamp.us) * DAY_US + stamp.us, line);
    else if (kind === "delta" || kind === "hms" || (kind === "elapsed" && completion.stepwise)) {
      this.sumNs += stamp.ns;
      this.sum += stamp.us + Math.floor(this.sumNs / 1000);
      this.sumNs %= 1000;
      this.us = completion.origin + this.sum;
      this.ns = this.sumNs;
    } else this.us = completion.origin + stamp.us;
    // A stamp in whole seconds means any moment of that second, one in minutes any of that minute.
    this.latest = stamp.whole ? this.us + (stamp.minutes ? MINUTE_US : SECOND_US) - 1 : this.us;
    if (completion.within !== undefined) this.latest += completion.within;
    if (this.doubt !== 0) {
      this.latest += this.doubt;
      this.doubt = 0;
    }
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
  private utc(local: number, line: number): number {
    const { inZone, completion } = this;
    if (!inZone) return local - completion.zone;
    const us = local - (completion.zone + inZone.offsetOf(local));
    if (inZone.fold !== 0) return us + this.comingOf(local, inZone.fold);
    this.repeated?.leave();
    if (inZone.missing) this.oddity ??= { line, message: neverCame(inZone.rules) };
    return us;
  }

  private comingOf(local: number, fold: number): number {
    this.repeated ??= new RepeatedHour(LATE_US, this.completion.backwards === true);
    const { earliest, latest } = this.repeated.take(local, fold);
    this.doubt = latest - earliest;
    return earliest;
  }
}

const neverCame = ({ name }: ZoneRules): string =>
  `this time never came in ${name}, where clocks were put forward over it; it and others like it are read as if they had not been (--tz, if the zone is another)`;

/** A completion in which nothing is known: zone UTC, the placeholder year, day 0, no origin. */
export const UNKNOWN: Completion = { zone: 0, year: PLACEHOLDER_YEAR, day: 0, origin: Number.NaN };
