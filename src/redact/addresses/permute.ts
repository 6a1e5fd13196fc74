import type { Key } from "../key.js";

const ROUNDS = 6;

/**
 * Maps the numbers of so many bits one to one onto each other: a Feistel network with keyed rounds (Luby and Rackoff 1988).
 * @param bits even, at most 30
 */
export function permuteNumber(key: Key, purpose: string, value: number, bits: number): number {
  const half = bits / 2;
  const mask = (1 << half) - 1;
  let [left, right] = [value >>> half, value & mask];
  for (let round = 0; round < ROUNDS; round++) {
    const noise = key.digest(purpose, `${round}:${right}`).readUInt32BE(0) & mask;
    [left, right] = [right, left ^ noise];
  }
  return (left << half) | right;
}
