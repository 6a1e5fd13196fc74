// Lines that show system calls, by their bytes: what call-line.ts and calls.ts say, in the kernel.

import {
  duplicates,
  has8,
  hasPollError,
  isAgain,
  isAnnotated,
  isControl,
  isMarked,
  looksOnly,
} from "./call-args";
import { blanks, closing, digits, isDigit, nameBytes, nextMeaning, numberIn } from "./call-bytes";
import { lead, stamp, stampFrom, stampTo, threadIn } from "./call-lead";
import { areKnown, meaningOf } from "./call-names";

/** The rules: the same numbers as in calls.ts. */
const PLAIN: u8 = 0;
const READ: u8 = 2;
const WRITE: u8 = 3;
const WAIT: u8 = 4;
const POLL: u8 = 5;
const CONTROL: u8 = 6;

/** What a line shows, as CallLook in calls.ts has it. */
export const UNKNOWN: u8 = 0;
export const PLAIN_CALL: u8 = 1;
export const CALL: u8 = 2;

/** Bits of the facts' third number, and how its upper part and the names' bytes are cut: as in calls.ts. */
const RULE_BITS: u8 = 3;
const TAG_SHIFT: i32 = 8;
const IS_CALL: i32 = 1;
const IS_ENDED: i32 = 2;
const IS_BEGUN: i32 = 4;
const IS_NOTED: i32 = 8;
const HAS_FAILED: i32 = 16;
const IS_DONE: i32 = 32;
const IS_AGAIN: i32 = 64;
const DUPLICATES: i32 = 128;
export const IS_BRIEF: i32 = 1 << 13;
const STAMP_SHIFT: i32 = 16;
/** Where the bits lie in a line's facts. */
export const KIND: usize = 8;
const UNTOLD: i32 = -1;
const MOST_DIGITS: usize = 9;
/** Places in a line that are noted are no further on. */
const MOST_LEAD: usize = 0xff;
const MOST_PLACE: usize = 0xffff;

/** What the line in hand shows of its call: its name's tag and rule, whether it is the second half, and where the arguments lie. */
let tag: i32 = 0;
let rule: u8 = 0;
let ended: bool = false;
let line: usize = 0;
let nameFrom: usize = 0;
let argsFrom: usize = 0;
let argsTo: usize = 0;
let restFrom: usize = 0;
/** How it ended, in the bits of the facts; and its result as they give it, where its digits (from the first that is no zero) do not tell. */
let outcome: i32 = 0;
let result: i32 = UNTOLD;
let resultFrom: usize = 0;
let resultTo: usize = 0;

/** Does the line in [from, to) certainly show a call, and if so, does anybody need to look at it? */
export function lookAt(from: usize, to: usize): u8 {
  if (!areKnown()) return UNKNOWN;
  line = from;
  let at = lead(from, to);
  if (at === 0 || at >= to) return UNKNOWN;
  ended = load<u8>(at) === 60; // <
  if (ended) {
    if (at + 5 > to || load<u32>(at) !== 0x2e2e2e3c || load<u8>(at + 4) !== 32) return UNKNOWN; // "<... "
    at += 5;
  }
  const name = at;
  if (isDigit(load<u8>(name))) return UNKNOWN;
  let more: usize = 16;
  for (; more === 16 && at < to; at += more) more = nameBytes(at);
  if (at === name || at >= to) return UNKNOWN;
  nameFrom = name;
  const meaning = meaningOf(name, at - name);
  rule = meaning & ((1 << RULE_BITS) - 1);
  tag = meaning >> RULE_BITS;
  if (!ended) return load<u8>(at) === 40 ? lookAtArguments(at + 1, to) : UNKNOWN; // (
  if (at + 9 > to || !has8(at, 0x73657220, 0x64656d75) || load<u8>(at + 8) !== 62) return UNKNOWN; // " resumed>"
  return lookAtArguments(at + 9, to);
}

/** Steps over the arguments to what ends them, outside of quotes, and judges by that and by what follows. */
function lookAtArguments(from: usize, to: usize): u8 {
  argsFrom = from;
  for (let at = nextMeaning(from, to); at < to; at = nextMeaning(at + 1, to)) {
    const c = load<u8>(at);
    if (c === 34) {
      // "
      at = closing(at, to);
      if (at >= to) return UNKNOWN;
    } else if (c === 41) {
      // )
      const equals = blanks(at + 1, to);
      if (equals > at + 1 && equals + 1 < to && load<u16>(equals) === 0x203d) {
        argsTo = at;
        return lookAtResult(equals + 2, to);
      }
    } else if (c === 60) {
      // <unfinished ...> or <detached ...>
      if (at + 16 <= to && has8(at, 0x666e753c, 0x73696e69) && has8(at + 8, 0x20646568, 0x3e2e2e2e)) {
        if (ended || blanks(at + 16, to) < to) return UNKNOWN;
        argsTo = at;
        outcome = IS_BEGUN;
        result = UNTOLD;
        resultFrom = resultTo = 0;
        restFrom = to;
        return rule === PLAIN || (rule === CONTROL && !isControl(argsFrom, argsTo)) ? PLAIN_CALL : CALL;
      }
      if (
        at + 14 <= to &&
        has8(at, 0x7465643c, 0x65686361) &&
        load<u32>(at + 8) === 0x2e2e2064 &&
        load<u16>(at + 12) === 0x3e2e
      )
        return UNKNOWN;
    } else if (c === 58) {
      // strace: Process
      if (
        at - 6 >= from &&
        at + 10 <= to &&
        has8(at - 6, 0x61727473, 0x203a6563) &&
        has8(at + 2, 0x636f7250, 0x20737365)
      )
        return UNKNOWN;
    } else if (at + 1 < to && load<u8>(at + 1) === 67) return UNKNOWN; // ^C
  }
  return UNKNOWN;
}

