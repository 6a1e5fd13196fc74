import type { Event, RecordRef } from "../../model/event.js";
import type { StampKind } from "../../model/stamp.js";

/**
 * A happening that several sources may have seen, and what one of them says of its time: it lies in a window of that
 * source's own clock. Everything that puts clocks together is of this form. A question on the wire is a point in a capture; in a trace it
 * lies between the entry of the call that sent it and the thread's next stamp; in the resolver's log, which writes it down
 * afterwards, it lies before the stamp (`lo` is minus infinity).
 */
export interface Clue {
  /** Names the happening, the same in every source that can have seen it: its kind, a space, what identifies it. */
  key: string;
  source: number;
  /**
   * The window, both ends included. Of a source with stamps: µs on its own clock, as completed before anything is
   * aligned. Of one without: the lines between which it lies. Infinite where that side is open.
   */
  lo: number;
  hi: number;
  /** The record that tells of it: the event itself where there is one, so that people can be shown both sides. */
  record: RecordRef;
}

/** A source that clues are taken from. */
export interface LookedAt {
  source: number;
  path: string;
  /** Name of its format. */
  format: string;
  stamp: StampKind;
  /**
   * Records with a stamp inside are timed by that (docs/ARCHITECTURE.md): it is of another clock than the stamps around it. Nothing is told of such
   * records.
   */
  innerApart?: boolean;
  /** The host that it is of, where something names it. */
  host?: string | undefined;
  /** Its happenings are placed by lines, not by stamps. */
  unstamped: boolean;
  /** Can clues of a subject with such a name (families.ts) matter to any other source? Absent: all can. */
  mayMatter?: (subject: string, name: string) => boolean;
}

/** Takes what one source tells of one kind of happening. */
export interface ClueTaker {
  take(event: Event): void;
  /** The source ends (or is looked at no further). */
  end(): void;
}

/** One kind of happening: one file in this folder. */
export interface ClueKind {
  /** The families of its keys (families.ts): of what it tells. */
  families: readonly string[];
  /**
   * Families of keys that it tells of too, but only where sources of another kind, which are looked at before, have told of the same: two
   * of its own kind say nothing to each other by these.
   */
  answers?: readonly string[];
  /** `event.action`s that it looks at. */
  actions: readonly string[];
  /** Nearly every record tells of it: a small part of a source is enough, and more would take long. */
  brief?: true;
  /** @returns undefined where the source can tell nothing of it */
  of(source: LookedAt, give: (clue: Clue) => void): ClueTaker | undefined;
}
