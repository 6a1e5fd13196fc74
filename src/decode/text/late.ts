import type { Grammar } from "../../grammar/types.js";
import type { Event, Fields } from "../../model/event.js";
import { FACTS } from "../../scan/facts.js";
import { Claimer } from "./claim.js";
import { type Composer, composeClaimed, toldOf } from "./compose.js";
import { categoryOf, stampOf } from "./readings.js";
import { rowText, type UnreadRows } from "./unread.js";
import type { Told, WrittenStamp } from "./untimed.js";

/** What a text that was left unread tells of after all. */
export interface ReadLate {
  stamp: WrittenStamp;
  told: readonly Told[];
}

/** Takes records that need not be read: puts them on the source's clock, and gives the events that whoever knows them makes of them. */
export interface RowTaker {
  /** Lets the source's clock see the stamp of the record in a row. Call in the rows' order. @returns its time, µs; NaN unplaced */
  stamp(rows: UnreadRows, row: number): number;
  /** An event at the place of that record, and at its time. */
  eventAt(rows: UnreadRows, row: number, action: string, category: string, fields: Fields): Event;
}

/** Decides in the source's order what becomes of records that were left unread. */
export interface LateReader {
  /**
   * Takes the records of rows [from, to) as long as their texts alone, or what a scanner noted of them, show that they would change nothing.
   * @param taker takes those that tell of something without being read
   * @returns the first row that must be read, which comes next; `to` when there is none
   */
  passOver(rows: UnreadRows, from: number, to: number, taker: RowTaker): number;
  /** Reads such a row; `undefined`: it is no record. */
  read(rows: UnreadRows, row: number): ReadLate | undefined;
}

/**
 * Reads records that were left unread, those that cannot be passed over, as they would have been read at first.
 * @param envelope the format that claimed them
 */
export function lateReader(
  envelope: Grammar,
  composer: Composer,
  wants: ((action: string) => boolean) | undefined,
  passOver: LateReader["passOver"],
): LateReader {
  const claimer = new Claimer(envelope);
  const action = envelope.shapes[0]?.event ?? "";
  const category = categoryOf(envelope);
  const isWanted = !wants || wants(action);
  return {
    passOver,
    read(rows, row) {
      const text = rowText(rows, row).toString("latin1");
      // It was left in the source, which has it no more.
      if (text === "") return undefined;
      const fields = envelope.lineFields?.(text, rows.facts, row * FACTS);
      if (fields) return { stamp: stampOf(fields), told: isWanted ? [{ action, category, fields }] : [] };
      const composed = composeClaimed(composer, claimer, text);
      return composed && { stamp: composed.inner ?? composed.outer, told: toldOf(composed, wants) };
    },
  };
}
