import type { StampSample } from "../clock/observed.js";
import { journalFile } from "../decode/journal/binary/format.js";
import { type JournalHeader, readHeader } from "../decode/journal/binary/header.js";
import { JournalReader } from "../decode/journal/binary/reader.js";
import { loadUnpackers } from "../decode/journal/binary/unpack.js";
import type { Composer } from "../decode/text/compose.js";
import { type Packing, readUnpackedHead } from "../evidence/open.js";
import { inBuffer, openPlain, type RandomAccess } from "../evidence/random.js";
import { stampSample } from "./samples.js";

/** Of a packed file so much behind its tables is unpacked to look at its first entries … */
const BEHIND_TABLES = 1 << 20;
/** … unless its tables are larger than those of a journal of some gigabytes. */
const LARGEST_TABLES = 64 << 20;

const SECOND_US = 1e6;

/**
 * The stamps of a journal file's first entries, and when its last one was written.
 *
 * @param head the file's beginning, unpacked
 * @param most samples that are enough
 * @throws what says why the file cannot be read at all
 */
export async function sampleJournal(
  file: string,
  packing: Packing,
  head: Buffer,
  composer: Composer,
  most: number,
): Promise<StampSample[]> {
  const header = readHeader(head);
  const samples: StampSample[] = [];
  const access = await beginningOf(file, packing, header);
  try {
    const reader = new JournalReader(access, header, await loadUnpackers(header.flags), {
      path: "",
      composer,
      observe: (record) => {
        const composed =
          samples.length < most ? composer.compose(journalFile, journalFile.shapes[0]!, record) : undefined;
        if (composed) samples.push(stampSample(samples.length + 1, composed, samples.at(-1)));
      },
    });
    while (samples.length < most && reader.next());
    reader.close();
  } finally {
    access.close();
  }
  const { entries, tailRealtime } = header;
  const text = `${Math.floor(tailRealtime / SECOND_US)}.${String(tailRealtime % SECOND_US).padStart(6, "0")}`;
  if (tailRealtime > 0) samples.push({ line: entries, outer: { kind: "epoch", text } });
  return samples;
}

async function beginningOf(
  file: string,
  packing: Packing,
  { tablesEnd }: JournalHeader,
): Promise<RandomAccess> {
  if (packing === "plain") return openPlain(file);
  if (tablesEnd > LARGEST_TABLES) return inBuffer(Buffer.alloc(0));
  return inBuffer(await readUnpackedHead(file, packing, tablesEnd + BEHIND_TABLES));
}
