// Where what belongs to tracks lies: see track-rows.ts, whose PARTS have the same order.

/** Numbers of 4 bytes: why following ended, at which track, then how much of the rows holds, and the last row's line. */
export let told: usize = 0;
/** Offsets that a program noted, 4 bytes each. */
export let marks: usize = 0;
/** Of the record in hand a byte for each value, 1 where it is new; and its numbers, 8 bytes each. */
export let changed: usize = 0;
export let values: usize = 0;
/** Not 0 for bytes with which a line may begin that continues a record. */
export let continuing: usize = 0;
/** Of each track three numbers of 4 bytes: its first source, how many it has, its rows' kind. */
export let tracks: usize = 0;
/** Of each source two numbers of 4 bytes: what it is from, its mark. */
export let sources: usize = 0;
export let program: usize = 0;
/** Of each source 128 bytes: how long the last value was (-1: unknown), 4 bytes; 8 bytes further on its bytes, or its number. */
export let known: usize = 0;
export let lines: usize = 0;
export let offsets: usize = 0;
export let lengths: usize = 0;
export let kinds: usize = 0;
export let changedOf: usize = 0;
export let textLengths: usize = 0;
export let changes: usize = 0;
export let lengthsOfTexts: usize = 0;
export let numbers: usize = 0;
export let texts: usize = 0;

/** Takes the addresses from where the host has written them. */
export function placeTracks(at: usize): void {
  told = load<u32>(at);
  marks = load<u32>(at, 4);
  changed = load<u32>(at, 8);
  values = load<u32>(at, 12);
  continuing = load<u32>(at, 16);
  tracks = load<u32>(at, 20);
  sources = load<u32>(at, 24);
  program = load<u32>(at, 28);
  known = load<u32>(at, 32);
  lines = load<u32>(at, 36);
  offsets = load<u32>(at, 40);
  lengths = load<u32>(at, 44);
  kinds = load<u32>(at, 48);
  changedOf = load<u32>(at, 52);
  textLengths = load<u32>(at, 56);
  changes = load<u32>(at, 60);
  lengthsOfTexts = load<u32>(at, 64);
  numbers = load<u32>(at, 68);
  texts = load<u32>(at, 72);
}
