import type { Event } from "../model/event.js";

/** Pulls that went on and went well: the records of so many errors are remembered. */
const MAX_RECORDS = 10_000;

/** A record of the evidence, for comparison. */
const placeOf = ({ source, offset, line }: Event) => `${source}:${offset}:${line}`;

/**
 * Errors of v2 that were made good: a daemon got no answer from one host, a mirror say, asked the next one, and the pull went well. What
 * the record of such an error tells of (a refused connection, an untrusted certificate) happened, and did no harm.
 */
export class MadeGood {
  private readonly records = new Set<string>();

  /** Takes note of errors behind which it went on, and went well. */
  take(errors: readonly Event[]): void {
    for (const event of errors) if (this.records.size < MAX_RECORDS) this.records.add(placeOf(event));
  }

  /** Whether all of these records told of errors that were made good. */
  holds(records: ReadonlySet<string>): boolean {
    for (const record of records) if (!this.records.has(record)) return false;
    return true;
  }
}

/** A group remembers so many records. */
const MAX_GROUP = 1_000;

/** So often a transfer may be tried again before that is more than what retries are there for. */
const MAX_RETRIES = 2;

/** The records of a group's matches, as long as all may have done no harm. */
export class MadeGoodOnly {
  private records: Set<string> | undefined = new Set();
  private retries = 0;

  /** One more match: what is assembled, or told by nobody who goes on or tries again, stands for itself. */
  add(events: readonly Event[]): void {
    if (this.records === undefined) return;
    const [event, ...others] = events;
    const isSingle = event !== undefined && event.cites === undefined && others.length === 0;
    if (isSingle && event.fields["registry.retry"] === true && this.retries < MAX_RETRIES) this.retries += 1;
    else if (isSingle && event.fields["registry.version"] === "v2" && this.records.size < MAX_GROUP)
      this.records.add(placeOf(event));
    else this.records = undefined;
  }

  /**
   * What makes every match harmless, as words for the end of a sentence; `undefined` where nothing does. Daemons that try a transfer again
   * tell of it once more when they give up, which is a match of its own.
   */
  ending(made: MadeGood): string | undefined {
    if (this.records === undefined) return undefined;
    if (this.records.size > 0) return made.holds(this.records) ? WENT_ON : undefined;
    return this.retries > 0 ? TRIED_AGAIN : undefined;
  }
}

const WENT_ON = "; the pull went on to the next host, and went well";
const TRIED_AGAIN = "; it was tried again, and nothing shows that it was given up";
