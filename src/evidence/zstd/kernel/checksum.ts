// biome-ignore-all lint/correctness/noPrecisionLoss: this is AssemblyScript, whose u64 holds them exactly

import { LANES } from "./memory";

// XXH64 (github.com/Cyan4973/xxHash, doc/xxhash_spec.md), with the seed 0.
const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

function round(lane: u64, input: u64): u64 {
  return rotl<u64>(lane + input * P2, 31) * P1;
}

export function beginChecksum(): void {
  store<u64>(LANES, P1 + P2);
  store<u64>(LANES, P2, 8);
  store<u64>(LANES, 0, 16);
  store<u64>(LANES, 0 - P1, 24);
}

/** Takes the bytes [from, end), as many as are whole stripes of 32. @returns where what is left of them begins */
export function takeStripes(from: usize, end: usize): usize {
  let a = load<u64>(LANES);
  let b = load<u64>(LANES, 8);
  let c = load<u64>(LANES, 16);
  let d = load<u64>(LANES, 24);
  let at = from;
  for (; at + 32 <= end; at += 32) {
    a = round(a, load<u64>(at));
    b = round(b, load<u64>(at, 8));
    c = round(c, load<u64>(at, 16));
    d = round(d, load<u64>(at, 24));
  }
  store<u64>(LANES, a);
  store<u64>(LANES, b, 8);
  store<u64>(LANES, c, 16);
  store<u64>(LANES, d, 24);
  return at;
}

function merge(sum: u64, lane: u64): u64 {
  return (sum ^ round(0, lane)) * P1 + P4;
}

/**
 * Takes the bytes [from, end), which are less than a stripe.
 * @param total how many bytes there were in all
 * @returns the checksum's lower half, which frames bear
 */
export function endChecksum(from: usize, end: usize, total: f64): u32 {
  const a = load<u64>(LANES);
  const b = load<u64>(LANES, 8);
  const c = load<u64>(LANES, 16);
  const d = load<u64>(LANES, 24);
  let sum: u64 = P5;
  if (total >= 32) {
    sum = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    sum = merge(merge(merge(merge(sum, a), b), c), d);
  }
  sum += total as u64;
  let at = from;
  for (; at + 8 <= end; at += 8) sum = rotl<u64>(sum ^ round(0, load<u64>(at)), 27) * P1 + P4;
  if (at + 4 <= end) {
    sum = rotl<u64>(sum ^ ((load<u32>(at) as u64) * P1), 23) * P2 + P3;
    at += 4;
  }
  for (; at < end; at++) sum = rotl<u64>(sum ^ ((load<u8>(at) as u64) * P5), 11) * P1;
  sum = (sum ^ (sum >>> 33)) * P2;
  sum = (sum ^ (sum >>> 29)) * P3;
  return (sum ^ (sum >>> 32)) as u32;
}
