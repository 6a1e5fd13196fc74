import { makeUsual } from "./codes";
import { LITERAL_CODES, LITERAL_LENGTHS, MATCH_CODES, MATCH_LENGTHS, OFFSETS } from "./memory";
import { accuracy, behind, readShares, symbols } from "./shares";
import { makeState, makeStates, POWERS } from "./states";

/** How many bits tell the first state of each table. */
export let literalBits: i32 = 0;
export let offsetBits: i32 = 0;
export let matchBits: i32 = 0;

/** There are tables that a block may use again. */
let known = false;

/** A new frame has no tables. */
export function forgetTables(): void {
  known = false;
}

const USUAL: u32 = 0;
const ONE_SYMBOL: u32 = 1;
const PACKED: u32 = 2;

let at: usize = 0;

/**
 * Makes the three tables of a block's sequences (RFC 8878, 3.1.1.3.2.1).
 * @param modes how each of them is told
 * @returns where what follows them begins, or 0
 */
export function readTables(modes: u32, from: usize, end: usize): usize {
  if (modes & 3) return 0;
  at = from;
  const literal = table(LITERAL_LENGTHS, modes >>> 6, literalBits, end, 9, 36, LITERAL_CODES, 6);
  if (literal < 0) return 0;
  literalBits = literal;
  const offset = table(OFFSETS, (modes >>> 4) & 3, offsetBits, end, 8, 32, POWERS, 5);
  if (offset < 0) return 0;
  offsetBits = offset;
  const match = table(MATCH_LENGTHS, (modes >>> 2) & 3, matchBits, end, 9, 53, MATCH_CODES, 6);
  if (match < 0) return 0;
  matchBits = match;
  known = true;
  return at;
}

/** @returns how many bits tell its first state, or -1 */
function table(
  table: usize,
  mode: u32,
  before: i32,
  end: usize,
  mostAccurate: i32,
  mostSymbols: i32,
  codes: usize,
  usual: i32,
): i32 {
  if (mode === USUAL) {
    makeUsual(table);
    return usual;
  }
  if (mode === ONE_SYMBOL) {
    const symbol = load<u8>(at) as i32;
    if (at >= end || symbol >= mostSymbols) return -1;
    at++;
    makeState(table, symbol, codes);
    return 0;
  }
  if (mode === PACKED) {
    if (!readShares(at, end, mostAccurate, mostSymbols)) return -1;
    at = behind;
    makeStates(table, symbols, accuracy, codes);
    return accuracy;
  }
  return known ? before : -1;
}
