import { copySequences, finish } from "./copies";
import { LITERAL_LENGTHS, MATCH_LENGTHS, OFFSETS, SEQUENCES, SOME } from "./memory";
import { literalBits, matchBits, offsetBits, readTables } from "./tables";

/** Offsets with more bits lead out of any window that there is room for. */
const MOST_BITS: u32 = 24;

/** The stream of bits is read from its end: of the word at `at`, `left` bits have not been read. */
let at: usize = 0;
let left: u32 = 0;
let literalState: usize = 0;
let matchState: usize = 0;
let offsetState: usize = 0;

/**
 * Carries out a block's sequences (RFC 8878, 3.1.1.4): each copies some literals, then some bytes that were unpacked before.
 * @returns where the block ends, or 0
 */
export function runSequences(from: usize, end: usize): usize {
  let place = from + 1;
  let count = load<u8>(from) as i32;
  if (from >= end) return 0;
  if (count === 255) {
    count = (load<u16>(place) as i32) + 0x7f00;
    place += 2;
  } else if (count > 127) count = ((count - 128) << 8) + load<u8>(place++);
  if (place > end) return 0;
  if (count === 0) return place === end ? finish() : 0;
  const begin = readTables(load<u8>(place), place + 1, end);
  if (begin === 0 || begin >= end || load<u8>(end - 1) === 0) return 0;
  openStream(end);
  while (count > 0) {
    const some = min(count, SOME);
    count -= some;
    if (!readSequences(some, count === 0) || at + 16 < begin || !copySequences(some)) return 0;
  }
  return (((at - begin) as i32) << 3) + (left as i32) === 0 ? finish() : 0;
}

function openStream(end: usize): void {
  at = end - 8;
  const word = load<u64>(at);
  left = 56 + (31 - clz(load<u8>(end - 1) as u32)) - literalBits;
  literalState = LITERAL_LENGTHS + (bits(word, left, literalBits) << 3);
  left -= offsetBits;
  offsetState = OFFSETS + (bits(word, left, offsetBits) << 3);
  left -= matchBits;
  matchState = MATCH_LENGTHS + (bits(word, left, matchBits) << 3);
}

/** Reads the next sequences, and has them lie at `SEQUENCES`. @param areLast no state follows the last one's */
function readSequences(count: i32, areLast: bool): bool {
  let place = at;
  let rest = left;
  let literal = literalState;
  let match = matchState;
  let offset = offsetState;
  const stop = SEQUENCES + count * 12;
  let to = SEQUENCES;
  while (true) {
    place -= (63 - rest) >>> 3;
    rest |= 56;
    let word = load<u64>(place);
    const power = load<u32>(offset);
    const wide = load<u8>(offset, 6) as u32;
    if (wide > MOST_BITS) return false;
    rest -= wide;
    store<u32>(to, power + (((word >>> (rest as u64)) as u32) & (power - 1)), 8);
    const more = load<u8>(match, 6) as u32;
    rest -= more;
    store<u32>(to, load<u32>(match) + bits(word, rest, more), 4);
    let copied = load<u32>(literal);
    if (copied > 15) {
      const more = load<u8>(literal, 6) as u32;
      rest -= more;
      copied += bits(word, rest, more);
    }
    store<u32>(to, copied);
    to += 12;
    if (to === stop && areLast) break;
    if (rest < 26) {
      place -= (63 - rest) >>> 3;
      rest |= 56;
      word = load<u64>(place);
    }
    const literalMore = load<u8>(literal, 7) as u32;
    rest -= literalMore;
    literal = (load<u16>(literal, 4) as usize) + (bits(word, rest, literalMore) << 3);
    const matchMore = load<u8>(match, 7) as u32;
    rest -= matchMore;
    match = (load<u16>(match, 4) as usize) + (bits(word, rest, matchMore) << 3);
    const offsetMore = load<u8>(offset, 7) as u32;
    rest -= offsetMore;
    offset = (load<u16>(offset, 4) as usize) + (bits(word, rest, offsetMore) << 3);
    if (to === stop) break;
  }
  at = place;
  left = rest;
  literalState = literal;
  matchState = match;
  offsetState = offset;
  return true;
}

/** Bits of a word from the bit `from` on. */
function bits(word: u64, from: u32, count: u32): u32 {
  return ((word >>> (from as u64)) as u32) & (((1 as u32) << count) - 1);
}
