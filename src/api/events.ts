/** All records of all sources in one order. */
import { grammars } from "../grammar/generated.js";
import type { Problem } from "../model/source.js";
import { type EventBatch, eventStream, type StreamOptions } from "../run/event-stream.js";
import type { Evidence } from "../run/found.js";
import { VERSION } from "../version.js";

export { type Choice, type ChoiceOptions, choiceOf } from "../report/choice.js";
export { type TimelineLine, timelinePrinter } from "../report/timeline.js";
export { type TimelineOptions, timeline } from "../run/timeline.js";
export type { EventBatch, StreamOptions };

/**
 * All events of all sources in one order, as they are read; nothing is judged.
 *
 * @param evidence as for `analyze`
 * @param options zone, year, window (µs UTC), a signal to give up by, and grammars instead of the built-in ones
 * @returns the problems met, complete when the generator is done
 */
export function events(
  evidence: readonly Evidence[],
  options: Partial<StreamOptions> = {},
): AsyncGenerator<EventBatch, Problem[]> {
  return eventStream(evidence, { grammars, version: VERSION, ...options });
}
