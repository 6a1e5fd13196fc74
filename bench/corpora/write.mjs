import fs from "node:fs";
import path from "node:path";

/** When everything begins: 2 March 2026, 10:00 UTC, in µs. */
export const START = Date.UTC(2026, 2, 2, 10) * 1000;

/**
 * Writes copies of blocks, one after the other, until `bytes` are reached; the last one is cut behind a record. A finished file is kept.
 * @param blockAt the block to copy next, by what is written already (bytes)
 * @param options `head`: what the file begins with; `from`: µs UTC of the first record
 */
export function writeBlocks(file, bytes, blockAt, { head = Buffer.alloc(0), from = START } = {}) {
  if (fs.existsSync(file)) return file;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const part = `${file}.part`;
  const fd = fs.openSync(part, "w");
  let us = from;
  let size = fs.writeSync(fd, head);
  for (let copy = 0; size < bytes; copy++) {
    const block = blockAt(size);
    const rendered = block.render(us, copy);
    const end = size + block.length <= bytes ? block.length : block.cut(bytes - size);
    if (end === 0) break;
    size += fs.writeSync(fd, rendered, 0, end);
    us += block.span + 1000;
  }
  fs.closeSync(fd);
  fs.renameSync(part, file);
  return file;
}
