import { existsSync, readFileSync } from "node:fs";
import { SourceClock, UNKNOWN } from "../../../src/clock/source-clock.js";
import { StraceTracker } from "../../../src/decode/strace/tracker.js";
import { Claimer } from "../../../src/decode/text/claim.js";
import { grammars } from "../../../src/grammar/generated.js";
import type { Event, FieldValue } from "../../../src/model/event.js";

export const grammar = grammars.find(({ name }) => name === "strace")!;

/** What the tracker makes of a trace: grammar, clock and tracker as in the program, on records that somebody wants. */
export function track(text: string): Event[] {
  const events: Event[] = [];
  const tracker = new StraceTracker((event) => events.push(event));
  for (const record of records(text)) tracker.push(record);
  tracker.end();
  return events;
}

/** The records of a trace: all, or those that the tracker sees. */
export function records(text: string, all = false): Event[] {
  const claimer = new Claimer(grammar);
  const clock = new SourceClock({ ...UNKNOWN, origin: 0 });
  const found: Event[] = [];
  const lines = text.split("\n");
  let offset = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    const start = offset;
    let record = lines[i]!;
    offset += record.length + 1;
    while (i + 1 < lines.length && claimer.continues(lines[i + 1]!, 0)) {
      record += "\n" + lines[++i]!;
      offset += lines[i]!.length + 1;
    }
    if (!all && !grammar.wants!.some((literal) => record.includes(literal))) continue;
    if (!claimer.claims(record)) continue;
    const shape = claimer.shape!;
    shape.regex.lastIndex = 0;
    const fields = shape.decode(shape.regex.exec(record)!);
    clock.stamp((fields["@timestamp.kind"] ?? "none") as "none", String(fields["@timestamp"] ?? ""), line);
    const { us: time, latest, ns } = clock;
    found.push({
      source: 0,
      line,
      offset: start,
      length: record.length,
      time,
      ns,
      latest,
      action: shape.event,
      category: "process",
      fields,
    });
  }
  return found;
}

/** A trace of `fixtures/`, as the program would read it: one char per byte. */
export const fixture = (name: string) => readFileSync(`test/decode/strace/fixtures/${name}.strace`, "latin1");

/** A trace of the larger set of captures beside the project, when it is there. */
export function capture(path: string): string | undefined {
  const place = `../shared/captures/${path}`;
  return existsSync(place) ? readFileSync(place, "latin1") : undefined;
}

/** Events of one kind. */
export const of = (events: readonly Event[], action: string) =>
  events.filter((event) => event.action === action);

/** Fields of one event, without those that are absent. */
export const fieldsOf = (event: Event | undefined): Record<string, FieldValue> =>
  Object.fromEntries(
    Object.entries(event?.fields ?? {}).filter(
      (entry): entry is [string, FieldValue] => entry[1] !== undefined,
    ),
  );

/** How often each kind occurs. */
export function counts(events: readonly Event[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { action } of events) result[action] = (result[action] ?? 0) + 1;
  return result;
}
