import { HUFFMAN, RANKS, WEIGHT_STATES, WEIGHTS } from "./memory";
import { accuracy, behind, readShares, symbols } from "./shares";
import { makeStates } from "./states";

/** No code is longer, in bits. */
const LONGEST: i32 = 11;

/** Length of the longest code, in bits; 0: there is no table. */
export let longest: i32 = 0;

/** A new frame has no table. */
export function forgetCodes(): void {
  longest = 0;
}

export function knowsCodes(): bool {
  return longest > 0;
}

/**
 * Makes the table of a tree's description (RFC 8878, 4.2.1).
 * @returns where what follows it begins, or 0
 */
export function readTree(from: usize, end: usize): usize {
  longest = 0;
  if (from >= end) return 0;
  const head = load<u8>(from) as i32;
  const isBare = head >= 128;
  const stop = from + 1 + (isBare ? (head - 126) >> 1 : head);
  if (stop > end) return 0;
  const count = isBare ? bareWeights(from + 1, head - 127) : packedWeights(from + 1, stop);
  return count > 0 && makeTable(count) ? stop : 0;
}

function bareWeights(from: usize, count: i32): i32 {
  for (let i = 0; i < count; i++) {
    const two = load<u8>(from + (i >> 1)) as u32;
    store<u8>(WEIGHTS + i, (i & 1 ? two & 15 : two >>> 4) as u8);
  }
  return count;
}

/** Weights are packed by two state machines that take turns. @returns how many there are, or 0 */
function packedWeights(from: usize, end: usize): i32 {
  if (!readShares(from, end, 6, 16) || behind >= end) return 0;
  const begin = behind;
  const wide = accuracy;
  makeStates(WEIGHT_STATES, symbols, wide, 0);
  const last = load<u8>(end - 1) as u32;
  if (last === 0) return 0;
  // How many bits have not been read.
  let left = (((end - begin) as i32) << 3) - 8 + (31 - clz(last)) - 2 * wide;
  if (left < 0) return 0;
  let one = WEIGHT_STATES + (bitsAt(begin, left + wide, wide) << 3);
  let other = WEIGHT_STATES + (bitsAt(begin, left, wide) << 3);
  for (let count = 0; count < 254; ) {
    store<u8>(WEIGHTS + count++, load<u8>(one));
    const needed = load<u8>(one, 7) as i32;
    left -= needed;
    if (left < 0) {
      store<u8>(WEIGHTS + count++, load<u8>(other));
      return count;
    }
    const next = (load<u16>(one, 4) as usize) + (bitsAt(begin, left, needed) << 3);
    one = other;
    other = next;
  }
  return 0;
}

function bitsAt(begin: usize, at: i32, count: i32): u32 {
  return (load<u32>(begin + (at >> 3)) >>> (at & 7)) & ((1 << count) - 1);
}

/** The last code's weight is what the others leave. */
function makeTable(given: i32): bool {
  memory.fill(RANKS, 0, 4 * (LONGEST + 1));
  let sum: u32 = 0;
  for (let symbol = 0; symbol < given; symbol++) {
    const weight = load<u8>(WEIGHTS + symbol) as i32;
    if (weight > LONGEST) return false;
    count(weight);
    sum += (1 << weight) >>> 1;
  }
  if (sum === 0) return false;
  const bits = 32 - clz(sum);
  const rest = (1 << bits) - sum;
  if (bits > LONGEST || popcnt(rest) !== 1) return false;
  const weight = ctz(rest) + 1;
  store<u8>(WEIGHTS + given, weight as u8);
  count(weight);
  const least = load<u32>(RANKS, 4);
  if (least < 2 || least & 1) return false;
  let at = HUFFMAN;
  for (let weight: i32 = 1; weight <= bits; weight++) {
    const cells = 1 << (weight - 1);
    const wide = (bits + 1 - weight) << 8;
    for (let symbol = 0; symbol <= given; symbol++) {
      if (load<u8>(WEIGHTS + symbol) !== weight) continue;
      for (let i = 0; i < cells; i++, at += 2) store<u16>(at, (symbol | wide) as u16);
    }
  }
  longest = bits;
  return true;
}

function count(weight: i32): void {
  const rank = RANKS + (weight << 2);
  store<u32>(rank, load<u32>(rank) + 1);
}
