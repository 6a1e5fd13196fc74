/** What the head of a frame says (RFC 8878, 3.1.1.1). */
export interface Frame {
  readonly kind: "frame";
  /** Bytes of the head. */
  readonly bytes: number;
  /** So far back, in bytes, what is unpacked refers to what was unpacked before. */
  readonly window: number;
  /** Unpacked bytes, if it says so. */
  readonly content: number | undefined;
  readonly hasChecksum: boolean;
}

/** A frame of so many bytes that is to be skipped (3.1.2). */
export interface Skipped {
  readonly kind: "skipped";
  readonly bytes: number;
}

/** No head is longer. */
export const MOST_HEAD = 18;

const MAGIC = 0xfd2fb528;
const SKIPPED = 0x184d2a50;
const DICTIONARY_BYTES = [0, 1, 2, 4];
const CONTENT_BYTES = [0, 2, 4, 8];

/**
 * Reads the head of a frame.
 * @param bytes the frame's first, {@link MOST_HEAD} or as many as there are
 * @returns `undefined` when it is none that can be unpacked here: damaged, cut, of another kind, or packed with a dictionary
 */
export function readHead(bytes: Buffer): Frame | Skipped | undefined {
  if (bytes.length < 5) return undefined;
  const magic = bytes.readUInt32LE(0);
  if ((magic & 0xfffffff0) >>> 0 === SKIPPED)
    return bytes.length < 8 ? undefined : { kind: "skipped", bytes: 8 + bytes.readUInt32LE(4) };
  const descriptor = bytes[4]!;
  if (magic !== MAGIC || descriptor & 8) return undefined;
  const isOneSegment = (descriptor & 32) !== 0;
  const dictionaryAt = isOneSegment ? 5 : 6;
  const contentAt = dictionaryAt + DICTIONARY_BYTES[descriptor & 3]!;
  const size = CONTENT_BYTES[descriptor >>> 6]! || Number(isOneSegment);
  const end = contentAt + size;
  if (bytes.length < end || bytes.subarray(dictionaryAt, contentAt).some((byte) => byte !== 0))
    return undefined;
  const content = contentOf(bytes, contentAt, size);
  return {
    kind: "frame",
    bytes: end,
    window: isOneSegment ? content! : windowOf(bytes[5]!),
    content,
    hasChecksum: (descriptor & 4) !== 0,
  };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentOf(bytes: Buffer, at: number, size: number): number | undefined {
  if (size === 0) return undefined;
  if (size === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, size) + (size === 2 ? 256 : 0);
}
