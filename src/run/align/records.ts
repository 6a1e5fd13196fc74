import type { Clue } from "../../clock/align/clue.js";
import type { Event, RecordRef } from "../../model/event.js";
import { proofOf } from "../../timeline/transactions/assembled.js";
import { isEvent } from "./disagreements.js";

/** Records are kept for people to compare; of a large incident not all can be. */
const MOST_RECORDS = 50_000;

/** The records behind clues, by their place: what is matched knows only that. */
export class ClueRecords {
  private readonly events = new Map<string, Event>();
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

  of(record: RecordRef): Event | undefined {
    return this.events.get(placeOf(record));
  }

  private keep(record: RecordRef): RecordRef {
    if (!isEvent(record) || this.events.size >= MOST_RECORDS) return refOf(record);
    const event = isPacket(record) ? record : proofOf(record);
    this.events.set(placeOf(event), event);
    return event;
  }
}

const placeOf = ({ source, offset, line }: RecordRef) => `${source} ${offset} ${line}`;

const isPacket = ({ fields }: Event): boolean => "network.type" in fields;

const refOf = ({ source, line, offset, length }: RecordRef): RecordRef => ({ source, line, offset, length });