/** `-1`, `0x7f0d278`, `?`, and nothing or a blank behind it. */
function lookAtResult(from: usize, to: usize): u8 {
  if (from >= to) return UNKNOWN;
  let at = from;
  let positive = false;
  let isOne = false;
  result = UNTOLD;
  resultFrom = resultTo = 0;
  const first = load<u8>(at);
  const negative = first === 45; // -
  if (first === 63) {
    // ?
    at++;
  } else if (first === 48 && at + 1 < to && load<u8>(at + 1) === 120) {
    // 0x
    const start = at + 2;
    for (at = start; at < to; at++) {
      const c: u32 = load<u8>(at);
      if (!(isDigit(c) || c - 97 < 6)) break;
      if (c !== 48) positive = true;
    }
    if (at === start) return UNKNOWN;
    if (!positive) result = 0;
  } else {
    if (negative) at++;
    const start = at;
    at = digits(at, to);
    if (at === start) return UNKNOWN;
    let nonzero = start;
    while (nonzero < at && load<u8>(nonzero) === 48) nonzero++;
    positive = nonzero < at;
    isOne = nonzero + 1 === at && load<u8>(nonzero) === 49;
    if (!(negative && positive) && at - nonzero <= MOST_DIGITS) {
      result = 0;
      resultFrom = nonzero;
      resultTo = at;
    }
  }
  if (at < to) {
    const c = load<u8>(at);
    if (c !== 32 && c !== 9 && c !== 60 && c !== 94) return UNKNOWN;
  }
  restFrom = at;
  const failed = first === 63 || (negative && positive);
  outcome = (ended ? IS_ENDED : 0) | (negative && isOne ? HAS_FAILED : failed ? 0 : IS_DONE);
  if (negative && isOne && isAgain(at, to)) outcome |= IS_AGAIN;
  return isPlain(failed, positive && !negative, to) ? PLAIN_CALL : CALL;
}

/** Notes what was found out about the call in hand: thread, descriptor, the bits of what it is, its result, and where its parts lie. */
export function note(at: usize): void {
  const stop = digits(argsFrom, argsTo);
  const length = stop - argsFrom;
  const isNoted = length > 0 && stop < argsTo && load<u8>(stop) === 60;
  store<i32>(at, threadIn(line));
  store<i32>(at, length === 0 ? -1 : numberIn(argsFrom, length > 9 ? argsFrom + 9 : stop), 4);
  const control = rule === CONTROL && duplicates(argsFrom, argsTo) ? DUPLICATES : 0;
  const brief = !isNoted && ((IS_CALL | outcome) & briefIf()) !== 0 ? IS_BRIEF : 0;
  const kind = outcome | control | brief | (isNoted ? IS_NOTED : 0) | (tag << TAG_SHIFT);
  store<i32>(at, IS_CALL | kind | (stamp << STAMP_SHIFT), KIND);
  store<i32>(at, resultTo > resultFrom ? numberIn(resultFrom, resultTo) : result, 12);
  const isNear = argsFrom - line <= MOST_LEAD && restFrom - line <= MOST_PLACE;
  const names = (nameFrom - line) << 16;
  const args = (argsFrom - line) << 24;
  store<i32>(at, isNear ? ((stampFrom | (stampTo << 8) | names | args) as i32) : 0, 16);
  store<i32>(at, isNear ? (((argsTo - line) | ((restFrom - line) << 16)) as i32) : 0, 20);
}

/** What the facts of a brief call have one of, as BRIEF in calls.ts has it. */
function briefIf(): i32 {
  if (rule === READ) return IS_BEGUN | IS_AGAIN;
  if (rule === WRITE) return IS_BEGUN | IS_ENDED;
  return rule === WAIT ? IS_CALL : 0;
}

function isPlain(failed: bool, positive: bool, to: usize): bool {
  if (rule === PLAIN) return true;
  if (rule === WAIT) return !ended && (positive || looksOnly(argsFrom, argsTo));
  if (rule === READ || (rule === WRITE && !ended)) return !failed && !isMarked(argsFrom, argsTo);
  if (rule === CONTROL) return !ended && (failed || !isControl(argsFrom, argsTo));
  if (rule === POLL)
    return !ended && positive && !hasPollError(restFrom, to) && !isAnnotated(argsFrom, argsTo);
  return false;
}
