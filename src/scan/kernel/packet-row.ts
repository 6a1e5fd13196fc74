// Where the numbers of a row lie (decode/packet/row.ts has the same order): offsets in bytes.

export const ROW_BYTES: i32 = 44;
export const KIND: usize = 0;
export const FRAME: usize = 4;
export const CAPTURED: usize = 8;
export const ORIGINAL: usize = 12;
export const PACKET: usize = 16;
export const OFFSET: usize = 20;
export const LENGTH: usize = 24;
export const NS: usize = 28;
export const KEY: usize = 32;
export const ID: usize = 36;
export const PLACE: usize = 40;
