import { SHARES } from "./memory";

/** Where the bytes behind the last shares begin. */
export let behind: usize = 0;
/** How many symbols they are of. */
export let symbols: i32 = 0;
/** The table has `1 << accuracy` states. */
export let accuracy: i32 = 0;

/**
 * Reads what share of the states each symbol has (RFC 8878, 4.1.1): bits from the lowest to the highest.
 * @returns are they in order?
 */
export function readShares(from: usize, end: usize, mostAccurate: i32, mostSymbols: i32): bool {
  accuracy = (load<u8>(from) & 15) + 5;
  if (from >= end || accuracy > mostAccurate) return false;
  const stop = ((end - from) as i32) << 3;
  let bit: i32 = 4;
  let left: i32 = 1 << accuracy;
  let symbol: i32 = 0;
  while (left > 0) {
    if (bit >= stop || symbol >= mostSymbols) return false;
    const width = 32 - clz(left + 1);
    const low = (1 << (width - 1)) - 1;
    const spared = (1 << width) - 2 - left;
    let value = ((load<u32>(from + (bit >> 3)) >>> (bit & 7)) & ((1 << width) - 1)) as i32;
    bit += width;
    if ((value & low) < spared) {
      value &= low;
      bit--;
    } else if (value > low) value -= spared;
    // A share of -1 is less than one state's, and takes one.
    const share = value - 1;
    left -= share < 0 ? 1 : share;
    store<i16>(SHARES + (symbol++ << 1), share as i16);
    if (share !== 0) continue;
    for (let more: u32 = 3; more === 3; ) {
      if (bit >= stop) return false;
      more = (load<u16>(from + (bit >> 3)) >>> (bit & 7)) & 3;
      bit += 2;
      if (symbol + (more as i32) > mostSymbols) return false;
      for (let i: u32 = 0; i < more; i++) store<i16>(SHARES + (symbol++ << 1), 0);
    }
  }
  if (left !== 0 || bit > stop) return false;
  symbols = symbol;
  behind = from + ((bit + 7) >> 3);
  return true;
}
