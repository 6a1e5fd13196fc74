// Steps over what strace prints before a call: what call-lead.ts of the reference says, in the kernel.

import { blanks, digits, isDigit, marked, numberIn } from "./call-bytes";

/** How the last lead's stamp is written (STAMPS in calls.ts; 0: there is none), and where it lies in its line. */
export let stamp: i32 = 0;
export let stampFrom: usize = 0;
export let stampTo: usize = 0;

/** The kinds of stamps, as in calls.ts. */
const HMS: i32 = 1;
const EPOCH: i32 = 2;
const DELTA: i32 = 3;

/** The shape of the lead before, 32 bytes with all digits made zeros; 255 marks the bytes that count, as many as it is long (at most 31). */
let before0: v128 = i32x4.splat(0);
let before1: v128 = i32x4.splat(0);
let marks0: v128 = i32x4.splat(0);
let marks1: v128 = i32x4.splat(0);
let beforeLength: usize = 0;
/** Where its thread's digits lie; equal when it has none. */
let threadFrom: usize = 0;
let threadTo: usize = 0;

/** The thread that the last lead named, which began at `from`; -1: none. */
export function threadIn(from: usize): i32 {
  return threadTo > threadFrom ? numberIn(from + threadFrom, from + threadTo) : -1;
}

/** The bytes, all digits made zeros. */
function shapeOf(bytes: v128): v128 {
  const isDigit = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10));
  return v128.bitselect(i8x16.splat(48), bytes, isDigit);
}

/** Does the line in [from, to) begin as the one before, but for its digits? They mean the same then. */
function leadsAsBefore(from: usize, to: usize): bool {
  if (beforeLength === 0 || from + 32 > to) return false;
  const differ = v128.or(
    v128.and(v128.xor(shapeOf(v128.load(from)), before0), marks0),
    v128.and(v128.xor(shapeOf(v128.load(from, 16)), before1), marks1),
  );
  if (v128.any_true(differ)) return false;
  const next: u32 = load<u8>(from + beforeLength);
  return next !== 32 && next !== 9 && next !== 91 && !isDigit(next);
}

function remember(from: usize, length: usize): void {
  before0 = shapeOf(v128.load(from));
  before1 = shapeOf(v128.load(from, 16));
  marks0 = marked(length);
  marks1 = marked(length - 16);
  beforeLength = length;
}

/** `4002 `, `4002<daemon> `, `[pid  4002] `, a stamp, and where the call was made from. @returns where the call begins, 0 when it is something else */
export function lead(from: usize, to: usize): usize {
  if (leadsAsBefore(from, to)) return from + beforeLength;
  threadFrom = threadTo = 0;
  beforeLength = 0;
  const at = newLead(from, to);
  if (at !== 0 && at - from < 32 && from + 32 <= to) remember(from, at - from);
  return at;
}

function newLead(from: usize, to: usize): usize {
  let at = from;
  let named = false;
  if (at + 4 <= to && load<u32>(at) === 0x6469705b) {
    // [pid
    const number = blanks(at + 4, to);
    const stop = digits(number, to);
    if (number === at + 4 || stop === number || stop - number > 7) return 0;
    const close = command(stop, to);
    if (close >= to || load<u8>(close) !== 93) return 0;
    at = blanks(close + 1, to);
    if (at === close + 1) return 0;
    threadFrom = number - from;
    threadTo = stop - from;
    named = true;
  } else at = blanks(at, to);
  stamp = 0;
  stampFrom = stampTo = 0;
  while (at < to && isDigit(load<u8>(at))) {
    const stop = digits(at, to);
    if (stamp !== 0 || stop >= to) return 0;
    const length = stop - at;
    const c = load<u8>(stop);
    let next = stop;
    if (c === 46) {
      if (length > 6 && (length < 9 || length > 11)) return 0;
      next = fraction(stop, to);
      stamp = length > 6 ? EPOCH : DELTA;
    } else if (c === 58) {
      next = length === 2 ? clock(stop, to) : 0;
      stamp = HMS;
    } else if (length >= 9 && length <= 11) {
      stamp = EPOCH;
    } else if (!named && length <= 7) {
      threadFrom = at - from;
      threadTo = stop - from;
      named = true;
      next = command(stop, to);
    } else return 0;
    if (next === 0) return 0;
    if (stamp !== 0) {
      stampFrom = at - from;
      stampTo = next - from;
    }
    at = blanks(next, to);
    if (at === next) return 0;
  }
  return at < to && load<u8>(at) === 91 ? place(at, to) : at;
}

/** `<daemon>` behind a thread's number, or nothing. @returns where that ends, or 0 */
function command(at: usize, to: usize): usize {
  if (at >= to || load<u8>(at) !== 60) return at;
  for (let i = at + 1; i < to; i++) {
    const c = load<u8>(i);
    if (c === 62) return i > at + 1 ? i + 1 : 0;
    if (c === 60) return 0;
  }
  return 0;
}

/** `[   7] ` and `[00007fc8a1b2c3d4] `: the call's number and where it was made from, or one of them. @returns where they end, or 0 */
function place(from: usize, to: usize): usize {
  let at = from;
  const number = blanks(at + 1, to);
  let stop = digits(number, to);
  if (stop > number && stop - number <= 4 && closesPlace(stop, to)) at = stop + 2;
  if (at >= to || load<u8>(at) !== 91) return at;
  for (stop = at + 1; stop < to; stop++) {
    const c: u32 = load<u8>(stop);
    if (!(isDigit(c) || c - 97 < 6 || c === 63)) break;
  }
  const length = stop - at - 1;
  return length >= 8 && length <= 16 && closesPlace(stop, to) ? stop + 2 : 0;
}

/** Does `] ` stand there? */
function closesPlace(at: usize, to: usize): bool {
  return at + 2 <= to && load<u16>(at) === 0x205d;
}

/** `:37:53.535753` behind the hour, perhaps with a fraction. @returns where it ends, or 0 */
function clock(at: usize, to: usize): usize {
  if (at + 6 > to || load<u8>(at + 3) !== 58) return 0;
  if (digits(at + 1, at + 3) !== at + 3 || digits(at + 4, at + 6) !== at + 6) return 0;
  const end = at + 6;
  return end < to && load<u8>(end) === 46 ? fraction(end, to) : end;
}

/** A point and three to nine digits. @returns where they end, or 0 */
function fraction(at: usize, to: usize): usize {
  const end = digits(at + 1, to);
  const length = end - at - 1;
  return length >= 3 && length <= 9 ? end : 0;
}
