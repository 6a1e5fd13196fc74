/** What a stamp's text says, before its source's clock completes it. */
export interface Stamp {
  /** µs: since the epoch (`rfc3339`, `epoch`, `clf`), since the epoch read as UTC (`datetime`, `ctime`, `slashdate`), since
   * the beginning of the placeholder year (calendar.ts) read as UTC's epoch (`syslog`), since midnight (`hms`), or a span. NaN when it is no time. */
  us: number;
  /** Nanoseconds below the microsecond. */
  ns: number;
  /** True when the text has no fraction of a second: it then means all of that second. */
  whole?: boolean;
  /** True when it has no seconds either: it means all of that minute. */
  minutes?: boolean;
  /** µs east of UTC, when a `datetime` text names its zone after all. */
  zone?: number;
}
