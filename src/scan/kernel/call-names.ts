// The names of system calls that somebody may need to look at, as names.ts lays them out.

import { marked } from "./call-bytes";

/** Places of the table, and bytes of each: the same numbers as in names.ts. */
const PLACES: u32 = 256;
const PLACE: usize = 16;
/** Of all other names: the rule of plain calls. */
const NO_MEANING: u8 = 0;

/** Behind the table: names that were looked up, 16 bytes each, and what was found, as many places. */
const RECENT: usize = (PLACES as usize) * PLACE;
const RECENT_SHIFT: u32 = 26;
const RECENT_PLACES: usize = 64;
const RECENT_PLACE: usize = 32;
/** Behind them: a byte for each with which a line may begin, not 0 where such a line may go on with the one before. */
const CONTINUING: usize = RECENT + RECENT_PLACES * RECENT_PLACE;

/** Where the table lies; 0: no calls are known. */
let names: usize = 0;

export function knowCalls(table: usize): void {
  names = table;
  if (table !== 0) memory.fill(table + RECENT, 0, RECENT_PLACES * RECENT_PLACE);
}

/** Was there a table? */
export function areKnown(): bool {
  return names !== 0;
}

/** May a line that begins with this byte go on with the one before? */
export function mayContinue(first: u8): bool {
  return load<u8>(names + CONTINUING + first) !== 0;
}

/** The byte that the table holds for a name: its rule and tag; that of plain calls (0) for a name that it does not hold. */
export function meaningOf(name: usize, length: usize): u8 {
  if (length >= PLACE) return NO_MEANING;
  const text = v128.and(v128.load(name), marked(length as i32));
  let mixed: u32 = (i32x4.extract_lane(text, 0) as u32) * 0x9e3779b1 + (i32x4.extract_lane(text, 1) as u32);
  mixed = mixed * 0x85ebca6b + (i32x4.extract_lane(text, 2) as u32);
  const slot = (mixed * 0xc2b2ae35) >> RECENT_SHIFT;
  const recent = names + RECENT + (slot as usize) * RECENT_PLACE;
  if (i8x16.all_true(i8x16.eq(v128.load(recent), text))) return load<u8>(recent, 16);
  const meaning = lookUp(name, length);
  v128.store(recent, text);
  store<u8>(recent, meaning, 16);
  return meaning;
}

function lookUp(name: usize, length: usize): u8 {
  let hash: u32 = 0;
  for (let i: usize = 0; i < length; i++) hash = hash * 31 + load<u8>(name + i);
  let slot = hash % PLACES;
  let place = names + slot * PLACE;
  while (load<u8>(place) !== 0) {
    let i: usize = 0;
    while (i < length && load<u8>(place + i) === load<u8>(name + i)) i++;
    if (i === length && (i === PLACE - 1 || load<u8>(place + i) === 0)) return load<u8>(place + PLACE - 1);
    slot = (slot + 1) % PLACES;
    place = names + slot * PLACE;
  }
  return NO_MEANING;
}
