import { BUCKET_COUNT, BUCKET_DISTANCES } from "./gram-table.js";
import { countGrams, SLOTS, slotOf } from "./grams.js";
import { Heads } from "./heads.js";
import type { Plan } from "./plan.js";
import type { Head, Scanner } from "./scanner.js";
import { type Prober, Search } from "./search.js";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** A gram at the end of a chunk, and the byte after it, may take in what lies behind. */
const MARGIN = 8;

/** The scanner in JavaScript: what the kernel is held against, and what stands in for it where there is no WebAssembly. */
export class ReferenceScanner implements Scanner, Prober {
  readonly bytes: Buffer;
  ends: Int32Array = new Int32Array(1024);
  hits: Int32Array = new Int32Array(1024);
  odd: Int32Array = new Int32Array(1024);
  readonly counts = new Uint32Array(SLOTS);
  /** The chunk with its margin. */
  private readonly room: Buffer;
  private readonly words: Int32Array;
  private readonly heads = new Heads();
  private readonly search: Search;
  private readonly plan: Plan;
  private length = 0;
  private lines = 0;
  private found = 0;

  /**
   * @param plan how the literals are looked for
   * @param capacity bytes of the largest chunk
   */
  constructor(plan: Plan, capacity: number) {
    this.plan = plan;
    this.room = Buffer.from(new ArrayBuffer(((capacity + 3) & ~3) + MARGIN));
    this.words = new Int32Array(this.room.buffer);
    this.bytes = this.room.subarray(0, capacity);
    this.search = new Search(plan, this);
  }

  findEnds(length: number): number {
    this.length = length;
    this.lines = 0;
    const chunk = this.bytes.subarray(0, length);
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) {
      this.ends = withRoom(this.ends, this.lines);
      this.ends[this.lines++] = at;
    }
    return this.lines;
  }

  findHits(length: number): number {
    this.found = 0;
    this.search.run(length);
    const hits = this.hits.subarray(0, this.found).sort();
    let kept = 0;
    for (const hit of hits) if (kept === 0 || hits[kept - 1] !== hit) hits[kept++] = hit;
    return kept;
  }

  findOdd(from: number, to: number): number {
    const { bytes, ends, heads } = this;
    let count = 0;
    for (let line = from; line < to; line++) {
      const begin = line === 0 ? 0 : ends[line - 1]! + 1;
      let end = line < this.lines ? ends[line]! : this.length;
      if (end > begin && bytes[end - 1] === CARRIAGE_RETURN) end--;
      if (heads.fit(bytes, begin, end - begin)) continue;
      this.odd = withRoom(this.odd, count);
      this.odd[count++] = line;
    }
    return count;
  }

  addHead(head: Head): void {
    this.heads.add(head);
  }

  forgetHeads(): void {
    this.heads.clear();
  }

  countGrams(from: number, to: number): void {
    countGrams(this.counts, this.bytes, from, to);
  }

  take(): void {
    // The plan's own tables are looked at.
  }

  probeGrams(from: number, to: number, end: number): number {
    const { words, room } = this;
    const { grams, trie } = this.plan;
    const { awaited, bucketOf, buckets } = grams;
    let vain = 0;
    for (let at = from; at < to; at += 4) {
      const slot = slotOf(words[at >> 2]!);
      if (awaited[slot] === 0) continue;
      const bucket = bucketOf[slot]!;
      const before = this.found;
      // At the very beginning there is no byte before: whatever begins there has none to ask for.
      if (grams.suits(bucket, room[at - 1] ?? 0, room[at + 4]!)) {
        const first = bucket + BUCKET_DISTANCES;
        for (let i = first; i < first + buckets[bucket + BUCKET_COUNT]!; i++) {
          const start = at - buckets[i]!;
          if (start >= 0 && trie.stands(room, start, end)) this.note(start);
        }
      }
      if (this.found === before) vain++;
    }
    return vain;
  }

  probePairs(end: number): void {
    const { bytes } = this;
    const { pairs, trie } = this.plan;
    const chunk = bytes.subarray(0, end);
    for (const { first, second, gap, distance } of pairs) {
      for (let at = chunk.indexOf(first); at >= 0; at = chunk.indexOf(first, at + 1)) {
        const start = at - distance;
        if (bytes[at + gap] === second && start >= 0 && trie.stands(bytes, start, end)) this.note(start);
      }
    }
  }

  private note(start: number): void {
    this.hits = withRoom(this.hits, this.found);
    this.hits[this.found++] = start;
  }
}

/** The array, or a copy of twice the size when all its `count` places are taken. */
function withRoom(array: Int32Array, count: number): Int32Array {
  if (count < array.length) return array;
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}
