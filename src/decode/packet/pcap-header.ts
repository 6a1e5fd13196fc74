import { MAX_CAPTURED } from "./framer.js";

export const FILE_HEADER = 24;
/** So many bytes of a file tell how its records are headed. */
export const FILE_BEGINNING = FILE_HEADER + 4096;
/** Every record's header begins with time (two words), captured and original length. */
const COMMON = 16;

/** What the file header of a classic pcap file says. Plain data. */
export interface PcapHeader {
  readonly little: boolean;
  /** Parts of a second in the time stamp's second word. */
  readonly units: 1_000_000 | 1_000_000_000;
  /** Bytes of a packet record's header: more than 16 where a writer added fields of its own. */
  readonly header: number;
  readonly linkType: number;
  /** The most bytes that a record may hold, as far as the snap length tells. */
  readonly limit: number;
}

interface Variant extends Pick<PcapHeader, "little" | "units"> {
  /**
   * Lengths of record headers that files with this magic number have, the usual one first (Wireshark, wiretap/libpcap.h): 24 and 28 are Kuznetzov's, with
   * interface, protocol and kind of packet, of which one version has the usual magic number; 20 is Nokia's.
   */
  headers: readonly number[];
}

const USUAL = [COMMON, 24, 20];
const MODIFIED = [24, 28];
const VARIANTS: ReadonlyMap<number, Variant> = new Map([
  [0xa1b2c3d4, { little: false, units: 1_000_000, headers: USUAL }],
  [0xd4c3b2a1, { little: true, units: 1_000_000, headers: USUAL }],
  [0xa1b23c4d, { little: false, units: 1_000_000_000, headers: [COMMON] }],
  [0x4d3cb2a1, { little: true, units: 1_000_000_000, headers: [COMMON] }],
  [0xa1b2cd34, { little: false, units: 1_000_000, headers: MODIFIED }],
  [0x34cdb2a1, { little: true, units: 1_000_000, headers: MODIFIED }],
]);

/** Whether the bytes begin a classic pcap file. */
export function isPcap(head: Buffer): boolean {
  return head.length >= 4 && VARIANTS.has(head.readUInt32BE(0));
}

/**
 * Reads a file header of which all 24 bytes are there, and whose magic number {@link isPcap} knows.
 * @param bytes the file's beginning: {@link FILE_BEGINNING} bytes, if it has so many
 */
export function readPcapHeader(bytes: Buffer): PcapHeader {
  const { headers, ...variant } = VARIANTS.get(bytes.readUInt32BE(0))!;
  const snap = u32At(bytes, 16, variant.little);
  const beginning = bytes.subarray(0, FILE_BEGINNING);
  const isWhole = bytes.length < FILE_BEGINNING;
  // The usual one, unless the records contradict it and bear out another.
  const header = headers.find((size) => isBorneOut(beginning, size, variant, isWhole)) ?? headers[0]!;
  return {
    ...variant,
    header,
    // The upper bits hold the length of a frame check sequence.
    linkType: u32At(bytes, 20, variant.little) & 0x03ffffff,
    limit: snap > 0 && snap < MAX_CAPTURED ? snap : MAX_CAPTURED,
  };
}

/** Whether all records that begin in these bytes have possible headers, if headers have so many bytes: two at least, or one that ends the file. */
function isBorneOut(
  bytes: Buffer,
  header: number,
  { little, units }: Pick<PcapHeader, "little" | "units">,
  isWhole: boolean,
): boolean {
  let seen = 0;
  let at = FILE_HEADER;
  for (; at + COMMON <= bytes.length; seen++) {
    const captured = u32At(bytes, at + 8, little);
    const original = u32At(bytes, at + 12, little);
    if (u32At(bytes, at + 4, little) >= units || captured > MAX_CAPTURED || captured > original) return false;
    at += header + captured;
  }
  return seen > 1 || (seen === 1 && isWhole && at === bytes.length);
}

/** The unsigned 32-bit number at `at`. */
export function u32At(bytes: Buffer, at: number, little: boolean): number {
  return little
    ? (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
    : ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
