import { chunk } from "./memory";
import { marks, program } from "./track-memory";

/** The same numbers as in tracks.ts. */
const PLACES: i32 = 0;
const EXACTLY: i32 = 1;
const RUN: i32 = 2;
const MARK: i32 = 3;
const UNLESS: i32 = 4;
const FORK: i32 = 5;
const STEP: usize = 16;
const MOST_TRACKS: i32 = 64;

/** Forks that are open: where to go on in the program, and in the chunk. Each leads to another track. */
const forks = memory.data(MOST_TRACKS * 8);

/**
 * Reads the line that begins at `begin`, whose text ends at `end`, by the program. What stands at the end of a line fits no step: none is read
 * beyond it.
 * @returns the track that the text is a record of; -1: of none
 */
export function match(begin: usize, end: usize): i32 {
  let at = begin;
  let pc = program;
  let open: usize = forks;
  while (true) {
    const number = load<i32>(pc, 4);
    let fits = true;
    switch (load<i32>(pc)) {
      case PLACES:
        fits = stands(pc + STEP, number, at);
        at += number;
        pc += STEP + (((number + 15) >> 4) << 5);
        break;
      case EXACTLY:
        fits = isRun(pc + STEP, at, number);
        at += number;
        pc += 2 * STEP;
        break;
      case RUN: {
        const stop = runEnd(pc + STEP, at);
        const size = (stop - at) as i32;
        fits = size >= number && size <= load<i32>(pc, 8);
        if (load<i32>(pc, 12)) {
          fits = fits && isIn(pc + 2 * STEP, load<u8>(stop - 1));
          pc += STEP;
        }
        at = stop;
        pc += 2 * STEP;
        break;
      }
      case MARK:
        store<i32>(marks + (number << 2), ((at - chunk) as i32) - load<i32>(pc, 8));
        pc += STEP;
        break;
      case UNLESS:
        fits = !stands(pc + STEP, number, at);
        pc += STEP + (((number + 15) >> 4) << 5);
        break;
      case FORK:
        store<u32>(open, (program + number) as u32);
        store<u32>(open, at as u32, 4);
        open += 8;
        pc += STEP;
        break;
      default:
        if (at === end) return number;
        fits = false;
    }
    if (fits) continue;
    if (open === forks) return -1;
    open -= 8;
    pc = load<u32>(open);
    at = load<u32>(open, 4);
  }
}

/** Does each byte lie in its range? What the last block is padded with fits any byte. */
function stands(blocks: usize, count: i32, at: usize): bool {
  for (let i = 0; i < count; i += 16) {
    const above = i8x16.sub(v128.load(at + i), v128.load(blocks));
    if (!i8x16.all_true(i8x16.le_u(above, v128.load(blocks, STEP)))) return false;
    blocks += 2 * STEP;
  }
  return true;
}

/** A bit for each of the 16 bytes at `at` that is not of the set. */
function others(set: v128, at: usize): i32 {
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  const bytes = v128.load(at);
  const lower = i8x16.swizzle(set, v128.and(bytes, i8x16.splat(15)));
  const upper = i8x16.swizzle(bits, i8x16.shr_u(bytes, 4));
  return i8x16.bitmask(i8x16.eq(v128.and(lower, upper), i8x16.splat(0)));
}

function runEnd(set: usize, at: usize): usize {
  const members = v128.load(set);
  while (true) {
    const found = others(members, at);
    if (found) return at + ctz(found);
    at += 16;
  }
}

function isRun(set: usize, at: usize, count: i32): bool {
  const members = v128.load(set);
  for (; count >= 16; count -= 16) {
    if (others(members, at)) return false;
    at += 16;
  }
  return (others(members, at) & ((1 << count) - 1)) === 0;
}

function isIn(set: usize, byte: u8): bool {
  return byte < 128 && ((load<u8>(set + (byte & 15)) >>> (byte >> 4)) & 1) !== 0;
}
