import { openChunks, type Packing, packingOf, readHead, readUnpackedHead } from "../open.js";
import type { FoundFile } from "../walk.js";
import type { Complain, Entry } from "./entry.js";
import { type ArchiveKind, archiveKindOf, isOfficeDocument, KIND_BYTES } from "./kind.js";

/** How an archive on disk is opened. */
export interface Opening {
  packing: Packing;
  /** `again`: what comes out of the file is packed once more. */
  kind: ArchiveKind | "again";
}

/** Looks at a file's beginning. @returns `undefined` when it is no archive, or one that is not opened. Throws the system's error */
export async function openingOf(file: string): Promise<Opening | undefined> {
  const head = readHead(file, KIND_BYTES);
  const packing = packingOf(head);
  const inner = packing === "plain" ? head : await readUnpackedHead(file, packing, KIND_BYTES);
  if (isOfficeDocument(inner)) return undefined;
  const kind = archiveKindOf(inner);
  // Zip archives and mails are read at any place: what is packed around them comes off first.
  if (packing !== "plain" && (kind === "zip" || packingOf(inner) !== "plain"))
    return { packing, kind: "again" };
  return kind && { packing, kind };
}

/**
 * The entries of an archive.
 * @throws PackingError when it is damaged, after all readable entries were given; the system's error
 */
export async function* entriesOf(
  { absolute, shown }: FoundFile,
  { packing, kind }: Opening,
  complain: Complain,
): AsyncGenerator<Entry> {
  if (kind === "tar") yield* (await import("./tar.js")).tarEntries(openChunks(absolute, packing), complain);
  else if (kind === "zip") yield* (await import("./zip.js")).zipEntries(absolute, complain);
  else if (kind === "mail") yield* (await import("./mail.js")).mailEntries(absolute, packing);
  else yield { name: unpackedName(shown), kind: "file", chunks: () => openChunks(absolute, packing) };
}

/** As the programs name it that unpack: without what tells the packing. */
const unpackedName = (shown: string): string => {
  const name = shown.slice(shown.lastIndexOf("/") + 1);
  return name.replace(/\.(?:gz|zst|xz|bz2)$/i, "") || name;
};
