import { PackingError } from "../packing-error.js";
import type { Bits } from "./bits.js";
import { Codes } from "./codes.js";

/** So many symbols are written with one table of codes, before another is chosen. */
const SYMBOLS_PER_TABLE = 50;
const MOST_TABLES = 6;
/** Two symbols stand for the digits of a run's length. */
const RUN_SYMBOLS = 2;

const damaged = (what: string) => new PackingError(`${what} is damaged`);

/**
 * Reads what follows a block's checksum: the bytes in the order of the Burrows-Wheeler transform, each in the low eight bits of its place.
 * (There is no specification of bzip2 but its source, bzip2 1.0.8, decompress.c; a description is in Joe Tsai's "BZIP2: Format
 * Specification", 2016.)
 *
 * @param room takes them: as long as the largest block of the stream
 * @returns how many bytes there are, and which of them was the first before the transform
 */
export function readBlock(bits: Bits, room: Uint32Array): { count: number; origin: number } {
  if (bits.take(1) === 1) throw new PackingError("a block is in the form of bzip2 before 0.9.5");
  const origin = bits.take(24);
  const used = readUsed(bits);
  const end = used.length + 1;
  const tableCount = bits.take(3);
  if (tableCount < 2 || tableCount > MOST_TABLES) throw damaged("a block's head");
  const chosen = readChoices(bits, tableCount);
  const tables = Array.from({ length: tableCount }, () => Codes.read(bits, end + 1));
  let table = tables[0]!;
  let left = 0;
  let choice = 0;
  let count = 0;
  let run = 0;
  let weight = 1;
  for (;;) {
    if (left-- === 0) {
      if (choice === chosen.length) throw damaged("a block");
      table = tables[chosen[choice++]!]!;
      left = SYMBOLS_PER_TABLE - 1;
    }
    const symbol = table.next(bits);
    if (symbol < RUN_SYMBOLS) {
      run += weight << symbol;
      weight <<= 1;
      if (run > room.length) throw damaged("a run");
      continue;
    }
    if (run > 0) {
      if (count + run > room.length) throw damaged("a run");
      room.fill(used[0]!, count, count + run);
      count += run;
      run = 0;
      weight = 1;
    }
    if (symbol === end) break;
    if (count === room.length) throw damaged("a block");
    room[count++] = toFront(used, symbol - 1);
  }
  if (origin >= count) throw damaged("a block's head");
  return { count, origin };
}

/** The values that bytes of the block have: a map of 16 parts, of which each that has any has a map of its own. */
function readUsed(bits: Bits): Uint8Array {
  const parts = bits.take(16);
  const used: number[] = [];
  for (let part = 0; part < 16; part++) {
    if (!(parts & (0x8000 >> part))) continue;
    const values = bits.take(16);
    for (let i = 0; i < 16; i++) if (values & (0x8000 >> i)) used.push(part * 16 + i);
  }
  if (used.length === 0) throw damaged("a block's head");
  return Uint8Array.from(used);
}

/** Which table is used for each group of symbols. */
function readChoices(bits: Bits, tables: number): Uint8Array {
  const choices = new Uint8Array(bits.take(15));
  const order = Uint8Array.from({ length: tables }, (_, i) => i);
  for (let i = 0; i < choices.length; i++) {
    let place = 0;
    while (bits.take(1) === 1) if (++place >= tables) throw damaged("a block's head");
    choices[i] = toFront(order, place);
  }
  return choices;
}

/** Moves what stands at a place to the front of the list. @returns what that is */
function toFront(list: Uint8Array, place: number): number {
  const value = list[place];
  if (value === undefined) throw damaged("a block");
  list.copyWithin(1, 0, place);
  list[0] = value;
  return value;
}

/** Puts the bytes back in the order before the transform: behind it each place tells its byte and, above it, the place of the next. */
export function linkBlock(places: Uint32Array, count: number): void {
  const starts = new Uint32Array(256);
  for (let i = 0; i < count; i++) starts[places[i]! & 0xff]!++;
  for (let value = 0, sum = 0; value < 256; value++) {
    const own = starts[value]!;
    starts[value] = sum;
    sum += own;
  }
  for (let i = 0; i < count; i++) {
    const place = starts[places[i]! & 0xff]!++;
    places[place] = (places[place]! & 0xff) | (i << 8);
  }
}
