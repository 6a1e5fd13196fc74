import type { Event } from "../../model/event.js";
import type { Doc, Hit, QueryAnswer } from "../../report/query/answer.js";
import type { Query } from "../../rules/eql/ast.js";
import { joinKeys, placed } from "../../rules/eql/layout.js";
import type { Match } from "../../rules/eql/match.js";
import { shownFields } from "./shown-fields.js";

/** Of the sequences that cannot be told from none, so many are shown. */
const MOST_OPEN = 100;

/** Which matches an answer holds. */
export interface Extent {
  /** At most so many. */
  size: number;
  /** The first ones, or the last. */
  position: "head" | "tail";
  /** Samples for each value of their keys (1). */
  samplesPerKey?: number;
}

/** Takes matches as they come, and keeps those that the answer is to show. */
export class Collector {
  private held: Match[] = [];
  /** Of a full tail: the one that goes next. */
  private oldest = 0;
  private total = 0;
  private readonly open: Match[] = [];
  private openTotal = 0;

  constructor(
    private readonly query: Query,
    private readonly extent: Extent,
  ) {}

  take = (match: Match): void => {
    if (match.outcome !== "found") {
      this.openTotal += 1;
      if (this.open.length < MOST_OPEN) this.open.push(match);
      return;
    }
    this.total += 1;
    if (this.held.length < this.extent.size) this.held.push(match);
    else if (this.extent.position === "tail") {
      this.held[this.oldest] = match;
      this.oldest = (this.oldest + 1) % this.extent.size;
    }
  };

  /** @param docOf shows an event */
  answer(docOf: (event: Event) => Doc, notes: readonly string[]): QueryAnswer {
    const { query, total, openTotal } = this;
    const hitOf = (match: Match): Hit => ({
      joinKeys: joinKeys(query, match),
      events: placed(query, match).map((event) => event && docOf(event)),
      ...(match.tally && { tally: match.tally }),
      ...(match.because && { because: match.because }),
      ...(match.gap !== undefined && { gap: match.gap }),
    });
    const inOrder = [...this.held.slice(this.oldest), ...this.held.slice(0, this.oldest)];
    this.held = [];
    return {
      kind: query.kind,
      fields: shownFields(query),
      hits: inOrder.map(hitOf),
      total,
      open: this.open.map(hitOf),
      openTotal,
      notes,
    };
  }
}
