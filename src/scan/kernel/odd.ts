import { mayContinue } from "./call-names";
import { CALL, IS_BRIEF, KIND, lookAt, note, PLAIN_CALL } from "./calls";
import { length, lines } from "./lines";
import { chunk, ends, heads, odd, rows } from "./memory";

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

/** Where texts are put one behind the other. */
let texts: usize = 0;

/** Rows that are gathered at once, as in scanner.ts. Of each row: its offset, 8 bytes; then of each its line, its length, and where its text ends, 4 bytes each. */
const GATHERED: usize = 2048;
const LINES: usize = GATHERED * 8;
const SIZES: usize = GATHERED * 12;
const TEXT_ENDS: usize = GATHERED * 16;

export function noteAt(factsAt: usize, textsAt: usize): void {
  facts = factsAt;
  texts = textsAt;
}

function beginOf(line: i32): i32 {
  return line === 0 ? 0 : load<i32>(ends + ((line - 1) << 2)) + 1;
}

/** Bytes of the line that begins at `begin`, without its line end. */
function sizeOf(line: i32, begin: i32): i32 {
  const size = (line < lines ? load<i32>(ends + (line << 2)) : length) - begin;
  return size > 0 && load<u8>(chunk + begin + size - 1) === CARRIAGE_RETURN ? size - 1 : size;
}

/**
 * Tells of the odd lines [from, to), by their place among these, where they lie, and puts their texts one behind the other.
 * @param line number of the chunk's first line, to be added to theirs
 * @param offset of its first byte
 * @param text where the first text goes, to be added to where they end
 * @param all also texts of brief calls; else these are empty
 * @returns how many bytes they are
 */
export function gather(from: i32, to: i32, line: i32, offset: f64, text: i32, all: bool): i32 {
  let at = texts;
  for (let row = from; row < to; row++) {
    const number = load<i32>(odd + (row << 2));
    const begin = beginOf(number);
    if (all || (load<i32>(facts + row * FACTS, KIND) & IS_BRIEF) === 0) {
      const size = sizeOf(number, begin);
      // What is copied too much is overwritten by the next, or means nothing.
      for (let i = 0; i < size; i += 16) v128.store(at + i, v128.load(chunk + begin + i));
      at += size;
    }
    const place = rows + ((row - from) << 2);
    store<f64>(rows + ((row - from) << 3), offset + (begin as f64));
    store<i32>(place + LINES, line + number);
    store<i32>(place + SIZES, (number < lines ? load<i32>(ends + (number << 2)) : length) - begin);
    store<i32>(place + TEXT_ENDS, text + ((at - texts) as i32));
  }
  return (at - texts) as i32;
}

/**
 * How many of the odd lines [from, to) there are, by their place among these, up to the first that is not before the line `most`, does not
 * certainly show a call, or may be one record with the line before or behind it.
 */
export function countCalls(from: i32, to: i32, most: i32): i32 {
  let row = from;
  for (; row < to; row++) {
    const line = load<i32>(odd + (row << 2));
    if (line >= most || load<i32>(facts + row * FACTS, KIND) === 0) break;
    if (mayContinue(load<u8>(chunk + beginOf(line)))) break;
    const behind = load<i32>(ends + (line << 2)) + 1;
    if (behind < length && mayContinue(load<u8>(chunk + behind))) break;
  }
  return row - from;
}

/** How many odd lines were found last. */
export let oddCount: i32 = 0;

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
      else store<i32>(facts + count * FACTS, 0, KIND);
      count += look === PLAIN_CALL ? 0 : 1;
    }
    begin = end + 1;
  }
  oddCount = count;
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
