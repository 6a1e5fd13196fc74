/**
 * How a record's time stamp is written: what a grammar's time token declares with `as`, and what the clock
 * stage needs to turn the text into a time.
 *
 * | kind        | example                                  | what it lacks        |
 * |-------------|------------------------------------------|----------------------|
 * | rfc3339     | 2026-11-22T03:52:32.525263649+03:00      | nothing              |
 * | epoch       | 1795319188.965243                        | nothing              |
 * | clf         | 22/Nov/2026:03:52:37 +0000               | nothing              |
 * | datetime    | 2026-11-22 03:46:26.201760, 22-Nov-2026 12:15:09.781 | the zone |
 * | ctime       | Sun Nov 22 03:50:45 2026                 | the zone             |
 * | slashdate   | 2026/11/22 03:52:37                      | the zone             |
 * | syslog      | Nov 22 03:52:32                          | zone and year        |
 * | hms         | 03:46:29.776817                          | zone and date        |
 * | monotonic   | 1386.422010 (s since boot), 1386422010 (µs: no point) | the boot time |
 * | sincestart  | 0188 (whole s since the process began)   | the start            |
 * | sincestart_ms | 106.197 (ms since the trace began)    | the start            |
 * | delta       | 0.000113 (s since the record before)     | the start            |
 * | elapsed     | 00:00:05.004911 (since the first record, or the one before) | the start |
 * | none        |                                          | everything           |
 */
export type StampKind =
  | "rfc3339"
  | "epoch"
  | "clf"
  | "datetime"
  | "ctime"
  | "slashdate"
  | "syslog"
  | "hms"
  | "monotonic"
  | "sincestart"
  | "sincestart_ms"
  | "delta"
  | "elapsed"
  | "none";
