import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ZstdReader } from "../../../src/evidence/zstd.js";
import type { ZstdModule } from "../../../src/evidence/zstd-module.js";
import { rawFrame, skippableFrame } from "../zstd-files.js";

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), "samples");

/** What zstd 1.5.4 made of text, of skewed and of repeated bytes, at levels that use different parts of the format. */
export const SAMPLES: readonly (readonly [what: string, packed: Buffer])[] = [
  ["offsets over all of a window of 2 MiB, three times around the ring", sample("turning")],
  ["a window of 8 MiB, twice around the ring", sample("wide")],
  ["a window of 1 KiB, with blocks as small", sample("narrow")],
  ["text, without a checksum", sample("text")],
  ["two kinds of content, packed as tightly as can be", sample("best")],
  ["text packed hastily", sample("fast")],
  ["bytes of very different frequency", sample("skewed")],
  ["bytes that repeat after 1, 2 and 36", sample("runs")],
  ["frames of which some are skipped, with bare blocks", mixed()],
];

export function sample(name: string): Buffer {
  return fs.readFileSync(path.join(FOLDER, `${name}.zst`));
}

function mixed(): Buffer {
  const note = skippableFrame(Buffer.alloc(200_000, 7));
  const bare = rawFrame(Buffer.alloc(300_000, "bare "));
  return Buffer.concat([note, sample("fast"), bare, note, sample("wide"), sample("narrow"), note]);
}

/** All that a reader gives of a file in rooms of one size, and what it ends with. */
export interface Unpacked {
  readonly bytes: Buffer;
  readonly error: unknown;
}

/** @param fill fills a room; 0 at the end */
export async function drain(
  fill: (room: Uint8Array) => number | Promise<number>,
  size: number,
): Promise<Unpacked> {
  const parts: Buffer[] = [];
  const room = Buffer.alloc(size);
  try {
    for (let count = await fill(room); count > 0; count = await fill(room))
      parts.push(Buffer.from(room.subarray(0, count)));
  } catch (error) {
    return { bytes: Buffer.concat(parts), error };
  }
  return { bytes: Buffer.concat(parts), error: undefined };
}

/** Reads a packed file that lies in memory, in pieces of at most `most` bytes. */
export function readerOf(packed: Buffer, most = Number.POSITIVE_INFINITY): (target: Uint8Array) => number {
  let at = 0;
  return (target) => {
    const piece = packed.subarray(at, at + Math.min(most, target.length));
    target.set(piece);
    at += piece.length;
    return piece.length;
  };
}

/** What the reference makes of a packed file. */
export async function byReference(zstd: ZstdModule, packed: Buffer, room = 1 << 20): Promise<Unpacked> {
  const reader = new ZstdReader(zstd, readerOf(packed));
  try {
    return await drain((target) => reader.fill(target), room);
  } finally {
    reader.close();
  }
}
