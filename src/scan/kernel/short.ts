import { bits64 } from "./bits";
import { mark, stands } from "./hits";
import { chunk, pairs, twos } from "./memory";

/** Looks for the pairs that stand for the shortest literals, and marks where these begin. */
export function probePairs(count: i32, end: i32): void {
  for (let pair = pairs; pair < pairs + (count << 2); pair += 4) probePair(pair, end);
}

function probePair(pair: usize, end: i32): void {
  const stop = chunk + end;
  const first = v128.load_splat<u8>(pair);
  const second = v128.load_splat<u8>(pair, 1);
  const gap = load<u8>(pair, 2);
  for (let at = chunk; at < stop; at += 64) {
    const then = at + gap;
    const a = v128.and(i8x16.eq(v128.load(at), first), i8x16.eq(v128.load(then), second));
    const b = v128.and(i8x16.eq(v128.load(at, 16), first), i8x16.eq(v128.load(then, 16), second));
    const c = v128.and(i8x16.eq(v128.load(at, 32), first), i8x16.eq(v128.load(then, 32), second));
    const d = v128.and(i8x16.eq(v128.load(at, 48), first), i8x16.eq(v128.load(then, 48), second));
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d))))
      followPairs(at, bits64(a, b, c, d), load<u8>(pair, 3), end);
  }
}

function followPairs(at: usize, found: u64, distance: i32, end: i32): void {
  while (found) {
    const start = ((at - chunk) as i32) + (ctz(found) as i32) - distance;
    if (start >= 0 && start < end && stands(start, end)) mark(start);
    found &= found - 1;
  }
}

function beginsShort(at: usize): u32 {
  return load<u8>(twos + load<u16>(at));
}

/** Looks at every two bytes for such as short literals begin with, and marks where these do. */
export function probeTwos(end: i32): void {
  const stop = chunk + end;
  for (let at = chunk; at < stop; at += 4) {
    if (!(beginsShort(at) | beginsShort(at + 1) | beginsShort(at + 2) | beginsShort(at + 3))) continue;
    for (let k: usize = 0; k < 4; k++) {
      const start = (at + k - chunk) as i32;
      if (beginsShort(at + k) && start < end && stands(start, end)) mark(start);
    }
  }
}
