import { literals, size } from "./literals";
import { MOST, RING, SEQUENCES } from "./memory";

/** The last three offsets (RFC 8878, 3.1.1.5). */
let first: u32 = 1;
let second: u32 = 4;
let third: u32 = 8;

/** A new frame's last offsets. */
export function forgetOffsets(): void {
  first = 1;
  second = 4;
  third = 8;
}

/** The next literal, where the next byte comes to lie, and where the block must have ended. */
let literal: usize = 0;
let out: usize = 0;
let stop: usize = 0;
/** Where the oldest byte that offsets may reach would lie, had the ring no turn. */
let oldest: usize = 0;
/** Where what was unpacked before the ring began anew ends. */
let turn: usize = 0;

/** See `unpackBlock`. */
export function beginBlock(to: usize, reach: u32, older: usize): void {
  literal = literals;
  out = to;
  stop = to + MOST;
  oldest = to - reach;
  turn = older;
}

/** Carries out sequences (RFC 8878, 3.1.1.4): each copies literals, then what was unpacked before. @returns are they in order? */
export function copySequences(count: i32): bool {
  let a = first;
  let b = second;
  let c = third;
  let from = literal;
  let to = out;
  const end = SEQUENCES + count * 12;
  for (let sequence = SEQUENCES; sequence < end; sequence += 12) {
    const copied = load<u32>(sequence);
    const length = load<u32>(sequence, 4);
    const code = load<u32>(sequence, 8);
    let offset = code - 3;
    if (code > 3) {
      c = b;
      b = a;
      a = offset;
    } else {
      // Without literals the last offset would go on with what was copied last: the codes mean others.
      const which = code + ((copied === 0) as u32);
      if (which === 1) offset = a;
      else {
        if (which === 2) offset = b;
        else {
          offset = which === 3 ? c : a - 1;
          c = b;
        }
        b = a;
        a = offset;
      }
    }
    const then = to + copied;
    const next = then + length;
    if (next > stop || offset - 1 >= ((then - oldest) as u32)) return false;
    v128.store(to, v128.load(from));
    if (copied > 16) copyFar(to + 16, from + 16, then);
    from += copied;
    let source = then - offset;
    if (offset > ((then - RING) as u32)) source += turn - RING;
    to = next;
    if (offset < 64) {
      if (offset < 16) copyOneByOne(then, source, next);
      else copyFar(then, source, next);
    } else if (source > then && source + length > turn) copyOneByOne(then, source, next);
    else {
      copy64(then, source);
      if (length > 64) copyFar(then + 64, source + 64, next);
    }
  }
  // Not more of them were copied than a block has bytes: so far behind them there is memory.
  if (from > literals + size) return false;
  literal = from;
  out = to;
  first = a;
  second = b;
  third = c;
  return true;
}

/** The source lies 64 or more before, or elsewhere. */
function copy64(to: usize, from: usize): void {
  const a = v128.load(from);
  const b = v128.load(from, 16);
  const c = v128.load(from, 32);
  const d = v128.load(from, 48);
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
  v128.store(to, d, 48);
}

/** Copies 16 bytes at a time to [to, end): the source lies 16 or more before, or elsewhere. */
function copyFar(to: usize, from: usize, end: usize): void {
  let source = from;
  for (let at = to; at < end; at += 16, source += 16) v128.store(at, v128.load(source));
}

/** Copies to [to, end) what may begin to repeat before it ends, or lie on both sides of the ring's turn. */
function copyOneByOne(to: usize, from: usize, end: usize): void {
  let source = from;
  for (let at = to; at < end; at++) {
    if (source === turn && source > at) source = RING;
    store<u8>(at, load<u8>(source++));
  }
}

/** Copies the literals behind the last sequence. @returns where the block ends, or 0 */
export function finish(): usize {
  const left = literals + size - literal;
  if (out + left > stop) return 0;
  memory.copy(out, literal, left);
  return out + left;
}
