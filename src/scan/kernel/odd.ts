import { CALL, lookAt, note, PLAIN_CALL } from "./calls";
import { length, lines } from "./lines";
import { chunk, ends, heads, odd } from "./memory";

const CARRIAGE_RETURN: u8 = 13;
/** The same numbers as in heads.ts: how many heads, and bytes of each. */
const MAX_HEADS: i32 = 32;
const MAX_HEAD: i32 = 256;
/** Behind the heads: of each its length, 4 bytes, and then which come first, a byte each. */
const LENGTHS: i32 = MAX_HEADS * 2 * MAX_HEAD;
const ORDER: i32 = LENGTHS + MAX_HEADS * 4;

let known: i32 = 0;

/** Makes room for a head of `size` bytes, which comes first. @returns where its lowest bytes go; MAX_HEAD behind them go the spans */
export function addHead(size: i32): usize {
  if (known < MAX_HEADS) {
    store<u8>(heads + ORDER + known, known as u8);
    known++;
  }
  moveToFront(known - 1);
  const head = load<u8>(heads + ORDER) as i32;
  store<i32>(heads + LENGTHS + (head << 2), size);
  return heads + head * 2 * MAX_HEAD;
}

export function forgetHeads(): void {
  known = 0;
}

/** Where the facts of odd lines are noted: six numbers of 4 bytes for each. */
const FACTS: i32 = 24;
let facts: usize = 0;

/** Where texts are put one behind the other, and where each ends, 4 bytes each. */
let texts: usize = 0;
let textEnds: usize = 0;

export function noteAt(factsAt: usize, textsAt: usize, textEndsAt: usize): void {
  facts = factsAt;
  texts = textsAt;
  textEnds = textEndsAt;
}

function beginOf(line: i32): i32 {
  return line === 0 ? 0 : load<i32>(ends + ((line - 1) << 2)) + 1;
}

/** Bytes of the line that begins at `begin`, without its line end. */
function sizeOf(line: i32, begin: i32): i32 {
  const size = (line < lines ? load<i32>(ends + (line << 2)) : length) - begin;
  return size > 0 && load<u8>(chunk + begin + size - 1) === CARRIAGE_RETURN ? size - 1 : size;
}

/** Puts the texts of the odd lines [from, to), by their place among these, one behind the other. @returns how many bytes they are */
export function gather(from: i32, to: i32): i32 {
  let at = texts;
  for (let row = from; row < to; row++) {
    const line = load<i32>(odd + (row << 2));
    const begin = beginOf(line);
    const size = sizeOf(line, begin);
    // What is copied too much is overwritten by the next, or means nothing.
    for (let i = 0; i < size; i += 16) v128.store(at + i, v128.load(chunk + begin + i));
    at += size;
    store<i32>(textEnds + ((row - from) << 2), (at - texts) as i32);
  }
  return (at - texts) as i32;
}

/** Finds the lines [from, to) that begin like no head and show no plain call. @returns how many */
export function findOdd(from: i32, to: i32): i32 {
  let count: i32 = 0;
  let begin = from === 0 ? 0 : load<i32>(ends + ((from - 1) << 2)) + 1;
  for (let line = from; line < to; line++) {
    const end = line < lines ? load<i32>(ends + (line << 2)) : length;
    let size = end - begin;
    if (size > 0 && load<u8>(chunk + end - 1) === CARRIAGE_RETURN) size--;
    const at = chunk + begin;
    if (!fits(at, size)) {
      const look = lookAt(at, at + size);
      store<i32>(odd + (count << 2), line);
      if (look === CALL) note(facts + count * FACTS);
      else store<i32>(facts + count * FACTS, 0, 8);
      count += look === PLAIN_CALL ? 0 : 1;
    }
    begin = end + 1;
  }
  return count;
}

function fits(at: usize, size: i32): bool {
  const order = heads + ORDER;
  for (let k = 0; k < known; k++) {
    const head = load<u8>(order + k) as i32;
    const needed = load<i32>(heads + LENGTHS + (head << 2));
    if (needed <= size && agrees(at, heads + head * 2 * MAX_HEAD, needed)) {
      if (k > 0) moveToFront(k);
      return true;
    }
  }
  return false;
}

/** Does each byte lie in its range? What a head is padded with fits any byte. */
function agrees(at: usize, low: usize, needed: i32): bool {
  for (let i = 0; i < needed; i += 16) {
    const above = i8x16.sub(v128.load(at + i), v128.load(low + i));
    if (!i8x16.all_true(i8x16.le_u(above, v128.load(low + i, MAX_HEAD)))) return false;
  }
  return true;
}

function moveToFront(k: i32): void {
  const order = heads + ORDER;
  const head = load<u8>(order + k);
  for (; k > 0; k--) store<u8>(order + k, load<u8>(order + k - 1));
  store<u8>(order, head);
}
