import { longest } from "./huffman";
import { HUFFMAN } from "./memory";

/** So many bytes are unpacked of each stream at a time: codes of 11 bits at most, of which a word has 56 at least. */
const AT_ONCE: usize = 5;

/** Of the word at `at`, `left` bits have not been read. */
let at: usize = 0;
let left: u32 = 0;

/**
 * Unpacks one stream.
 * @returns was it read to its beginning, no more and no less?
 */
export function readStream(from: usize, end: usize, to: usize, count: i32): bool {
  return open(from, end) && finish(from, to, to + count);
}

/**
 * Unpacks two streams that lie one behind the other, to places one behind the other: two at a time take hardly longer than one, as each code
 * must wait for the one before it.
 */
export function readStreams(
  from: usize,
  between: usize,
  end: usize,
  to: usize,
  count: i32,
  other: i32,
): bool {
  const second = to + count;
  if (!open(between, end)) return false;
  let otherAt = at;
  let otherLeft = left;
  if (!open(from, between)) return false;
  let oneAt = at;
  let oneLeft = left;
  const bits = longest;
  const most = ((1 << bits) - 1) as u32;
  const stop = to + min(count, other) - (AT_ONCE - 1);
  let out = to;
  for (; (out as i32) < (stop as i32); out += AT_ONCE) {
    oneAt -= (63 - oneLeft) >>> 3;
    oneLeft |= 56;
    otherAt -= (63 - otherLeft) >>> 3;
    otherLeft |= 56;
    if (oneAt + 16 < from) return false;
    const one = load<u64>(oneAt);
    const two = load<u64>(otherAt);
    for (let i: usize = 0; i < AT_ONCE; i++) {
      const cell = load<u16>(HUFFMAN + ((((one >>> ((oneLeft - bits) as u64)) as u32) & most) << 1)) as u32;
      const also = load<u16>(HUFFMAN + ((((two >>> ((otherLeft - bits) as u64)) as u32) & most) << 1)) as u32;
      oneLeft -= cell >>> 8;
      otherLeft -= also >>> 8;
      store<u8>(out + i, cell as u8);
      store<u8>(out + i + count, also as u8);
    }
  }
  at = oneAt;
  left = oneLeft;
  if (!finish(from, out, second)) return false;
  at = otherAt;
  left = otherLeft;
  return finish(between, out + count, second + other);
}

function open(from: usize, end: usize): bool {
  if (from >= end) return false;
  const last = load<u8>(end - 1) as u32;
  at = end - 8;
  left = 56 + (31 - clz(last));
  return last !== 0;
}

function finish(from: usize, to: usize, end: usize): bool {
  const bits = longest;
  const most = ((1 << bits) - 1) as u32;
  for (let out = to; out < end; out++) {
    at -= (63 - left) >>> 3;
    left |= 56;
    if (at + 16 < from) return false;
    const cell = load<u16>(
      HUFFMAN + ((((load<u64>(at) >>> ((left - bits) as u64)) as u32) & most) << 1),
    ) as u32;
    left -= cell >>> 8;
    store<u8>(out, cell as u8);
  }
  return (((at - from) as i32) << 3) + (left as i32) === 0;
}
