import type { Clue } from "../../clock/align/clue.js";
import type { Event, RecordRef } from "../../model/event.js";
import { proofOf } from "../../timeline/transactions/assembled.js";
import { isEvent } from "./disagreements.js";

/** Records are kept for people to compare; of a large incident not all can be. */
const MOST_RECORDS = 50_000;

/** The records behind clues: a clue that is let go lets go of its record. */
export class ClueRecords {
  private count = 0;
  private last: RecordRef | undefined;
  /** What is kept of it. */
  private kept!: RecordRef;

  /**
   * @returns what is to be kept of the clue's record: its fields are most of what a clue holds, and nobody asks for them any more, but for a
   * packet's, by which it is described to people (quotes.ts)
   */
  take({ record }: Clue): RecordRef {
    // One record gives several clues, one after the other.
    if (record === this.last) return this.kept;
    this.last = record;
    this.kept = this.keep(record);
    return this.kept;
  }

  /** What was kept of a clue's record, if it was an event. */
  of(record: RecordRef): Event | undefined {
    return isEvent(record) ? record : undefined;
  }

  private keep(record: RecordRef): RecordRef {
    if (!isEvent(record) || this.count >= MOST_RECORDS) return refOf(record);
    this.count++;
    return isPacket(record) ? record : proofOf(record);
  }
}

const isPacket = ({ fields }: Event): boolean => "network.type" in fields;

const refOf = ({ source, line, offset, length }: RecordRef): RecordRef => ({ source, line, offset, length });
