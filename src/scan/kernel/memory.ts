// Where everything lies in the memory: addresses in bytes.

/** The chunk, and behind it a margin that may be read though it means nothing. */
export let chunk: usize = 0;
/** Offsets of line feeds, 4 bytes each. */
export let ends: usize = 0;
/** Offsets of hits, 4 bytes each. */
export let hits: usize = 0;
/** Numbers of odd lines, 4 bytes each. */
export let odd: usize = 0;
/** What is told of gathered lines (odd.ts). */
export let rows: usize = 0;
/** A bit for each byte of the chunk: 1 where a literal begins. All 0 between two searches. */
export let marks: usize = 0;
/** Heads: of each its lowest bytes, then how far above them a byte may be. */
export let heads: usize = 0;
/** One byte for each gram's place: not 0 where a gram is awaited. */
export let awaited: usize = 0;
/** Of each gram's place, 4 bytes: how often it was met. */
export let counts: usize = 0;
/** Of each gram's place, 4 bytes: which of `buckets`' numbers begins its bucket. */
export let bucketOf: usize = 0;
/** Numbers of 4 bytes: of each bucket six sets of neighbours, how many distances, then these. */
export let buckets: usize = 0;
/** Numbers of 4 bytes: the trie's nodes. */
export let nodes: usize = 0;
/** The trie's labels. */
export let labels: usize = 0;
/** Four bytes each: first byte, second byte, gap, distance. */
export let pairs: usize = 0;
/** One byte for each two bytes: not 0 where a short literal begins with them. */
export let twos: usize = 0;

/** Takes the addresses from where the host has written them, at the memory's beginning. Their order is that of `sizes` in wasm.ts. */
export function place(): void {
  awaited = load<u32>(0);
  counts = load<u32>(4);
  bucketOf = load<u32>(8);
  buckets = load<u32>(12);
  nodes = load<u32>(16);
  labels = load<u32>(20);
  pairs = load<u32>(24);
  twos = load<u32>(28);
  heads = load<u32>(32);
  chunk = load<u32>(36);
  marks = load<u32>(40);
  ends = load<u32>(44);
  hits = load<u32>(48);
  odd = load<u32>(52);
  rows = load<u32>(56);
}
