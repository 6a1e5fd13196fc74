// The names of system calls that somebody may need to look at, as names.ts lays them out.

/** Places of the table, and bytes of each: the same numbers as in names.ts. */
const PLACES: u32 = 256;
const PLACE: usize = 16;
/** Of all other names: the rule of plain calls. */
const NO_MEANING: u8 = 0;

/** Where the table lies; 0: no calls are known. */
let names: usize = 0;

export function knowCalls(table: usize): void {
  names = table;
}

/** Was there a table? */
export function areKnown(): bool {
  return names !== 0;
}

/** The byte that the table holds for a name: its rule and tag; that of plain calls (0) for a name that it does not hold. */
export function meaningOf(name: usize, length: usize, hash: u32): u8 {
  if (length >= PLACE) return NO_MEANING;
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
