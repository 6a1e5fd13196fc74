import type { StampKind } from "./stamp.js";

/**
 * Which moment of what it tells of a record's stamp is: its beginning (a system call's entry, Apache's `%t`), its end (nginx's access
 * log, a daemon that logs when it is done), or the moment itself (a packet).
 */
export type StandsFor = "start" | "end" | "moment";

/** What is known of one clock: the sources stamped by it, and how far it is from the reference clock. */
export interface ClockInfo {
  /** Stable within a report: `clock-1`, or the host's name when the stamps tell it. */
  id: string;
  kind: StampKind;
  /** The host whose clock it is, where something names it. */
  host?: string | undefined;
  /** Seconds: the finest step that its stamps show, such as 1e-9, 1e-6, 1e-3 or 1. */
  resolution?: number | undefined;
  /** The zone that its stamps were read in, by name or offset, where they are in local time. */
  zone?: string | undefined;
  /** The year of its first stamp, where the stamps say none and it was worked out. */
  year?: number | undefined;
  /** What its stamps stand for, where the formats of its sources say so. */
  standsFor?: StandsFor | undefined;
  /** Ids of the sources that are on it. */
  sources: number[];
  /** Seconds; positive: its stamps are ahead of the reference clock's. `null` when nothing is known. A bound may be infinite. */
  offset: { min: number; max: number; best: number } | null;
  /** Seconds gained per second; `null` when not measured. */
  drift: number | null;
  /** How many events shared with other clocks the offset rests on. */
  matches: number;
  /** One sentence: from what the offset (or the zone, the year, the date) was inferred. */
  basis: string;
  /** True when its date stayed unknown: its times are then only comparable with each other. */
  floating: boolean;
}
