import { describeFields } from "../decode/packet/describe.js";
import type { Event } from "../model/event.js";
import type { Problem } from "../model/source.js";
import type { TimelineLine } from "../report/timeline.js";
import { type EventBatch, eventStream, type StreamOptions } from "./event-stream.js";

/** What the merged timeline shows. */
export type TimelineOptions = StreamOptions;

/**
 * All records of all sources in one order, as lines.
 *
 * @returns the problems met, complete when the generator is done
 */
export async function* timeline(
  paths: readonly string[],
  options: TimelineOptions,
): AsyncGenerator<TimelineLine[], Problem[]> {
  const stream = eventStream(paths, options);
  try {
    for (;;) {
      const next = await stream.next();
      if (next.done) return next.value;
      yield linesOf(next.value);
    }
  } finally {
    // Who stops reading lets go of the evidence, too.
    await stream.return([]);
  }
}

function linesOf({ events, sourceOf, clockOf }: EventBatch): TimelineLine[] {
  return events.map((event) => {
    const { time, ns, latest, stamped, source, line, action } = event;
    return {
      time,
      ns,
      latest,
      stamped,
      line,
      action,
      stamp: clockOf(source).kind,
      source: sourceOf(source).path,
      text: textOf(event),
    };
  });
}

/** A record's own text (latin1 or decoded); packets are described in one line. */
export function textOf({ action, fields }: Event): string {
  const original = fields["event.original"];
  return typeof original === "string" ? original : describeFields(action, fields);
}
