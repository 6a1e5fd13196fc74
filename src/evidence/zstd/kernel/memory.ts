// Where everything lies in the memory: addresses in bytes. Tables stay from block to block of a frame. `../kernel.ts` repeats the last ones.

/** The tables that sequences are packed with, 8 bytes for each state (`states.ts`). Their addresses must fit into 16 bits. */
export const LITERAL_LENGTHS: usize = 0x1000;
export const OFFSETS: usize = 0x2000;
export const MATCH_LENGTHS: usize = 0x3000;
/** Of each Huffman prefix two bytes: the symbol, and how many bits its code has. */
export const HUFFMAN: usize = 0x4000;
/** The shares of a table's symbols, 2 bytes each. */
export const SHARES: usize = 0x5000;
/** The next state of a table's symbols, 2 bytes each. */
export const NEXT: usize = 0x5200;
/** Weights of Huffman codes, one byte each; the table that they are packed with; how many codes have each weight, 4 bytes each. */
export const WEIGHTS: usize = 0x5400;
export const WEIGHT_STATES: usize = 0x5600;
export const RANKS: usize = 0x5900;
/** The checksum's four lanes, 8 bytes each. */
export const LANES: usize = 0x5a00;
/** The values of codes: 4 bytes, the first value, and how many bits follow, in the highest 8. */
export const LITERAL_CODES: usize = 0x5b00;
export const MATCH_CODES: usize = 0x5c00;
/** Sequences that were read and are to be carried out, `SOME` at most: 4 bytes each for literals, length and code of the offset. */
export const SEQUENCES: usize = 0x8000;
export const SOME: i32 = 512;
/** Literals of the block in hand, `MOST` at most. What lies behind them is read, too. */
export const LITERALS: usize = 0x10000;
/** The packed file's next bytes, `MOST` at most. What is left of those before lies before them, `MOST` at most. */
export const PACKED: usize = 0x60000;
/** The ring of what was unpacked. Before it is room for less than a stripe of the checksum. */
export const RING: usize = 0x90000;

/** No block is longer, neither packed nor unpacked (RFC 8878, 3.1.1.2.4). */
export const MOST: i32 = 128 << 10;
/** So many bytes behind their end may be read or written when bytes are copied. */
export const MARGIN: i32 = 64;
