import { MAX_CAPTURED } from "./framer.js";

export const FILE_HEADER = 24;

/** What the file header of a classic pcap file says. Plain data. */
export interface PcapHeader {
  readonly little: boolean;
  /** Parts of a second in the time stamp's second word. */
  readonly units: 1_000_000 | 1_000_000_000;
  /** Bytes of a packet record's header: 24 in Kuznetzov's variant, which adds an interface index. */
  readonly header: 16 | 24;
  readonly linkType: number;
  /** The most bytes that a record may hold, as far as the snap length tells. */
  readonly limit: number;
}

type Variant = Pick<PcapHeader, "little" | "units" | "header">;

const VARIANTS: Record<number, Variant> = {
  2712847316: { little: false, units: 1_000_000, header: 16 }, // a1b2c3d4
  3569595041: { little: true, units: 1_000_000, header: 16 },
  2712812621: { little: false, units: 1_000_000_000, header: 16 }, // a1b23c4d
  1295823521: { little: true, units: 1_000_000_000, header: 16 },
  2712849716: { little: false, units: 1_000_000, header: 24 }, // a1b2cd34
  886944417: { little: true, units: 1_000_000, header: 24 },
};

/** Whether the bytes begin a classic pcap file. */
export function isPcap(head: Buffer): boolean {
  return head.length >= 4 && VARIANTS[head.readUInt32BE(0)] !== undefined;
}

/** Reads a file header of which all 24 bytes are there, and whose magic number {@link isPcap} knows. */
export function readPcapHeader(bytes: Buffer): PcapHeader {
  const variant = VARIANTS[bytes.readUInt32BE(0)]!;
  const snap = u32At(bytes, 16, variant.little);
  return {
    ...variant,
    // The upper bits hold the length of a frame check sequence.
    linkType: u32At(bytes, 20, variant.little) & 0x03ffffff,
    limit: snap > 0 && snap < MAX_CAPTURED ? snap : MAX_CAPTURED,
  };
}

/** The unsigned 32-bit number at `at`. */
export function u32At(bytes: Buffer, at: number, little: boolean): number {
  return little
    ? (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
    : ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
