import type { Event } from "../../../model/event.js";
import type { Clue, LookedAt } from "../clue.js";
import { isOwnTime } from "./own-stamps.js";
import { unprintedUs } from "./resolution.js";

/** Stamps are rounded down to a microsecond: what bears one happened before the next. */
const ROUNDED_US = 1;

/**
 * Says of happenings when they were, in terms of records of one source: by their stamps, or where it has none by
 * their lines. What cannot be said (a record without a stamp among others with one) gives no clue.
 */
export class Teller {
  constructor(
    private readonly source: LookedAt,
    private readonly give: (clue: Clue) => void,
  ) {}

  /** Coordinates are times, µs; else they are lines. */
  get stamped(): boolean {
    return !this.source.unstamped;
  }

  /** Is it worth the while to make keys with this name? (families.ts) */
  mayMatter(subject: string, name: string): boolean {
    return this.source.mayMatter?.(subject, name) ?? true;
  }

  /** The happening was at the record's own time. */
  at(key: string, record: Event): void {
    this.tell(key, this.earliest(record), this.latest(record), record);
  }

  /** The happening was there when the record was made. */
  before(key: string, record: Event): void {
    this.tell(key, Number.NEGATIVE_INFINITY, this.latest(record), record);
  }

  /** The happening was still to come when the record was made, or then. */
  after(key: string, record: Event): void {
    this.tell(key, this.earliest(record), Number.POSITIVE_INFINITY, record);
  }

  /** From any coordinate to any other; the record tells of it. */
  tell(key: string, lo: number, hi: number, record: Event): void {
    if (Number.isNaN(lo) || Number.isNaN(hi) || lo > hi) return;
    if (lo === Number.NEGATIVE_INFINITY && hi === Number.POSITIVE_INFINITY) return;
    if (!isOwnTime(this.source, record)) return;
    this.give({ key, source: this.source.source, lo, hi, record });
  }

  /** The first coordinate that the record can mean. */
  earliest(record: Event): number {
    return this.source.unstamped ? record.line : record.time - this.summed(record.line);
  }

  /** The last one. */
  latest(record: Event): number {
    if (this.source.unstamped) return record.line;
    return record.latest + unprintedUs(record) + ROUNDED_US + this.summed(record.line);
  }

  /** When the call that the record tells of was over at the latest: when its thread's next record was made. Infinite if there is none. */
  over({ fields }: Event): number {
    const { "call.until": until, "call.until_line": line } = fields;
    if (typeof line !== "number") return Number.POSITIVE_INFINITY;
    if (this.source.unstamped) return line;
    return typeof until === "number" ? until + ROUNDED_US + this.summed(line) : Number.POSITIVE_INFINITY;
  }

  /** Stamps that count from the record before were each rounded: their sum may be wrong by that much, µs. */
  private summed(line: number): number {
    const { stamp } = this.source;
    return stamp === "delta" || stamp === "elapsed" ? line * ROUNDED_US : 0;
  }
}

/** Was this told by a traced process, and not by a packet? */
export const isCall = ({ fields }: Event): boolean => fields["strace.call"] !== undefined;
