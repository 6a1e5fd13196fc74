import type { Clue } from "../../clock/align/clue.js";
import type { Event, RecordRef } from "../../model/event.js";
import { isEvent } from "./disagreements.js";

/** Records are kept for people to compare; of a large incident not all can be. */
const MOST_RECORDS = 50_000;

/** The records behind clues, by their place: what is matched knows only that. */
export class ClueRecords {
  private readonly events = new Map<string, Event>();
  private last: RecordRef | undefined;

  take({ record }: Clue): void {
    // One record gives several clues, one after the other.
    if (record === this.last) return;
    this.last = record;
    if (this.events.size < MOST_RECORDS && isEvent(record)) this.events.set(placeOf(record), record);
  }

  of(record: RecordRef): Event | undefined {
    return this.events.get(placeOf(record));
  }
}

const placeOf = ({ source, offset, line }: RecordRef) => `${source} ${offset} ${line}`;
