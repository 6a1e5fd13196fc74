import { LITERAL_CODES, LITERAL_LENGTHS, MATCH_CODES, MATCH_LENGTHS, OFFSETS, SHARES } from "./memory";
import { makeStates, POWERS } from "./states";

// RFC 8878, 3.1.1.3.2.1.1: how many bits follow the codes of lengths, from the first code that is followed by some.
const LITERAL_BITS: StaticArray<u8> = [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS: StaticArray<u8> = [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

// 3.1.1.3.2.2: the shares that hold where a block says nothing else.
const LITERAL_SHARES: StaticArray<i8> = [
  4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1,
  -1,
];
const MATCH_SHARES: StaticArray<i8> = [
  1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
];
const OFFSET_SHARES: StaticArray<i8> = [
  1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1,
];

/** Writes down what codes of lengths stand for. Matches are 3 bytes long at least. */
export function writeCodes(): void {
  write(LITERAL_CODES, 0, 16, LITERAL_BITS);
  write(MATCH_CODES, 3, 32, MATCH_BITS);
}

function write(codes: usize, least: u32, plain: i32, bits: StaticArray<u8>): void {
  let value = least;
  for (let code = 0; code < plain + bits.length; code++) {
    const more = code < plain ? 0 : (bits[code - plain] as u32);
    store<u32>(codes + (code << 2), value | (more << 24));
    value += 1 << more;
  }
}

/** Makes one of the tables that hold where a block says nothing else. */
export function makeUsual(table: usize): void {
  if (table === LITERAL_LENGTHS) make(table, LITERAL_SHARES, 6, LITERAL_CODES);
  else if (table === MATCH_LENGTHS) make(table, MATCH_SHARES, 6, MATCH_CODES);
  else if (table === OFFSETS) make(table, OFFSET_SHARES, 5, POWERS);
}

function make(table: usize, shares: StaticArray<i8>, accuracy: i32, codes: usize): void {
  for (let symbol = 0; symbol < shares.length; symbol++)
    store<i16>(SHARES + (symbol << 1), shares[symbol] as i16);
  makeStates(table, shares.length, accuracy, codes);
}
