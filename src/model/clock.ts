import type { StampKind } from "./stamp.js";

/** What is known of one clock: the sources stamped by it, and how far it is from the reference clock. */
export interface ClockInfo {
  /** Stable within a report: `clock-1`, or the host's name when the stamps tell it. */
  id: string;
  kind: StampKind;
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
