import type { Event } from "./event.js";
import type { StampKind } from "./stamp.js";

/**
 * Which moment of what it tells of a record's stamp is: its beginning (a system call's entry, Apache's `%t`), its end (nginx's access
 * log, a daemon that logs when it is done), or the moment itself (a packet).
 */
export type StandsFor = "start" | "end" | "moment";

export const isStandsFor = (word: string): word is StandsFor =>
  word === "start" || word === "end" || word === "moment";

/** Bounds in seconds, ends included. A bound may be infinite. */
export interface Bounds {
  min: number;
  max: number;
}

/** The same happening as two sources tell of it, and what that says of their clocks. */
export interface ClockPair {
  /** The record that is stamped by the clock in question. */
  own: Event;
  /** The record of the other source. */
  other: Event;
  /** The own stamp is so many seconds ahead of the other one. */
  offset: Bounds;
}

/** A clock was set between two of its own stamps (µs UTC): what comes after is so many seconds further ahead. */
export interface ClockStep {
  at: readonly [after: number, before: number];
  by: Bounds & { best: number };
}

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
  offset: (Bounds & { best: number }) | null;
  /** Seconds gained per second; `null` when not measured. */
  drift: number | null;
  /** Bounds of the drift, where it was measured. */
  driftBounds?: readonly [min: number, max: number] | undefined;
  /** Is it the clock that the others are told in? */
  reference?: boolean | undefined;
  /** µs UTC: the moment for which the offset's bounds hold, as no two clocks go at the same rate. */
  at?: number | undefined;
  /** Path of the source in whose time it is told: the offset is against that. */
  toldIn?: string | undefined;
  /** Path of the source that it was compared with. */
  shared?: string | undefined;
  /** The tightest pairs of records that the offset rests on, at most three. */
  proof?: readonly ClockPair[] | undefined;
  /** Where it was set, in the order of its own stamps. */
  steps?: readonly ClockStep[] | undefined;
  /** How many events shared with other clocks the offset rests on. */
  matches: number;
  /** One sentence: from what the offset (or the zone, the year, the date) was inferred. */
  basis: string;
  /** True when its date stayed unknown: its times are then only comparable with each other. */
  floating: boolean;
}
