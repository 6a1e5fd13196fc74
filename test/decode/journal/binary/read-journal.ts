import { SourceClock, UNKNOWN } from "../../../../src/clock/source-clock.js";
import { readHeader } from "../../../../src/decode/journal/binary/header.js";
import { type JournalOptions, JournalReader } from "../../../../src/decode/journal/binary/reader.js";
import { loadUnpackers } from "../../../../src/decode/journal/binary/unpack.js";
import { TextAssembly } from "../../../../src/decode/text/assembly.js";
import { inBuffer } from "../../../../src/evidence/random.js";
import { grammars } from "../../../../src/grammar/generated.js";
import type { Event } from "../../../../src/model/event.js";
import type { Problem } from "../../../../src/model/source.js";
import { toolboxOf } from "../../../../src/run/survey.js";

const { composer } = toolboxOf(grammars);

/** What was read of a journal file. */
export interface ReadJournal {
  events: Event[];
  /** The entries that were looked at, in export form (latin1), by their offset. */
  entries: Map<number, string>;
  problems: Problem[];
  assembly: TextAssembly;
}

/** Reads a journal file as the program does. */
export async function readJournal(
  bytes: Buffer,
  options: Partial<JournalOptions> = {},
): Promise<ReadJournal> {
  const header = readHeader(bytes);
  const events: Event[] = [];
  const entries = new Map<number, string>();
  const reader = new JournalReader(inBuffer(bytes), header, await loadUnpackers(header.flags), {
    path: "evidence",
    composer,
    observe: (record, offset) => entries.set(offset, record),
    ...options,
  });
  const assembly = new TextAssembly({
    source: 0,
    path: "evidence",
    stamper: new SourceClock({ ...UNKNOWN, origin: 0 }),
    emit: (event) => events.push(event),
  });
  for (let segment = reader.next(); segment; segment = reader.next()) assembly.take(segment);
  assembly.end();
  reader.close();
  return { events, entries, problems: reader.problems, assembly };
}
