/** A name read from a message (RFC 1035, 3.1 and 4.1.4). */
export interface NameRead {
  /** Lower case, no trailing dot; `.` for the root; of a cut name the part that is sure. */
  text: string;
  /** Offset behind the name where it stands; -1 when it was cut. */
  next: number;
  /** The buffer ended inside it. */
  cut: boolean;
}

/** Names that are remembered, and the octets kept of each: one block, so that a look touches one place in memory. */
const SLOTS = 1 << 14;
const WIDTH = 64;
const wires = new Uint8Array(SLOTS * WIDTH);
const texts: string[] = new Array(SLOTS).fill("");

/** 255 octets hold at most 127 labels; more jumps than that lead in circles. */
const MAX_JUMPS = 127;

/**
 * Reads the name at `at` of the message that begins at `start`; `end` is where the buffer ends.
 * Gives `undefined` when it is no name: a reserved label type, a pointer forward or in circles, more than 255 octets.
 * A buffer that ends early gives what it holds, with `cut`.
 */
export function readName(bytes: Uint8Array, start: number, at: number, end: number): NameRead | undefined {
  // Nearly all names of a capture are uncompressed, short and seen before: find the end, hash, compare, done.
  let next = at;
  for (;;) {
    if (next >= end || next - at > WIDTH - 2) return readSlowly(bytes, start, at, end);
    const length = bytes[next]!;
    if (length === 0) break;
    if (length > 63) return readSlowly(bytes, start, at, end);
    next += length + 1;
  }
  next++;
  const size = next - at;
  const slot = slotOf(bytes, at, next);
  const wire = slot * WIDTH;
  // The first octet of a slot is the size of the name in it; 0 when it is empty.
  if (wires[wire] === size) {
    let same = 1;
    while (same < size && wires[wire + same] === bytes[at + same - 1]) same++;
    // The last octet is the root label's 0, which names of one size share.
    if (same === size) return { text: texts[slot]!, next, cut: false };
  }
  const read = readSlowly(bytes, start, at, end);
  if (read !== undefined && !read.cut) {
    wires[wire] = size;
    for (let i = 1; i < size; i++) wires[wire + i] = bytes[at + i - 1]!;
    texts[slot] = read.text;
  }
  return read;
}

/** Hashes octets, four at a time. */
function slotOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return (hash ^ (hash >>> 14)) & (SLOTS - 1);
}

function readSlowly(bytes: Uint8Array, start: number, at: number, end: number): NameRead | undefined {
  let text = "";
  let next = -1;
  let octets = 0;
  let jumps = 0;
  let i = at;
  let floor = at;
  for (;;) {
    if (i >= end) return { text, next: -1, cut: true };
    const length = bytes[i]!;
    if (length >= 0xc0) {
      if (i + 1 >= end) return { text, next: -1, cut: true };
      if (next < 0) next = i + 2;
      const target = start + (((length & 0x3f) << 8) | bytes[i + 1]!);
      // A pointer leads to a prior occurrence (RFC 1035, 4.1.4), so strictly backwards and never into the header.
      if (target >= floor || target < start + 12 || ++jumps > MAX_JUMPS) return undefined;
      floor = target;
      i = target;
      continue;
    }
    if (length > 63) return undefined;
    i++;
    if (length === 0) break;
    octets += length + 1;
    if (octets > 254) return undefined;
    const stop = Math.min(i + length, end);
    if (text !== "") text += ".";
    text += labelText(bytes, i, stop);
    if (stop < i + length) return { text, next: -1, cut: true };
    i = stop;
  }
  return { text: text === "" ? "." : text, next: next < 0 ? i : next, cut: false };
}

/** Presentation format of RFC 4343: ASCII lower case; dots, backslashes and unprintable octets escaped. */
function labelText(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let i = from; i < to; i++) {
    const c = bytes[i]!;
    if (c >= 0x41 && c <= 0x5a) text += String.fromCharCode(c + 32);
    else if (c === 0x2e || c === 0x5c) text += "\\" + String.fromCharCode(c);
    else if (c > 0x20 && c < 0x7f) text += String.fromCharCode(c);
    else text += "\\" + String(c).padStart(3, "0");
  }
  return text;
}

/**
 * Offset behind the name at `at`, without reading it; -1 when the buffer ends first or it is no name.
 */
export function skipName(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end) {
    const length = bytes[i]!;
    if (length === 0) return i + 1;
    if (length >= 0xc0) return i + 2 <= end ? i + 2 : -1;
    if (length > 63 || i - at > 254) return -1;
    i += length + 1;
  }
  return -1;
}
