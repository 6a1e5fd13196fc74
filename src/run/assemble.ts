import { SourceClock } from "../clock/source-clock.js";
import { adapt } from "../decode/adapters.js";
import { TextAssembly } from "../decode/text/assembly.js";
import { mainFormat } from "../decode/text/claim.js";
import { lateReader } from "../decode/text/late.js";
import type { TextSegment } from "../decode/text/segment.js";
import type { Event } from "../model/event.js";
import { noteText } from "./accounts.js";
import { SecondReading } from "./again.js";
import { type ReadOptions, timesOf } from "./context.js";
import { lettingGo } from "./let-go.js";
import type { Surveyed } from "./survey.js";
import { type TextPlan, textOptions } from "./text.js";

/**
 * The events of a text, from its segments in order. The source's accounts are complete when the generator is done.
 *
 * @param isPlain the file can be read again where a segment left a text in it
 */
export async function* assembleText(
  { source, file }: Surveyed,
  { clock, context }: ReadOptions,
  plan: TextPlan,
  segments: AsyncIterable<TextSegment>,
  isPlain: boolean,
): AsyncGenerator<Event[]> {
  const { kit, stages, work } = context;
  const { wanted } = kit;
  const spent = lettingGo(context);
  let batch: Event[] = [];
  const adapter = adapt({
    path: source.path,
    emit: (event) => {
      if (!wanted || wanted.has(event.action)) batch.push(event);
    },
  });
  const { detection, composer, wants, defer } = textOptions(plan, kit);
  const again = new SecondReading(file.absolute, plan.bom, (reason) => {
    const message = `system calls in it could not be looked at a second time (${reason}); analyse a copy that nobody writes to`;
    source.problems.push({ path: source.path, message, severity: "warning" });
  });
  const assembly = new TextAssembly({
    source: source.id,
    path: source.path,
    stamper: new SourceClock(clock.completion),
    emit: (event) => adapter.push(event),
    timed: timesOf(context, source.id),
    again: isPlain ? again.read : undefined,
    late: defer ? lateReader(mainFormat(detection)!, composer, wants, adapter.passOver) : undefined,
  });
  for await (const segment of again.during(segments)) {
    for (const parts = assembly.taking(segment); ; ) {
      const before = stages.enter("assemble");
      const { done } = parts.next();
      stages.enter(before);
      if (batch.length > 0) {
        yield batch;
        batch = [];
      }
      if (done) break;
    }
    spent?.(segment);
  }
  assembly.end();
  adapter.end();
  noteText(source, assembly, work, kit.toolbox);
  source.problems.push(...adapter.problems());
  if (batch.length > 0) yield batch;
}
