import { Op, STEP } from "./tracks.js";

/** A text goes on here if what follows a fork does not fit. */
interface Fork {
  readonly pc: number;
  readonly at: number;
}

/**
 * Reads bytes[from, to) by a program of tracks, and notes places in `marks`.
 * @returns the track that the text is a record of; -1: of none
 */
export function matchTrack(
  program: Uint8Array,
  bytes: Uint8Array,
  from: number,
  to: number,
  marks: Int32Array,
): number {
  const words = new Int32Array(program.buffer, program.byteOffset, program.length >> 2);
  const forks: Fork[] = [];
  let pc = 0;
  let at = from;
  for (;;) {
    const word = pc >> 2;
    const number = words[word + 1]!;
    let fits = true;
    switch (words[word]) {
      case Op.PLACES:
        fits = stands(program, pc + STEP, number, bytes, at, to);
        at += number;
        pc += STEP + blocksOf(number);
        break;
      case Op.EXACTLY:
        fits = at + number <= to && runEnd(program, pc + STEP, bytes, at, at + number) === at + number;
        at += number;
        pc += 2 * STEP;
        break;
      case Op.RUN: {
        const end = runEnd(program, pc + STEP, bytes, at, to);
        fits = end - at >= number && end - at <= words[word + 2]!;
        const hasLast = words[word + 3] === 1;
        if (hasLast) fits &&= isIn(program, pc + 2 * STEP, bytes[end - 1]!);
        at = end;
        pc += hasLast ? 3 * STEP : 2 * STEP;
        break;
      }
      case Op.MARK:
        marks[number] = at - words[word + 2]!;
        pc += STEP;
        break;
      case Op.UNLESS:
        fits = !stands(program, pc + STEP, number, bytes, at, to);
        pc += STEP + blocksOf(number);
        break;
      case Op.FORK:
        forks.push({ pc: number, at });
        pc += STEP;
        break;
      default:
        if (at === to) return number;
        fits = false;
    }
    if (fits) continue;
    const fork = forks.pop();
    if (!fork) return -1;
    ({ pc, at } = fork);
  }
}

/** Bytes of the blocks for so many places. */
const blocksOf = (places: number): number => 2 * STEP * Math.ceil(places / STEP);

function stands(
  program: Uint8Array,
  blocks: number,
  count: number,
  bytes: Uint8Array,
  at: number,
  to: number,
): boolean {
  if (at + count > to) return false;
  for (let i = 0; i < count; i++) {
    const place = blocks + 2 * (i & ~15) + (i & 15);
    const above = (bytes[at + i]! - program[place]!) & 255;
    if (above > program[place + STEP]!) return false;
  }
  return true;
}

function runEnd(program: Uint8Array, set: number, bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && isIn(program, set, bytes[at]!)) at++;
  return at;
}

function isIn(program: Uint8Array, set: number, byte: number): boolean {
  return byte < 128 && ((program[set + (byte & 15)]! >> (byte >> 4)) & 1) === 1;
}
