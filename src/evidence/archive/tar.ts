import { PackingError } from "../packing-error.js";
import { ByteStream } from "./byte-stream.js";
import { bare, type Complain, type Entry } from "./entry.js";
import { BLOCK_BYTES, readPax, readTarHeader, type TarHeader } from "./tar-header.js";
import { readNewSparse, readOldSparse, type Sparse, withHoles } from "./tar-sparse.js";

/** What is said of an entry before it is never longer than this, in bytes. */
const MOST_SAID = 1 << 20;

const KINDS: Readonly<Record<string, Entry["kind"]>> = {
  "0": "file",
  "7": "file",
  S: "file",
  "1": "link",
  "2": "link",
  "5": "folder",
};

/** What records before an entry say of it. */
interface Said {
  name?: string | undefined;
  pax: ReadonlyMap<string, string>;
}

/**
 * The entries of a tar archive in its order: those of POSIX (ustar, pax), GNU and older programs, also several archives one after the
 * other. Where a head is damaged, the next good one is looked for.
 *
 * @param chunks the archive's bytes; each is only looked at until the next is asked for
 * @throws PackingError when it breaks off, after all readable entries were given; what `chunks` throws
 */
export async function* tarEntries(chunks: AsyncIterable<Buffer>, complain: Complain): AsyncGenerator<Entry> {
  const source = new ByteStream(chunks);
  let said: Said = { pax: new Map() };
  let isEnded = true;
  try {
    for (;;) {
      const at = source.position;
      const block = await source.take(BLOCK_BYTES);
      if (block.length === 0) break;
      isEnded = block.every((byte) => byte === 0);
      if (isEnded) continue;
      const header = readTarHeader(block) ?? (await findHeader(source, at, complain));
      if (!header) return;
      if (/[xgLKV]/.test(header.type)) {
        said = await readSaid(header, source, said);
        await source.skip(padded(header.size) - header.size);
        continue;
      }
      const { entry, end } = await entryOf(header, block, source, said);
      said = { pax: new Map() };
      yield entry;
      await source.skip(Math.max(0, end - source.position));
      if (source.position < end) throw new PackingError(`it breaks off inside ${entry.name}`);
      await source.skip(padded(end) - end);
    }
    if (!isEnded) complain("it has no end mark: perhaps it was cut, and more entries were in it");
  } finally {
    await source.close();
  }
}

/** What an entry has fills whole blocks. */
const padded = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;

/** Reads the bytes of what is no entry, but says something of the next. */
async function readSaid({ type, size }: TarHeader, source: ByteStream, before: Said): Promise<Said> {
  if (size > MOST_SAID) throw new PackingError("what is said of an entry is longer than 1 MiB");
  const bytes = await source.take(size);
  if (type === "L") return { ...before, name: bytes.toString("utf8").replace(/\0.*$/s, "") };
  return type === "x" ? { ...before, pax: readPax(bytes) } : before;
}

/** @returns the entry, and where in the archive its bytes end */
async function entryOf(
  header: TarHeader,
  block: Buffer,
  source: ByteStream,
  { name, pax }: Said,
): Promise<{ entry: Entry; end: number }> {
  const shown = pax.get("GNU.sparse.name") ?? pax.get("path") ?? name ?? header.name;
  const size = Number(pax.get("size") ?? header.size);
  const kind = KINDS[header.type] ?? "special";
  if (kind !== "file")
    return {
      entry: { ...bare(shown, kind), target: pax.get("linkpath") ?? header.target },
      end: source.position + (kind === "special" ? size : 0),
    };
  let sparse: Sparse | undefined;
  // In the old form, the table is a part of the head; in the new one, of the file.
  if (header.type === "S") sparse = await readOldSparse(block, source);
  const end = source.position + size;
  if (pax.get("GNU.sparse.major") === "1")
    sparse = await readNewSparse(Number(pax.get("GNU.sparse.realsize")), source);
  const chunks = () => (sparse ? withHoles(sparse, source) : source.stream(size));
  return { entry: { name: shown, kind, chunks }, end };
}

/** Looks for the next block that is an entry's head. What lies before it is lost, and told. */
async function findHeader(
  source: ByteStream,
  from: number,
  complain: Complain,
): Promise<TarHeader | undefined> {
  for (;;) {
    const at = source.position;
    const block = await source.take(BLOCK_BYTES);
    const header = block.length === BLOCK_BYTES ? readTarHeader(block) : undefined;
    if (!header && block.length === BLOCK_BYTES) continue;
    const lost = (header ? at : source.position) - from;
    complain(
      `byte ${from} of the archive is where an entry should begin, but does not; ${lost} bytes were passed over`,
    );
    return header;
  }
}
