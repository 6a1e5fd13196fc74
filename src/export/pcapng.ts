/**
 * Writes pcapng (draft-ietf-opsawg-pcapng), little-endian: a section, the interfaces as they come up, and packets byte for byte as they
 * were captured, with nanosecond stamps.
 */

/** Where a packet was captured. */
export interface CapturedOn {
  /** www.tcpdump.org/linktypes.html */
  linkType: number;
  /** The interface's name, where the capture tells it. */
  name: string | undefined;
  /** The capture that it is from. */
  source: string;
}

export interface CapturedPacket {
  on: CapturedOn;
  /** As stamped: µs since the epoch and nanoseconds below it; NaN where the capture has no time for it. */
  time: number;
  ns: number;
  bytes: Uint8Array;
  /** Its length on the wire. */
  original: number;
  direction?: string | undefined;
  comment: string;
}

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

const OPTION = {
  comment: 1,
  interfaceName: 2,
  interfaceDescription: 3,
  /** Of a packet block. */
  flags: 2,
  resolution: 9,
  application: 4,
} as const;

/** The same for all interfaces: libpcap refuses files whose interfaces differ in it. No packet record holds more (MAXIMUM_SNAPLEN). */
const SNAP_LENGTH = 262144;
const NANOSECONDS = 9;
/** Inbound and outbound, in the two lowest bits of a packet's flags. */
const DIRECTIONS: Readonly<Record<string, number>> = { In: 1, Out: 2 };

/** A file's blocks; an interface is described before its first packet. */
export class PcapngWriter {
  private readonly interfaces = new Map<string, number>();

  /** What the file begins with. @param application the program that writes it */
  begin(application: string): Uint8Array {
    const body = Buffer.alloc(16);
    body.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
    body.writeUInt16LE(1, 4);
    body.writeUInt16LE(0, 6);
    // The length of the section is not known before its end.
    body.writeBigInt64LE(-1n, 8);
    return block(SECTION, [body, options([[OPTION.application, text(application)]])]);
  }

  /** A packet's block, after that of its interface where this is the first of it. */
  packet({ on, time, ns, bytes, original, direction, comment }: CapturedPacket): Uint8Array {
    const key = JSON.stringify([on.source, on.linkType, on.name]);
    const known = this.interfaces.get(key);
    const id = known ?? this.interfaces.size;
    this.interfaces.set(key, id);
    const head = Buffer.alloc(20);
    const stamp = Number.isNaN(time) ? 0n : BigInt(Math.floor(time)) * 1000n + BigInt(ns);
    head.writeUInt32LE(id, 0);
    head.writeUInt32LE(Number(stamp >> 32n), 4);
    head.writeUInt32LE(Number(stamp & 0xffffffffn), 8);
    head.writeUInt32LE(bytes.length, 12);
    head.writeUInt32LE(original, 16);
    const flags = direction === undefined ? undefined : DIRECTIONS[direction];
    const block_ = block(PACKET, [
      head,
      padded(bytes),
      options([
        [OPTION.comment, text(comment)],
        ...(flags === undefined ? [] : [[OPTION.flags, u32(flags)] as const]),
      ]),
    ]);
    return known === undefined ? Buffer.concat([describe(on), block_]) : block_;
  }

  /** Kinds of link that the file holds. */
  get linkTypes(): ReadonlySet<number> {
    return new Set([...this.interfaces.keys()].map((key) => (JSON.parse(key) as [string, number])[1]));
  }
}

function describe({ linkType, name, source }: CapturedOn): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(linkType, 0);
  body.writeUInt32LE(SNAP_LENGTH, 4);
  return block(INTERFACE, [
    body,
    options([
      ...(name === undefined ? [] : [[OPTION.interfaceName, text(name)] as const]),
      [OPTION.interfaceDescription, text(source)],
      [OPTION.resolution, Buffer.of(NANOSECONDS)],
    ]),
  ]);
}

type PcapngOption = readonly [code: number, value: Buffer];

/** Options, and the mark of their end. */
const options = (list: readonly PcapngOption[]): Buffer =>
  Buffer.concat([
    ...list.flatMap(([code, value]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(code, 0);
      head.writeUInt16LE(value.length, 2);
      return [head, padded(value)];
    }),
    Buffer.alloc(4),
  ]);

function block(type: number, parts: readonly Uint8Array[]): Buffer {
  const length = 12 + parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.concat([u32(type), u32(length)]), ...parts, u32(length)]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0, 0);
  return bytes;
}

/** Options' lengths have 16 bits; a text is cut before that, at a whole character. */
const MOST_TEXT = 4096;
const text = (words: string): Buffer => Buffer.from(words.slice(0, MOST_TEXT));

/** Up to a multiple of four bytes. */
const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
