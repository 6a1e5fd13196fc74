import { textOf } from "../../grammar/bytes.js";
import { type FieldSheet, type FormatSheet, kindOfValue } from "../../grammar/sheet.js";
import type { Fields } from "../../model/event.js";
import { type Description, descriptions } from "./index.js";
import { decoderOf, readSample, type SampleEvent } from "./read-sample.js";

const BYTES_A_LINE = 16;

/** The sheet of a format that code reads: events and fields are those of its sample. */
export function sheetOfDecoder(description: Description): FormatSheet {
  const { like, sample, ...head } = description;
  const shown = like === undefined ? description : descriptions.find(({ name }) => name === like)!;
  const events = readSample(shown);
  const own = sample === undefined ? undefined : events.at(-1);
  return {
    ...head,
    layer: "decoder",
    set: {},
    events: eventsOf(events),
    sample: own && { text: sampleText(description), event: own.action, fields: own.fields },
  };
}

function eventsOf(read: readonly SampleEvent[]): FormatSheet["events"] {
  const events = new Map<string, FieldSheet[]>();
  for (const { action, fields } of read) if (!events.has(action)) events.set(action, fieldsOf(fields));
  return [...events].map(([name, fields]) => ({ name, fields }));
}

const fieldsOf = (fields: Fields): FieldSheet[] =>
  Object.entries(fields)
    .filter(([name, value]) => value !== undefined && name !== "@timestamp.kind")
    .map(([name, value]) =>
      name === "@timestamp"
        ? { name, type: "stamp", values: [String(fields["@timestamp.kind"])] }
        : { name, type: kindOfValue(value).type, values: [] },
    );

/** The sample as people can see it: text, or a dump of its bytes. */
function sampleText(description: Description): string {
  const bytes = Buffer.from(description.sample!, "latin1");
  if (decoderOf(description)) return textOf(description.sample!).trimEnd();
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
    const hex = bytes.toString("hex", at, at + BYTES_A_LINE).replace(/..(?=.)/g, "$& ");
    lines.push(`${at.toString(16).padStart(4, "0")}  ${hex}`);
  }
  return lines.join("\n");
}
