import { SourceClock } from "../clock/source-clock.js";
import { adapt } from "../decode/adapters.js";
import { EntryReader } from "../decode/journal/binary/entries.js";
import { shortLine } from "../decode/journal/binary/entry-text.js";
import { journalFile } from "../decode/journal/binary/format.js";
import { type JournalHeader, readHeader } from "../decode/journal/binary/header.js";
import { type JournalOptions, JournalReader } from "../decode/journal/binary/reader.js";
import { loadUnpackers } from "../decode/journal/binary/unpack.js";
import { TextAssembly } from "../decode/text/assembly.js";
import type { Composer } from "../decode/text/compose.js";
import { neededLiterals } from "../decode/text/needed.js";
import {
  openPlain,
  openUnpacked,
  type RandomAccess,
  type Unpacked,
  type UnpackingOptions,
} from "../evidence/random.js";
import type { Event } from "../model/event.js";
import { noteText } from "./accounts.js";
import { type ReadOptions, timesOf } from "./context.js";
import type { Kit } from "./kit.js";
import type { Surveyed } from "./survey.js";

/** A header and what may be added to it. */
const HEADER_BYTES = 4 << 10;

/**
 * The events of a journal file. The source's accounts are complete when the generator is done.
 * @throws what the system or the packing says, after what could be read
 */
export async function* journalEvents(
  surveyed: Surveyed,
  { clock, context, whole }: ReadOptions,
): AsyncGenerator<Event[]> {
  const { source, packing } = surveyed;
  const { kit, stages, work, progress, spill } = context;
  const file = await opened(surveyed, { dir: spill.dir, tap: progress });
  let batch: Event[] = [];
  let line = "";
  let lineAt = -1;
  const adapter = adapt({
    path: source.path,
    emit: (event) => {
      if (!kit.wanted || kit.wanted.has(event.action)) batch.push(event);
    },
    raw: whole === true,
  });
  const lines = new Map<number, string>();
  try {
    const reader = await readerOf(file, {
      ...howToRead(kit, whole),
      path: source.path,
      composer: kit.toolbox.composer,
      ...(whole && { observe: (record: string, offset: number) => lines.set(offset, shortLine(record)) }),
    });
    const assembly = new TextAssembly({
      source: source.id,
      path: source.path,
      stamper: new SourceClock(clock.completion),
      timed: timesOf(context, source.id),
      emit: (event) => {
        if (whole) {
          // An entry is shown once, by what it says itself: not again by the errors inside it.
          if (event.offset === lineAt) return;
          lineAt = event.offset;
          line = lines.get(event.offset) ?? "";
          event.fields["event.original"] = line;
        }
        adapter.push(event);
      },
    });
    for (;;) {
      const before = stages.enter("read");
      const segment = reader.next();
      if (segment) assembly.take(segment);
      stages.enter(before);
      lines.clear();
      if (!segment) break;
      work.bytes += segment.end - segment.begin;
      if (packing === "plain") progress(segment.end - segment.begin);
      if (batch.length === 0) continue;
      yield batch;
      batch = [];
    }
    reader.close();
    assembly.end();
    adapter.end();
    noteText(source, assembly, work, context.kit.toolbox);
    source.problems.push(...reader.problems);
    if (batch.length > 0) yield batch;
    if (file.failure) throw file.failure;
  } finally {
    file.close();
  }
}

/**
 * All entries in the order of the file.
 * @param see takes an entry in export form (latin1) and its offset, and says whether more are wanted
 * @throws as {@link journalEvents}
 */
export async function eachEntry(
  surveyed: Surveyed,
  composer: Composer,
  see: (record: string, offset: number) => boolean,
): Promise<void> {
  const file = await opened(surveyed, {});
  let goesOn = true;
  try {
    const reader = await readerOf(file, {
      path: surveyed.source.path,
      composer,
      wants: () => false,
      everyStamp: true,
      observe: (record, offset) => {
        if (goesOn) goesOn = see(record, offset);
      },
    });
    while (goesOn && reader.next());
    reader.close();
  } finally {
    file.close();
  }
}

/** The entries at these offsets as reports quote them: latin1, by offset. Throws as {@link journalEvents}. */
export async function quotesOfJournal(
  surveyed: Surveyed,
  wanted: readonly { offset: number }[],
): Promise<Map<number, string>> {
  const file = await opened(surveyed, {});
  try {
    const header = headerOf(file);
    const reader = new EntryReader(file, header, await loadUnpackers(header.flags));
    const texts = wanted.map(({ offset }) => [offset, reader.textAt(offset)] as const);
    return new Map(
      texts.flatMap(([offset, text]) => (text === undefined ? [] : [[offset, shortLine(text)]])),
    );
  } finally {
    file.close();
  }
}

/** The file, unpacked where it is packed. */
async function opened(
  { file, packing }: Surveyed,
  options: UnpackingOptions,
): Promise<RandomAccess & Partial<Unpacked>> {
  return packing === "plain" ? openPlain(file.absolute) : openUnpacked(file.absolute, packing, options);
}

function headerOf(file: RandomAccess): JournalHeader {
  const head = Buffer.alloc(HEADER_BYTES);
  return readHeader(head.subarray(0, file.read(head, 0)));
}

async function readerOf(file: RandomAccess, options: JournalOptions): Promise<JournalReader> {
  const header = headerOf(file);
  return new JournalReader(file, header, await loadUnpackers(header.flags), options);
}

/** Which entries are read, and which stamps the clock sees: those that it would see of any other form of the journal. */
function howToRead(
  { wanted, toolbox, prefilter }: Kit,
  whole = false,
): Pick<JournalOptions, "literals" | "wants" | "everyStamp"> {
  if (!wanted || whole) return { everyStamp: true };
  const wants = (action: string) => wanted.has(action);
  const literals = neededLiterals(journalFile, toolbox.messages, wants);
  return { wants, literals: prefilter ? literals : undefined, everyStamp: literals === undefined };
}
