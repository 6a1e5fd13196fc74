import { PackingError } from "../packing-error.js";
import type { Bits } from "./bits.js";

/** The longest code of a symbol, in bits. */
const LONGEST = 20;

/** A prefix code: symbols by their canonical codes, shorter ones first. */
export class Codes {
  /** The largest code of each length; below every code where no symbol has that length. */
  private readonly largest = new Int32Array(LONGEST + 1).fill(-1);
  /** What leads from a code of each length to its place among the symbols. */
  private readonly shift = new Int32Array(LONGEST + 1);
  private readonly symbols: Uint16Array;
  private readonly shortest: number;

  /** @param lengths of each symbol's code, in bits */
  constructor(lengths: Uint8Array) {
    this.symbols = new Uint16Array(lengths.length);
    this.shortest = Math.min(...lengths);
    let code = 0;
    let place = 0;
    for (let length = this.shortest; length <= LONGEST; length++) {
      this.shift[length] = place - code;
      const first = place;
      for (let symbol = 0; symbol < lengths.length; symbol++)
        if (lengths[symbol] === length) this.symbols[place++] = symbol;
      code += place - first;
      if (place > first) this.largest[length] = code - 1;
      code <<= 1;
    }
  }

  /** Reads the code lengths of a table: each is told by steps up and down from the one before. */
  static read(bits: Bits, symbols: number): Codes {
    const lengths = new Uint8Array(symbols);
    let length = bits.take(5);
    for (let symbol = 0; symbol < symbols; symbol++) {
      while (bits.take(1) === 1) length += bits.take(1) === 0 ? 1 : -1;
      if (length < 1 || length > LONGEST) throw new PackingError("a table of codes is damaged");
      lengths[symbol] = length;
    }
    return new Codes(lengths);
  }

  /** The next symbol. */
  next(bits: Bits): number {
    let length = this.shortest;
    let code = bits.take(length);
    while (code > this.largest[length]!) {
      if (++length > LONGEST) throw new PackingError("it holds a code that no symbol has");
      code = (code << 1) | bits.take(1);
    }
    const symbol = this.symbols[code + this.shift[length]!];
    if (symbol === undefined) throw new PackingError("it holds a code that no symbol has");
    return symbol;
  }
}
