/** Archives are made of blocks of this many bytes. */
export const BLOCK_BYTES = 512;

/** The head of an entry (POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar, "Basic Tar Format"). */
export interface TarHeader {
  name: string;
  /** A character: `0` or NUL for a file, `5` for a folder, `x` for what is said of the next entry. */
  type: string;
  /** Where a link leads. */
  target: string;
  /** Bytes behind the head. */
  size: number;
}

/** Where fields lie in a head, and how long they are, in bytes. */
const NAME = [0, 100] as const;
const SIZE = [124, 12] as const;
const CHECKSUM = [148, 8] as const;
const TYPE = 156;
const TARGET = [157, 100] as const;
const MAGIC = [257, 6] as const;
const PREFIX = [345, 155] as const;

/** Text that ends with a NUL, or with its field. */
function textAt(block: Buffer, [from, length]: readonly [number, number]): string {
  const end = block.indexOf(0, from);
  return block.toString("utf8", from, end < 0 ? from + length : Math.min(end, from + length));
}

/** A number in octal digits, or, where they do not suffice, in bytes (GNU). NaN when it is none. */
export function numberAt(block: Buffer, [from, length]: readonly [number, number]): number {
  if (block[from] === 0x80) {
    let value = 0;
    for (let i = from + 1; i < from + length; i++) value = value * 256 + block[i]!;
    return Number.isSafeInteger(value) ? value : Number.NaN;
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(block.toString("latin1", from, from + length));
  return digits ? Number.parseInt(digits[1] || "0", 8) : Number.NaN;
}

/** The sum of the head's bytes, its checksum taken for blanks: of bytes as numbers from 0 to 255, and, as some old programs have it, from -128. */
function sums(block: Buffer): [unsigned: number, signed: number] {
  let [unsigned, signed] = [0, 0];
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = i >= CHECKSUM[0] && i < CHECKSUM[0] + CHECKSUM[1] ? 0x20 : block[i]!;
    unsigned += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  return [unsigned, signed];
}

/** Reads a block as an entry's head; `undefined` when it is none. */
export function readTarHeader(block: Buffer): TarHeader | undefined {
  if (block.length < BLOCK_BYTES || block[0] === undefined) return undefined;
  const checksum = numberAt(block, CHECKSUM);
  const size = numberAt(block, SIZE);
  if (!(checksum > 0) || Number.isNaN(size) || !sums(block).includes(checksum)) return undefined;
  const type = String.fromCharCode(block[TYPE] || 0x30);
  let name = textAt(block, NAME);
  // Only in the POSIX form: what GNU tar writes there is something else.
  const prefix =
    block.toString("latin1", MAGIC[0], MAGIC[0] + MAGIC[1]) === "ustar\0" ? textAt(block, PREFIX) : "";
  if (prefix !== "") name = `${prefix}/${name}`;
  // Before there was a type for folders, their names ended so.
  return { name, size, target: textAt(block, TARGET), type: type === "0" && name.endsWith("/") ? "5" : type };
}

/** Reads the records of an extended head: `LENGTH KEY=VALUE\n` each. What is none ends it. */
export function readPax(bytes: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const length = /^(\d{1,9}) /.exec(bytes.toString("latin1", at, at + 10))?.[1];
    if (length === undefined || Number(length) < length.length + 3) break;
    const record = bytes.toString("utf8", at + length.length + 1, at + Number(length) - 1);
    const equals = record.indexOf("=");
    if (equals < 1) break;
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += Number(length);
  }
  return records;
}
