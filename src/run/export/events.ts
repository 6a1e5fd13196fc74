import type { ExportedEvent } from "../../export/event.js";
import type { Event } from "../../model/event.js";
import type { Choice } from "../../report/choice.js";
import { decodeBytes } from "../../report/utf8.js";
import { type EventBatch, eventStream, type StreamOptions } from "../event-stream.js";
import { decodeFields } from "../query/text.js";
import { textOf } from "../timeline.js";
import type { ExportAccount } from "./account.js";
import type { Citations } from "./citations.js";

/** What is done with each value before it leaves the program, such as masking. Plain data in, plain data of the same shape out. */
export type Mask = <T>(value: T) => T;

/** Batches of this many events are given on: few enough to be garbage while it is cheap to collect. */
const ENOUGH = 256;

export interface EventOptions extends Omit<StreamOptions, "source"> {
  choice: Choice;
  citations: Citations;
  mask?: Mask | undefined;
}

/**
 * The events that a choice takes, in the order of the timeline, ready to leave the program: here every value passes that any format
 * gets of them.
 *
 * @param account is told what was met; complete when all events are taken
 */
export async function* exportedEvents(
  paths: readonly string[],
  { choice, citations, mask, ...options }: EventOptions,
  account: Pick<ExportAccount, "records" | "problems">,
): AsyncGenerator<ExportedEvent[]> {
  const stream = eventStream(paths, { ...options, source: choice.source });
  try {
    for (;;) {
      const next = await stream.next();
      if (next.done) {
        account.problems.push(...next.value);
        return;
      }
      account.records += next.value.events.length;
      let events: ExportedEvent[] = [];
      for (const event of next.value.events) {
        const text = decodeBytes(textOf(event));
        if (!choice.record({ action: event.action, text })) continue;
        const exported = exportedEvent(event, text, next.value, citations);
        events.push(mask ? mask(exported) : exported);
        if (events.length < ENOUGH) continue;
        yield events;
        events = [];
      }
      if (events.length > 0) yield events;
    }
  } finally {
    // Who stops reading lets go of the evidence, too.
    await stream.return([]);
  }
}

function exportedEvent(
  event: Event,
  text: string,
  { sourceOf, clockOf }: EventBatch,
  citations: Citations,
): ExportedEvent {
  const { time, ns, latest, stamped, line, offset, length, action, category } = event;
  const { "event.original": _, ...fields } = decodeFields(event.fields);
  const { kind, standsFor } = clockOf(event.source);
  const source = decodeBytes(sourceOf(event.source).path);
  return {
    time,
    ns,
    latest,
    ...(stamped !== undefined && { stamped }),
    stamp: kind,
    ...(standsFor !== undefined && { standsFor }),
    source,
    line,
    offset,
    length,
    action,
    category,
    fields,
    text,
    findingIds: citations.of(source, offset),
  };
}
