// The file format of systemd's journal, as systemd.io/JOURNAL_FILE_FORMAT describes it and src/libsystemd/sd-journal/journal-def.h
// declares it: a header, then objects one behind the other, each aligned to eight bytes. All numbers are little endian, sizes and offsets in
// bytes, times in µs.

/** What a journal file begins with. */
export const SIGNATURE = "LPKSHHRH";

/** The header's fields that are read, by their offsets. */
export const HEADER = {
  compatibleFlags: 8,
  incompatibleFlags: 12,
  state: 16,
  headerSize: 88,
  arenaSize: 96,
  /** Offset and size of the hash tables. */
  dataTable: 104,
  fieldTable: 120,
  tailObjectOffset: 136,
  entryCount: 152,
  tailEntryRealtime: 192,
} as const;

/** A header has at least the fields of the first version. */
export const LEAST_HEADER = 208;

/** `HEADER_INCOMPATIBLE_…`: who does not know one of these flags cannot read the file. */
export const FLAG = { xz: 1, lz4: 2, keyedHash: 4, zstd: 8, compact: 16 } as const;
export const KNOWN_FLAGS = FLAG.xz | FLAG.lz4 | FLAG.keyedHash | FLAG.zstd | FLAG.compact;

/** `STATE_ONLINE`: somebody had the file open for writing. */
export const ONLINE = 1;

/** Types of objects: what is not named here (hash tables, chains, seals) is of no interest. Those from 8 on are yet to be invented. */
export const OBJECT = { data: 1, entry: 3, last: 15 } as const;

/** Every object begins with its type, its flags, six reserved bytes and its size, itself included. */
export const OBJECT_HEADER = 16;
export const ALIGNMENT = 8;

/** `OBJECT_COMPRESSED_…`: how the payload of a data object is packed. */
export const PACKED = { xz: 1, lz4: 2, zstd: 4 } as const;
export const PACKED_ANY = PACKED.xz | PACKED.lz4 | PACKED.zstd;

/** An entry's fields that are read, by their offsets; then come the offsets of its data objects. */
export const ENTRY = { sequence: 16, realtime: 24, items: 64 } as const;

/** Where the payload of a data object begins, and how far the items of an entry lie apart. */
export interface Shape {
  readonly payload: number;
  readonly item: number;
}

/** Compact files have room for two more numbers in data objects, and offsets of four bytes in entries. */
export const shapeOf = (isCompact: boolean): Shape =>
  isCompact ? { payload: 72, item: 4 } : { payload: 64, item: 16 };

/** The place behind an object where the next one begins. */
export const aligned = (offset: number): number => offset + (-offset & (ALIGNMENT - 1));

/** 64 bits, little endian; beyond 2^53 it is inexact, and far beyond any file. */
export function u64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
}
