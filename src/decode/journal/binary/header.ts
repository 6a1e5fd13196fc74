import {
  FLAG,
  HEADER,
  KNOWN_FLAGS,
  LEAST_HEADER,
  ONLINE,
  type Shape,
  SIGNATURE,
  shapeOf,
  u64,
} from "./layout.js";

/** What a journal file's header says. Sizes and offsets in bytes. */
export interface JournalHeader {
  /** Where the first object begins. */
  readonly size: number;
  /** Where the part ends that is in use or reserved; the file is shorter when it was cut. */
  readonly end: number;
  /** Where the tables end that stand before the first entry. */
  readonly tablesEnd: number;
  /** Where the last object begins; 0: there is none. */
  readonly tail: number;
  /** Entries in the file, as its writer counted them. */
  readonly entries: number;
  /** When the last entry was written: µs UTC, 0: never. */
  readonly tailRealtime: number;
  /** Nobody had closed the file when it was copied. */
  readonly isOnline: boolean;
  readonly shape: Shape;
  readonly flags: number;
}

/** Is this the beginning of a journal file? */
export function isJournal(head: Buffer): boolean {
  return head.length >= LEAST_HEADER && head.toString("latin1", 0, SIGNATURE.length) === SIGNATURE;
}

/** Why a journal file cannot be read at all, and what to do. */
export class UnreadableJournal extends Error {}

/** Reads the header at the beginning of a file for which {@link isJournal} holds. Throws {@link UnreadableJournal}. */
export function readHeader(head: Buffer): JournalHeader {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const flags = view.getUint32(HEADER.incompatibleFlags, true);
  const unknown = flags & ~KNOWN_FLAGS;
  if (unknown !== 0)
    throw new UnreadableJournal(
      `a journal file whose header asks for features (0x${(unknown >>> 0).toString(16)}) that are newer than this program; print it with journalctl --file FILE -o export, where there is a newer one`,
    );
  const size = u64(view, HEADER.headerSize);
  if (size < LEAST_HEADER || size > 1 << 20)
    throw new UnreadableJournal(
      `a journal file whose header is damaged (${size} bytes long); nothing behind it can be found`,
    );
  const endOf = (offset: number) => u64(view, offset) + u64(view, offset + 8);
  return {
    size,
    tablesEnd: Math.max(size, endOf(HEADER.dataTable), endOf(HEADER.fieldTable)),
    end: size + u64(view, HEADER.arenaSize),
    tail: u64(view, HEADER.tailObjectOffset),
    entries: u64(view, HEADER.entryCount),
    tailRealtime: u64(view, HEADER.tailEntryRealtime),
    isOnline: head[HEADER.state] === ONLINE,
    shape: shapeOf((flags & FLAG.compact) !== 0),
    flags,
  };
}
