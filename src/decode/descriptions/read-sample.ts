import { MessageIndex } from "../../grammar/index/index.js";
import type { Grammar } from "../../grammar/types.js";
import type { Fields } from "../../model/event.js";
import { decodedEnvelopes, tableFormat, tableHead } from "../envelopes.js";
import { PacketReader } from "../packet/reader.js";
import { Composer } from "../text/compose.js";
import { TextReader } from "../text/reader.js";
import { timeless } from "../text/timeless.js";
import type { Description } from "./index.js";

/** An event of a sample, before it has a time. */
export interface SampleEvent {
  action: string;
  fields: Fields;
}

/** The decoder of a format that reads text; `undefined` for captures. */
export function decoderOf({ name, sample = "" }: Description): Grammar | undefined {
  const known = decodedEnvelopes.find((grammar) => grammar.name === name);
  return known ?? tableFormat(tableHead(sample));
}

/** What a description's sample says when the format's own decoder reads it. */
export function readSample(description: Description): SampleEvent[] {
  const bytes = Buffer.from(description.sample ?? "", "latin1");
  const grammar = decoderOf(description);
  return grammar ? readRecords(bytes, grammar) : readCapture(bytes);
}

function readCapture(bytes: Buffer): SampleEvent[] {
  const events: SampleEvent[] = [];
  const reader = new PacketReader(0, (batch) => events.push(...batch));
  reader.push(bytes);
  reader.end();
  return events;
}

function readRecords(bytes: Buffer, grammar: Grammar): SampleEvent[] {
  const events: SampleEvent[] = [];
  const reader = new TextReader({
    source: 0,
    path: "sample",
    detection: { ranked: [{ grammar, claimed: 1 }], records: 1, pasted: false },
    envelopes: [grammar],
    composer: new Composer({ bodies: [], messages: new MessageIndex([]) }),
    stamper: timeless,
    emit: (event) => events.push(ofPacket(event)),
  });
  reader.push(bytes);
  reader.end();
  return events;
}

/** tshark's records carry the kind of their packet among their fields. */
function ofPacket({ action, fields }: SampleEvent): SampleEvent {
  const { "event.action": own, ...rest } = fields;
  return typeof own === "string" ? { action: own, fields: rest } : { action, fields };
}
