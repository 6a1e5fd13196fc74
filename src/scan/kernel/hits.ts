import { bucketOf, buckets, chunk, hits, labels, marks, nodes, pairs, table } from "./memory";

/** The same numbers as in grams.ts and trie.ts. */
const GOLDEN: u32 = 0x9e3779b1;
const SLOT_SHIFT: u32 = 32 - 15;

function isAwaited(at: usize): u32 {
  return load<u8>(table + ((load<u32>(at) * GOLDEN) >>> SLOT_SHIFT));
}

/**
 * Looks at the grams at every fourth offset of [from, to), and marks where literals begin that end at `end` or before.
 * `from` is divisible by 32; up to 31 bytes behind `to` are looked at as well.
 * @returns how many grams were awaited though no literal stands there
 */
export function probeGrams(from: i32, to: i32, end: i32): i32 {
  const stop = chunk + to;
  let vain: i32 = 0;
  for (let at = chunk + from; at < stop; at += 32) {
    const some =
      isAwaited(at) |
      isAwaited(at + 4) |
      isAwaited(at + 8) |
      isAwaited(at + 12) |
      isAwaited(at + 16) |
      isAwaited(at + 20) |
      isAwaited(at + 24) |
      isAwaited(at + 28);
    if (some) vain += probeBlock(at, end);
  }
  return vain;
}

function probeBlock(block: usize, end: i32): i32 {
  let vain: i32 = 0;
  for (let at = block; at < block + 32; at += 4) {
    if (isAwaited(at) && !follow(at, end)) vain++;
  }
  return vain;
}

/** Asks for each place where a literal with this gram may begin whether one does. */
function follow(at: usize, end: i32): bool {
  const place = load<i32>(bucketOf + (((load<u32>(at) * GOLDEN) >>> SLOT_SHIFT) << 2));
  let bucket = buckets + (place << 1);
  const last = bucket + (load<i16>(bucket) << 1);
  const offset = (at - chunk) as i32;
  let found = false;
  while (bucket < last) {
    bucket += 2;
    const start = offset - load<i16>(bucket);
    if (start >= 0 && start < end && (isMarked(start) || stands(start, end))) {
      mark(start);
      found = true;
    }
  }
  return found;
}

/** Does a literal begin at `start` and end at `end` or before? */
function stands(start: i32, end: i32): bool {
  let at = start;
  let node = nodes;
  while (true) {
    const size = load<i32>(node, 4);
    if (at + size > end || !agree(chunk + at, labels + load<i32>(node), size)) return false;
    at += size;
    const span = load<u32>(node, 12);
    if (span === 0) return true;
    if (at >= end) return false;
    const child = (load<u8>(chunk + at) - load<i32>(node, 8)) as u32;
    if (child >= span) return false;
    const next = load<i32>(node + (child << 2), 16);
    if (next === 0) return false;
    node = nodes + (next << 2);
  }
}

/** Are the bytes equal? Up to seven behind them are loaded as well. */
function agree(a: usize, b: usize, size: i32): bool {
  while (size >= 8) {
    if (load<u64>(a) !== load<u64>(b)) return false;
    a += 8;
    b += 8;
    size -= 8;
  }
  return size === 0 || (load<u64>(a) ^ load<u64>(b)) << ((64 - (size << 3)) as u64) === 0;
}

function isMarked(start: i32): bool {
  return ((load<u8>(marks + (start >>> 3)) >>> (start & 7)) & 1) !== 0;
}

function mark(start: i32): void {
  const at = marks + (start >>> 3);
  store<u8>(at, load<u8>(at) | ((1 as u8) << ((start & 7) as u8)));
}

/** Looks for the pairs that stand for the shortest literals, and marks where these begin. */
export function probePairs(count: i32, end: i32): void {
  const stop = chunk + end;
  for (let at = chunk; at < stop; at += 16) {
    for (let pair = pairs, last = pairs + (count << 2); pair < last; pair += 4) {
      let found = i8x16.bitmask(
        v128.and(
          i8x16.eq(v128.load(at), v128.load_splat<u8>(pair)),
          i8x16.eq(v128.load(at + load<u8>(pair, 2)), v128.load_splat<u8>(pair, 1)),
        ),
      );
      while (found) {
        const start = ((at - chunk) as i32) + ctz(found) - load<u8>(pair, 3);
        if (start >= 0 && start < end && stands(start, end)) mark(start);
        found &= found - 1;
      }
    }
  }
}

/** Writes the marks of the first `end` bytes as offsets, and wipes them. @returns how many */
export function collect(end: i32): i32 {
  let out = hits;
  for (let offset = 0; offset < end; offset += 128) {
    const block = marks + (offset >>> 3);
    if (!v128.any_true(v128.load(block))) continue;
    for (let half = 0; half < 16; half += 8) {
      let found = load<u64>(block + half);
      while (found) {
        store<i32>(out, offset + (half << 3) + (ctz(found) as i32));
        out += 4;
        found &= found - 1;
      }
    }
    v128.store(block, i64x2.splat(0));
  }
  return ((out - hits) >> 2) as i32;
}
