import { isMail } from "./mail-head.js";
import { BLOCK_BYTES, readTarHeader } from "./tar-header.js";

/** What holds several files. */
export type ArchiveKind = "tar" | "zip" | "mail";

/** So much of a file tells whether it is an archive, in bytes: the head of a mail is the longest. */
export const KIND_BYTES = 16 << 10;

/**
 * Tells an archive by its first bytes, unpacked: a tar by the checksum of its first entry, a zip by its signatures, a mail by
 * headers that say that there is something to decode.
 */
export function archiveKindOf(head: Buffer): ArchiveKind | undefined {
  const signature = head.toString("latin1", 0, 4);
  // The second one is that of the directory's end: nothing is in it.
  if (signature === "PK\x03\x04" || signature === "PK\x05\x06") return "zip";
  if (readTarHeader(head.subarray(0, BLOCK_BYTES))) return "tar";
  return isMail(head) ? "mail" : undefined;
}

/** Documents of office programs are zip archives as well: what they begin with (OPC, part 2; ODF 1.3, part 2, 3.3). */
export const isOfficeDocument = (head: Buffer): boolean =>
  /^PK\x03\x04.{22}..(?:\[Content_Types\]\.xml|mimetypeapplication\/vnd\.oasis)/s.test(
    head.toString("latin1", 0, 200),
  );
