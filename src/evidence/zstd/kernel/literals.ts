import { knowsCodes, readTree } from "./huffman";
import { LITERALS, MARGIN, MOST } from "./memory";
import { readStream, readStreams } from "./streams";

const RAW: u32 = 0;
const REPEATED: u32 = 1;
const TREELESS: u32 = 3;

/** The block's literals: where they begin, and how many they are. */
export let literals: usize = 0;
export let size: i32 = 0;

/**
 * Unpacks a block's literals (RFC 8878, 3.1.1.3.1).
 * @returns where what follows them begins, or 0
 */
export function readLiterals(from: usize, end: usize): usize {
  const head = load<u64>(from);
  const kind = (head as u32) & 3;
  const form = ((head as u32) >>> 2) & 3;
  return kind <= REPEATED ? bare(from, end, head as u32, kind, form) : packed(from, end, head, kind, form);
}

function bare(from: usize, end: usize, head: u32, kind: u32, form: u32): usize {
  const bytes = form === 1 ? 2 : form === 3 ? 3 : 1;
  size = ((head & ((1 << (bytes << 3)) - 1)) >>> (bytes === 1 ? 3 : 4)) as i32;
  const begin = from + bytes;
  const stop = begin + ((kind === RAW ? size : 1) as usize);
  if (size > MOST || stop > end) return 0;
  literals = begin;
  if (kind === REPEATED) {
    memory.fill(LITERALS, load<u8>(begin), size + MARGIN);
    literals = LITERALS;
  }
  return stop;
}

function packed(from: usize, end: usize, head: u64, kind: u32, form: u32): usize {
  const bytes: usize = form < 2 ? 3 : form + 2;
  const wide: u64 = form < 2 ? 10 : form === 2 ? 14 : 18;
  const most: u64 = ((1 as u64) << wide) - 1;
  size = ((head >>> 4) & most) as i32;
  const length = ((head >>> (4 + wide)) & most) as i32;
  const stop = from + bytes + length;
  let begin = from + bytes;
  if (size === 0 || size > MOST || stop > end) return 0;
  if (kind === TREELESS) {
    if (!knowsCodes()) return 0;
  } else {
    begin = readTree(begin, stop);
    if (begin === 0) return 0;
  }
  literals = LITERALS;
  const isRead = form === 0 ? readStream(begin, stop, LITERALS, size) : fourStreams(begin, stop);
  return isRead ? stop : 0;
}

/** Three streams' lengths are given, and all but the last unpack to as many bytes. */
function fourStreams(from: usize, end: usize): bool {
  const first = from + 6;
  if (first > end || size < 6) return false;
  const second = first + load<u16>(from);
  const third = second + load<u16>(from, 2);
  const fourth = third + load<u16>(from, 4);
  const share = (size + 3) >> 2;
  const rest = size - 3 * share;
  return (
    fourth < end &&
    rest >= 0 &&
    readStreams(first, second, third, LITERALS, share, share) &&
    readStreams(third, fourth, end, LITERALS + 2 * share, share, rest)
  );
}
