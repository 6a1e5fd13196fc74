import { rawFrame } from "../../../evidence/zstd-files.js";
import type { Entry } from "../modes.js";

/** How a data object's payload is packed: the object's flag, and the bytes. */
export interface Packing {
  /** The header's incompatible flag that announces it. */
  announced: number;
  flag: number;
  pack(payload: Buffer): Buffer;
}

/** A sequence of literals alone is a block, too (lz4_Block_format.md). */
export function lz4Block(content: Buffer): Buffer {
  const more: number[] = [];
  let rest = content.length - 15;
  for (; rest >= 255; rest -= 255) more.push(255);
  if (rest >= 0) more.push(rest);
  const token = Math.min(content.length, 15) << 4;
  return Buffer.concat([Buffer.from([token, ...more]), content]);
}

function withLength(payload: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeUInt32LE(payload.length);
  return Buffer.concat([length, lz4Block(payload)]);
}

/** CRC-32 (IEEE 802.3), as xz has it. */
function crc32(bytes: Buffer): number {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return ~sum >>> 0;
}

/** An xz stream of one block with an uncompressed LZMA2 chunk and no check (The .xz File Format 1.1.0). */
export function xzStream(content: Buffer): Buffer {
  const withSum = (bytes: Buffer) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(bytes));
    return sum;
  };
  const flags = Buffer.from([0, 0]);
  const head = Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), flags, withSum(flags)]);
  const blockHead = Buffer.from([2, 0, 0x21, 1, 0x16, 0, 0, 0]);
  const chunk = Buffer.from([1, (content.length - 1) >> 8, (content.length - 1) & 255]);
  const block = Buffer.concat([blockHead, withSum(blockHead), chunk, content, Buffer.from([0])]);
  const number = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)];
  const index = [0, 1, ...number(block.length), ...number(content.length)];
  while (index.length % 4 !== 0) index.push(0);
  const indexBytes = Buffer.from(index);
  const sized = Buffer.alloc(6);
  sized.writeUInt32LE((indexBytes.length + 4) / 4 - 1);
  return Buffer.concat([
    ...[head, block, Buffer.alloc(-block.length & 3), indexBytes, withSum(indexBytes)],
    ...[withSum(sized), sized, Buffer.from("YZ")],
  ]);
}

export const ZSTD: Packing = { announced: 8, flag: 4, pack: rawFrame };
export const LZ4: Packing = { announced: 2, flag: 2, pack: withLength };
export const XZ: Packing = { announced: 1, flag: 1, pack: xzStream };

export interface WriterOptions {
  compact?: boolean;
  packing?: Packing;
  /** `STATE_ONLINE`. */
  online?: boolean;
  /** Zero bytes behind the last object, as in a file that has room to grow. */
  spare?: number;
}

/** Where in a written file what lies. */
export interface Written {
  bytes: Buffer;
  /** Offset of each entry, in order. */
  entries: number[];
  /** Offset of each data object by its payload (latin1). */
  data: Map<string, number>;
}

const HEADER_BYTES = 272;
const MINIMUM = { data: 64, entry: 64, array: 24 };

/** Writes a journal file as systemd.io/JOURNAL_FILE_FORMAT describes it, without the hash tables that a reader in sequence does not need. */
export function written(entries: readonly Entry[], options: WriterOptions = {}): Written {
  const { compact = false, packing, online = false, spare = 4096 } = options;
  const parts: Buffer[] = [];
  let at = HEADER_BYTES;
  let tail = 0;
  const add = (type: number, flags: number, body: Buffer): number => {
    const head = Buffer.alloc(16);
    head[0] = type;
    head[1] = flags;
    head.writeUInt32LE(16 + body.length, 8);
    const offset = at;
    const whole = Buffer.concat([head, body, Buffer.alloc(-body.length & 7)]);
    parts.push(whole);
    at += whole.length;
    tail = offset;
    return offset;
  };
  const data = new Map<string, number>();
  const dataAt = (name: string, value: string | Buffer): number => {
    const payload = Buffer.concat([Buffer.from(`${name}=`), Buffer.from(value as string)]);
    const key = payload.toString("latin1");
    let known = data.get(key);
    if (known === undefined) {
      const isPacked = packing !== undefined && payload.length > 20;
      const body = isPacked ? packing.pack(payload) : payload;
      const fixed = Buffer.alloc(MINIMUM.data - 16 + (compact ? 8 : 0));
      known = add(1, isPacked ? packing.flag : 0, Buffer.concat([fixed, body]));
      data.set(key, known);
    }
    return known;
  };
  const offsets: number[] = [];
  for (const [i, entry] of entries.entries()) {
    const items = entry
      .filter(([name]) => !name.startsWith("__"))
      .map(([name, value]) => dataAt(name, value));
    const body = Buffer.alloc(MINIMUM.entry - 16 + items.length * (compact ? 4 : 16));
    body.writeUInt32LE(i + 1, 0);
    body.writeBigUInt64LE(BigInt(String(entry.find(([name]) => name === "__REALTIME_TIMESTAMP")![1])), 8);
    // journald sorts them by place.
    for (const [n, item] of items.sort((a, b) => a - b).entries())
      body.writeUInt32LE(item, MINIMUM.entry - 16 + n * (compact ? 4 : 16));
    offsets.push(add(3, 0, body));
    if (i % 3 === 0) add(6, 0, Buffer.alloc(MINIMUM.array - 16 + 32));
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("LPKSHHRH", "latin1");
  header.writeUInt32LE((compact ? 16 : 0) | (packing?.announced ?? 0), 12);
  header[16] = online ? 1 : 0;
  header.writeUInt32LE(HEADER_BYTES, 88);
  header.writeUInt32LE(at + spare - HEADER_BYTES, 96);
  header.writeUInt32LE(tail, 136);
  header.writeUInt32LE(entries.length, 152);
  return { bytes: Buffer.concat([header, ...parts, Buffer.alloc(spare)]), entries: offsets, data };
}
