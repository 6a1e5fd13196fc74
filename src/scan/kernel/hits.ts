import { awaited, bucketOf, buckets, chunk, counts, hits, labels, marks, nodes } from "./memory";

/** The same numbers as in grams.ts and trie.ts. */
const GOLDEN: u32 = 0x9e3779b1;
const SLOT_SHIFT: u32 = 32 - 17;

/** A gram's place. */
function slotOf(gram: u32): u32 {
  return (gram * GOLDEN) >>> SLOT_SHIFT;
}

/** @param table where `awaited` lies: who keeps it at hand need not load it for each gram */
function isAwaited(gram: u32, table: usize): u32 {
  return load<u8>(table + slotOf(gram));
}

/** Counts the grams of the bytes [from, to). */
export function countGrams(from: i32, to: i32): void {
  for (let at = chunk + from; at + 4 <= chunk + to; at++) {
    const count = counts + (slotOf(load<u32>(at)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
}

/**
 * Looks at the grams at every fourth offset of [from, to), and marks where literals begin that end at `end` or before.
 * `from` is divisible by 32; up to 31 bytes behind `to` are looked at as well.
 * @returns how many grams were awaited though no literal stands there
 */
export function probeGrams(from: i32, to: i32, end: i32): i32 {
  const stop = chunk + to;
  const table = awaited;
  // Which blocks have an awaited gram nobody can foresee: they are noted without a branch, where hits come to lie later.
  let noted = hits;
  for (let at = chunk + from; at < stop; at += 32) {
    const some =
      isAwaited(load<u32>(at), table) |
      isAwaited(load<u32>(at, 4), table) |
      isAwaited(load<u32>(at, 8), table) |
      isAwaited(load<u32>(at, 12), table) |
      isAwaited(load<u32>(at, 16), table) |
      isAwaited(load<u32>(at, 20), table) |
      isAwaited(load<u32>(at, 24), table) |
      isAwaited(load<u32>(at, 28), table);
    store<u32>(noted, at as u32);
    noted += some << 2;
  }
  let vain: i32 = 0;
  for (let block = hits; block < noted; block += 4) vain += probeBlock(load<u32>(block), end);
  return vain;
}

function probeBlock(block: usize, end: i32): i32 {
  const table = awaited;
  // Which grams are awaited nobody can foresee: a mask spares the branches.
  let some =
    isAwaited(load<u32>(block), table) |
    (isAwaited(load<u32>(block, 4), table) << 1) |
    (isAwaited(load<u32>(block, 8), table) << 2) |
    (isAwaited(load<u32>(block, 12), table) << 3) |
    (isAwaited(load<u32>(block, 16), table) << 4) |
    (isAwaited(load<u32>(block, 20), table) << 5) |
    (isAwaited(load<u32>(block, 24), table) << 6) |
    (isAwaited(load<u32>(block, 28), table) << 7);
  let vain: i32 = 0;
  do {
    if (!follow(block + (ctz(some) << 2), end)) vain++;
    some &= some - 1;
  } while (some);
  return vain;
}

/** Asks for each place where a literal with this gram may begin whether one does. */
function follow(at: usize, end: i32): bool {
  const place = load<i32>(bucketOf + (slotOf(load<u32>(at)) << 2));
  let bucket = buckets + (place << 2);
  if (!suits(bucket, at)) return false;
  const last = bucket + (load<i32>(bucket, 24) << 2);
  const offset = (at - chunk) as i32;
  let found = false;
  while (bucket < last) {
    const start = offset - load<i32>(bucket, 28);
    if (start >= 0 && start < end && (isMarked(start) || stands(start, end))) {
      mark(start);
      found = true;
    }
    bucket += 4;
  }
  return found;
}

/** Are the gram's neighbours, three before and three behind it, such as the bucket's literals have? */
function suits(bucket: usize, at: usize): bool {
  const before =
    (load<u32>(bucket) >>> (load<u8>(at - 3) & 31)) &
    (load<u32>(bucket, 4) >>> (load<u8>(at - 2) & 31)) &
    (load<u32>(bucket, 8) >>> (load<u8>(at - 1) & 31));
  const behind =
    (load<u32>(bucket, 12) >>> (load<u8>(at, 4) & 31)) &
    (load<u32>(bucket, 16) >>> (load<u8>(at, 5) & 31)) &
    (load<u32>(bucket, 20) >>> (load<u8>(at, 6) & 31));
  return (before & behind & 1) !== 0;
}

/** Does a literal begin at `start` and end at `end` or before? */
export function stands(start: i32, end: i32): bool {
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

export function mark(start: i32): void {
  const at = marks + (start >>> 3);
  store<u8>(at, load<u8>(at) | ((1 as u8) << ((start & 7) as u8)));
}

/** How many hits there are in the last chunk. */
export let hitCount: i32 = 0;

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
  hitCount = ((out - hits) >> 2) as i32;
  return hitCount;
}
