import { SourceClock, UNKNOWN } from "../../src/clock/source-clock.js";
import { adapt } from "../../src/decode/adapters.js";
import { tableFormat, tableHead } from "../../src/decode/envelopes.js";
import type { RawRecord } from "../../src/decode/text/compose.js";
import { detect } from "../../src/decode/text/detect.js";
import { TextReader } from "../../src/decode/text/reader.js";
import { grammars } from "../../src/grammar/generated.js";
import type { Event } from "../../src/model/event.js";
import { toolboxOf } from "../../src/run/survey.js";

const toolbox = toolboxOf(grammars);

/** Reads evidence as the program does, in chunks of `size` bytes: the events, and every record with who claimed it. */
export function readText(
  evidence: Buffer | string,
  size = 1 << 20,
): { events: Event[]; records: (RawRecord & { by: string | undefined })[]; reader: TextReader } {
  const bytes = typeof evidence === "string" ? Buffer.from(evidence, "latin1") : evidence;
  const sample = bytes.toString("latin1", 0, 128 << 10);
  const table = tableFormat(tableHead(sample));
  const events: Event[] = [];
  const records: (RawRecord & { by: string | undefined })[] = [];
  const adapter = adapt({ path: "evidence", emit: (event) => events.push(event) });
  const reader = new TextReader({
    source: 0,
    path: "evidence",
    detection: detect(sample, table ? [table, ...toolbox.envelopes] : toolbox.envelopes),
    envelopes: toolbox.envelopes,
    composer: toolbox.composer,
    stamper: new SourceClock({ ...UNKNOWN, origin: 0 }),
    emit: (event) => adapter.push(event),
    observe: (record, claim) => records.push({ ...record, by: claim?.grammar.name }),
  });
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  adapter.end();
  return { events, records, reader };
}

/** Checks that every byte but line ends belongs to exactly one record, at the line and offset that it says. */
export function misplaced(bytes: Buffer, records: readonly RawRecord[]): string[] {
  const wrong: string[] = [];
  let at = 0;
  let line = 1;
  for (const record of records) {
    if (record.offset !== at || record.line !== line)
      wrong.push(`line ${record.line}, byte ${record.offset} should be line ${line}, byte ${at}`);
    const text = bytes.toString("latin1", record.offset, record.offset + record.length);
    line += text.split("\n").length;
    at = record.offset + record.length + 1;
  }
  if (at < bytes.length) wrong.push(`the end, from byte ${at}, is in no record`);
  return wrong.slice(0, 5);
}
