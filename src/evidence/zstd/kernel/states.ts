import { NEXT, SHARES } from "./memory";

/**
 * Makes the table of a finite state machine of the shares that were read (RFC 8878, 4.1.1). Of each state 8 bytes: the first value of its
 * symbol (4), the address of the state that follows if the next bits are 0 (2), how many bits follow its value (1) and how many tell the next state (1).
 *
 * @param codes what symbols stand for: `memory.ts`; 0: they stand for themselves
 */
export function makeStates(table: usize, symbols: i32, accuracy: i32, codes: usize): void {
  const size: i32 = 1 << accuracy;
  let high = size;
  for (let symbol = 0; symbol < symbols; symbol++) {
    const share = load<i16>(SHARES + (symbol << 1)) as i32;
    if (share < 0) store<u32>(table + (--high << 3), symbol);
    store<u16>(NEXT + (symbol << 1), (share < 0 ? 1 : share) as u16);
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let at: i32 = 0;
  for (let symbol = 0; symbol < symbols; symbol++) {
    const share = load<i16>(SHARES + (symbol << 1)) as i32;
    for (let i = 0; i < share; i++) {
      store<u32>(table + (at << 3), symbol);
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  }
  for (let state = 0; state < size; state++) {
    const place = table + (state << 3);
    const symbol = load<u32>(place) as i32;
    const next = load<u16>(NEXT + (symbol << 1)) as i32;
    store<u16>(NEXT + (symbol << 1), (next + 1) as u16);
    const wide = accuracy - (31 - clz(next));
    fill(place, symbol, codes, (table + (((next << wide) - size) << 3)) as u32, wide);
  }
}

/** Makes a table of one state, which needs no bits. */
export function makeState(table: usize, symbol: i32, codes: usize): void {
  fill(table, symbol, codes, table as u32, 0);
}

/** The codes of offsets stand for powers of two, with as many bits behind them. */
export const POWERS: usize = 1;

function fill(place: usize, symbol: i32, codes: usize, next: u32, wide: i32): void {
  let value = symbol as u32;
  let more = symbol as u32;
  if (codes === POWERS) value = (1 as u32) << symbol;
  else if (codes !== 0) {
    const code = load<u32>(codes + (symbol << 2));
    value = code & 0xffffff;
    more = code >>> 24;
  }
  store<u32>(place, value);
  store<u16>(place, next as u16, 4);
  store<u8>(place, more as u8, 6);
  store<u8>(place, wide as u8, 7);
}
