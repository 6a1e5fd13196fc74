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

  /** Takes note of a `registry.pull` that went well although v2 failed at first. */
  take(pull: Event): void {
    const { fields, cites } = pull;
    if (fields["registry.outcome"] !== "ok" || fields["registry.next"] !== true) return;
    for (const event of cites ?? [])
      if (event.action === "registry.v2_error" && this.records.size < MAX_RECORDS)
        this.records.add(placeOf(event));
  }

  /** Whether all of these records told of errors that were made good. */
  holds(records: ReadonlySet<string>): boolean {
    for (const record of records) if (!this.records.has(record)) return false;
    return records.size > 0;
  }
}

/** A group remembers so many records. */
const MAX_GROUP = 1_000;

/** The records of a group's matches, as long as all may have been made good. */
export class MadeGoodOnly {
  private records: Set<string> | undefined = new Set();

  /** One more match: what is assembled, or not told by a record of v2's error, stands for itself. */
  add(events: readonly Event[]): void {
    if (this.records === undefined) return;
    const [event, ...others] = events;
    const isOfV2 = event?.fields["registry.version"] === "v2" && event.cites === undefined;
    if (isOfV2 && others.length === 0 && this.records.size < MAX_GROUP) this.records.add(placeOf(event));
    else this.records = undefined;
  }

  /** Whether every match was made good. */
  isAll(made: MadeGood): boolean {
    return this.records !== undefined && made.holds(this.records);
  }
}
