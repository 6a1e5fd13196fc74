import type { Readable } from "node:stream";
import yauzl, { type ZipEntry, type ZipFile } from "yauzl";
import { PackingError } from "../packing-error.js";
import { bare, type Complain, type Entry } from "./entry.js";
import { PACKED_METHODS, verified, whyUnreadable } from "./zip-data.js";
import { entriesWithoutDirectory } from "./zip-salvage.js";

/** What made the archive knows the modes of Unix (APPNOTE.TXT 4.4.2), which lie in the upper half of the attributes. */
const UNIX = 3;
const FILE_TYPE = 0o170000;
const LINK = 0o120000;
const REGULAR = 0o100000;

/**
 * The entries of a zip archive in the order of its directory, or, where the end with the directory is missing, as they are met.
 *
 * @throws PackingError when the directory is damaged, after all readable entries were given; the system's error
 */
export async function* zipEntries(file: string, complain: Complain): AsyncGenerator<Entry> {
  let zip: ZipFile;
  try {
    zip = await yauzl.openPromise(file, { autoClose: false, decodeStrings: false, lazyEntries: true });
  } catch (error) {
    if (isSystems(error)) throw error;
    complain(
      `its directory can't be read (${(error as Error).message}): its entries were looked for one after the other`,
    );
    yield* entriesWithoutDirectory(file);
    return;
  }
  try {
    for await (const entry of zip.eachEntry()) yield entryOf(zip, entry);
  } catch (error) {
    throw isSystems(error) ? error : new PackingError((error as Error).message);
  } finally {
    zip.close();
  }
}

const isSystems = (error: unknown) => typeof (error as NodeJS.ErrnoException).syscall === "string";

function entryOf(zip: ZipFile, entry: ZipEntry): Entry {
  const { generalPurposeBitFlag, fileName, extraFields, compressionMethod } = entry;
  const name = yauzl
    .getFileNameLowLevel(generalPurposeBitFlag, fileName, extraFields, false)
    .replaceAll("\\", "/");
  const kind = kindOf(name, entry);
  if (kind !== "file") return bare(name, kind);
  const unreadable = whyUnreadable(entry.isEncrypted(), compressionMethod);
  const chunks = () => chunksOf(zip, entry);
  return unreadable === undefined ? { name, kind, chunks } : { name, kind, chunks, unreadable };
}

function kindOf(name: string, { versionMadeBy, externalFileAttributes }: ZipEntry): Entry["kind"] {
  if (name.endsWith("/")) return "folder";
  const type = versionMadeBy >> 8 === UNIX ? (externalFileAttributes >>> 16) & FILE_TYPE : 0;
  if (type === LINK) return "link";
  return type === 0 || type === REGULAR ? "file" : "special";
}

async function* chunksOf(zip: ZipFile, entry: ZipEntry): AsyncGenerator<Buffer> {
  const asItIs = PACKED_METHODS.has(entry.compressionMethod);
  let stream: Readable;
  try {
    stream = await zip.openReadStreamPromise(entry, asItIs ? { decodeFileData: false } : {});
    if (asItIs) yield* stream as AsyncIterable<Buffer>;
    else yield* verified(stream as AsyncIterable<Buffer>, entry.crc32);
  } catch (error) {
    if (error instanceof PackingError || isSystems(error)) throw error;
    throw new PackingError((error as Error).message);
  }
}
