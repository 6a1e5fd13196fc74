// What a system call shows in its arguments and behind its result. All take where that begins, and where it ends.

import { digits, isDigit, maybeMarks } from "./call-bytes";

/** Do these eight bytes stand at `at`? */
export function has8(at: usize, first: u32, second: u32): bool {
  return load<u32>(at) === first && load<u32>(at, 4) === second;
}

/** Do the arguments have a command of fcntl that somebody follows: F_SETFL, F_DUPFD? */
export function isControl(from: usize, to: usize): bool {
  return have7(from, to, 0x45535f46, 0x4c465445) || duplicates(from, to);
}

export function duplicates(from: usize, to: usize): bool {
  return have7(from, to, 0x55445f46, 0x44465055);
}

/** Have the arguments seven bytes, of which these are the first four and the last four? */
function have7(from: usize, to: usize, first: u32, last: u32): bool {
  for (let at = from; at + 7 <= to; at++)
    if (load<u32>(at) === first && load<u32>(at, 3) === last) return true;
  return false;
}

/** Does " EAGAIN" follow the result? */
export function isAgain(at: usize, to: usize): bool {
  return (
    at + 7 <= to && load<u8>(at) === 32 && load<u32>(at + 1) === 0x41474145 && load<u16>(at + 5) === 0x4e49
  );
}

/** `4, [], 128, 0`: a wait that does not wait. */
export function looksOnly(from: usize, to: usize): bool {
  let at = digits(from, to);
  if (at === from || at + 4 > to || load<u16>(at) !== 0x202c) return false; // ", "
  at += 2;
  if (load<u16>(at) === 0x5d5b)
    at += 2; // []
  else {
    if (load<u16>(at) !== 0x7830) return false; // 0x
    const start = at + 2;
    for (at = start; at < to; at++) {
      const c: u32 = load<u8>(at);
      if (!(isDigit(c) || c - 97 < 6)) break;
    }
    if (at === start) return false;
  }
  if (at + 2 > to || load<u16>(at) !== 0x202c) return false;
  const count = at + 2;
  at = digits(count, to);
  if (at === count || at + 3 > to || load<u16>(at) !== 0x202c || load<u8>(at + 2) !== 48) return false;
  return at + 3 === to || load<u8>(at + 3) === 44;
}

/** Does POLLERR stand behind the result? */
export function hasPollError(from: usize, to: usize): bool {
  for (let at = from; at + 7 <= to; at++)
    if (load<u32>(at) === 0x4c4c4f50 && load<u32>(at + 3) === 0x5252454c) return true;
  return false;
}

/** Is there a `<` among the arguments? */
export function isAnnotated(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) if (load<u8>(at) === 60) return true;
  return false;
}

/** Have the arguments the mark of a DNS message: \0\1\0 or \x00\x01\x00? */
export function isMarked(from: usize, to: usize): bool {
  for (let at = from; at + 6 <= to; at += 16) {
    let places = maybeMarks(at);
    for (; places !== 0; places &= places - 1) {
      const mark = at + ctz(places);
      if (mark + 6 <= to && load<u32>(mark) === 0x315c305c && load<u16>(mark + 4) === 0x305c) return true;
      if (mark + 12 <= to && has8(mark, 0x3030785c, 0x3130785c) && load<u32>(mark + 8) === 0x3030785c)
        return true;
    }
  }
  return false;
}
