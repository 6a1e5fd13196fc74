import { type Packing, packingOf, readHead } from "../../evidence/open.js";
import type { FoundFile } from "../../evidence/walk.js";

/** What is packed is so many times as long when it is unpacked: logs, most often. */
const PACKED = 8;
/** What tells how a file is packed. */
const MAGIC_BYTES = 16;

/** About how many bytes there are to read of a file. */
export const bytesToRead = (bytes: number, packing: Packing): number =>
  packing === "plain" ? bytes : bytes * PACKED;

/** About how many bytes there are to read of all these files. */
export function weightOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, { absolute, bytes }) => sum + bytesToRead(bytes, packingAt(absolute)), 0);
}

function packingAt(file: string): Packing {
  try {
    return packingOf(readHead(file, MAGIC_BYTES));
  } catch {
    // The survey says what is wrong with it.
    return "plain";
  }
}
