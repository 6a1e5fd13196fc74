import fs from "node:fs";
import { type Sniffed, Transcoder } from "./encoding.js";
import { openChunks, type Packing } from "./open.js";

/** A stretch of a source's decoded stream. */
export interface Range {
  offset: number;
  length: number;
}

/** Longer records are cut when a report quotes them: bytes. */
export const MOST_QUOTED = 64 << 10;

/**
 * Reads stretches of a source again, for the few records that a report quotes: nothing needs to be kept in memory while millions
 * of others pass. Plain files are read at the place; packed or transcoded ones are streamed once more.
 *
 * @returns latin1 texts (one char per byte) by offset; a stretch that can't be read any more is absent
 */
export async function reread(
  file: string,
  packing: Packing,
  encoding: Sniffed,
  ranges: readonly Range[],
): Promise<Map<number, string>> {
  const wanted = [...ranges].sort((a, b) => a.offset - b.offset);
  const texts = new Map<number, string>();
  if (packing === "plain" && encoding.encoding === "bytes") {
    const fd = fs.openSync(file, "r");
    try {
      for (const { offset, length } of wanted) {
        const buffer = Buffer.allocUnsafe(Math.min(length, MOST_QUOTED));
        const n = fs.readSync(fd, buffer, 0, buffer.length, encoding.bom + offset);
        texts.set(offset, buffer.toString("latin1", 0, n));
      }
    } finally {
      fs.closeSync(fd);
    }
    return texts;
  }
  const transcoder = new Transcoder(encoding);
  let at = 0;
  let open: { range: Range; parts: Buffer[]; got: number }[] = [];
  let next = 0;
  try {
    for await (const raw of openChunks(file, packing)) {
      const chunk = transcoder.push(raw);
      for (; next < wanted.length && wanted[next]!.offset < at + chunk.length; next++)
        open.push({ range: wanted[next]!, parts: [], got: 0 });
      for (const piece of open) {
        const need = Math.min(piece.range.length, MOST_QUOTED);
        const from = Math.max(0, piece.range.offset + piece.got - at);
        const part = chunk.subarray(from, Math.min(chunk.length, from + need - piece.got));
        piece.parts.push(Buffer.from(part));
        piece.got += part.length;
        if (piece.got >= need) texts.set(piece.range.offset, Buffer.concat(piece.parts).toString("latin1"));
      }
      open = open.filter((piece) => piece.got < Math.min(piece.range.length, MOST_QUOTED));
      at += chunk.length;
      if (next === wanted.length && open.length === 0) break;
    }
  } catch {
    // The same damage as in the main pass, which reported it.
  }
  for (const piece of open) texts.set(piece.range.offset, Buffer.concat(piece.parts).toString("latin1"));
  return texts;
}
