import type { Event } from "../../model/event.js";
import type { Entities, Outcome } from "../../report/study.js";
import { rawEvents } from "../../rules/proof.js";
import { isTrouble } from "../compare/trouble.js";
import { entitiesOf } from "./entities.js";
import { labelOf } from "./labels.js";
import { outcomeOf } from "./outcomes.js";
import { type Placed, placeOf } from "./places.js";

/** A moment, µs since the epoch and nanoseconds below it; it may have been as late as `latest`. */
export interface Moment {
  us: number;
  ns: number;
  latest: number;
}

/** What a picture keeps of an event: its fields are let go. */
export interface SeenEvent extends Placed {
  label: string;
  entities: Entities;
  /** Does it tell of something that failed? */
  trouble: boolean;
}

export interface SeenMark extends SeenEvent {
  at: Moment;
  /** µs since the epoch: as stamped, where its clock was corrected. */
  stamped?: number;
}

export interface SeenBar extends SeenEvent {
  from: Moment;
  to: Moment;
  outcome: Outcome;
  /** The records that it was put together from, as `placeOf` names them. */
  records: string[];
}

/** Transactions that take a while; others tell of a moment. */
const TAKE_A_WHILE: ReadonlySet<string> = new Set([
  "dns.leg",
  "dns.lookup",
  "packet.passage",
  "registry.pull",
  "tcp.connect",
  "tcp.stall",
]);

/** When a transaction began, µs since the epoch; `undefined` for what has no beginning and end. */
export const startOf = ({ action, fields }: Event): number | undefined => {
  const start = fields["event.start"];
  return TAKE_A_WHILE.has(action) && typeof start === "number" ? start : undefined;
};

const seen = (event: Event): SeenEvent => ({
  source: event.source,
  line: event.line,
  offset: event.offset,
  action: event.action,
  label: labelOf(event),
  entities: entitiesOf(event),
  trouble: isTrouble(event),
});

export const markOf = (event: Event): SeenMark => ({
  ...seen(event),
  at: { us: event.time, ns: event.ns, latest: Math.max(event.time, event.latest) },
  ...(event.stamped !== undefined && event.stamped !== event.time && { stamped: event.stamped }),
});

/** @param event has a beginning and an end */
export function barOf(event: Event): SeenBar {
  const cites = event.cites ?? [];
  // A transaction knows its ends by the µs; the records at its ends know more of them.
  const moment = (us: number): Moment => {
    const record = cites.find(({ time }) => time === us);
    return record ? { us, ns: record.ns, latest: Math.max(us, record.latest) } : { us, ns: 0, latest: us };
  };
  const outcome = outcomeOf(event);
  return {
    ...seen(event),
    trouble: outcome === "failure",
    from: moment(startOf(event)!),
    to: moment(event.time),
    outcome,
    records: rawEvents([event]).map(placeOf),
  };
}
