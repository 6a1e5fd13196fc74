import { CallLook, PlainCalls } from "./calls.js";
import { FACTS, Fact, FactAt } from "./facts.js";
import { BUCKET_COUNT, BUCKET_DISTANCES } from "./gram-table.js";
import { countGrams, SLOTS, slotOf } from "./grams.js";
import { Heads } from "./heads.js";
import type { Plan } from "./plan.js";
import { GATHERED, type GatheredRows, type Gathering, type Head, NO_BYTES, type Scanner } from "./scanner.js";
import { type Prober, Search } from "./search.js";
import { ReferenceFollower } from "./track-reference.js";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** A gram at the end of a chunk, and its neighbours, may take in what lies behind. */
const MARGIN = 8;

/** The scanner in JavaScript: what the kernel is held against, and what stands in for it where there is no WebAssembly. */
export class ReferenceScanner implements Scanner, Prober {
  readonly bytes: Buffer;
  readonly ends: Int32Array;
  readonly hits: Int32Array;
  readonly odd: Int32Array;
  readonly facts: Int32Array;
  readonly texts: Uint8Array;
  readonly rows: GatheredRows = {
    lines: new Int32Array(GATHERED),
    offsets: new Float64Array(GATHERED),
    lengths: new Int32Array(GATHERED),
    ends: new Int32Array(GATHERED),
  };
  readonly counts = new Uint32Array(SLOTS);
  readonly tracks = new ReferenceFollower(this);
  /** The chunk with its margin. */
  private readonly room: Buffer;
  private readonly words: Int32Array;
  private readonly heads = new Heads();
  private calls: PlainCalls | undefined;
  private continuing = NO_BYTES;
  private readonly search: Search;
  private readonly plan: Plan;
  /** Of the last chunk: its bytes, and how much of `ends`, `hits` and `odd` holds. */
  length = 0;
  lines = 0;
  hitCount = 0;
  oddCount = 0;
  /** Where literals begin, in any order, perhaps twice. */
  private starts: Int32Array = new Int32Array(1024);
  private found = 0;

  /**
   * @param plan how the literals are looked for
   * @param capacity bytes of the largest chunk
   * @param little see {@link Search}
   */
  constructor(plan: Plan, capacity: number, little?: number) {
    this.plan = plan;
    plan.grams.lieIn(new Uint8Array(SLOTS), new Int32Array(SLOTS));
    this.room = Buffer.from(new ArrayBuffer(((capacity + 3) & ~3) + MARGIN));
    this.words = new Int32Array(this.room.buffer);
    this.bytes = this.room.subarray(0, capacity);
    this.ends = new Int32Array(capacity);
    this.hits = new Int32Array(capacity);
    // A chunk has one line more than line feeds.
    this.odd = new Int32Array(capacity + 1);
    this.facts = new Int32Array(FACTS * (capacity + 1));
    this.texts = new Uint8Array(capacity);
    this.search = new Search(plan, this, little);
  }

  findEnds(length: number): number {
    this.length = length;
    this.lines = 0;
    const chunk = this.bytes.subarray(0, length);
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) {
      this.ends[this.lines++] = at;
    }
    return this.lines;
  }

  findHits(length: number): number {
    this.found = 0;
    this.search.run(length);
    const { hits } = this;
    let kept = 0;
    for (const start of this.starts.subarray(0, this.found).sort())
      if (kept === 0 || hits[kept - 1] !== start) hits[kept++] = start;
    this.hitCount = kept;
    return kept;
  }

  findOdd(from: number, to: number): number {
    const { bytes, heads, calls } = this;
    let count = 0;
    for (let line = from; line < to; line++) {
      const begin = this.beginOf(line);
      const end = this.textEndOf(line);
      if (heads.fit(bytes, begin, end - begin)) continue;
      const look = calls?.look(bytes, begin, end);
      if (look === CallLook.PLAIN) continue;
      if (look === CallLook.CALL) calls!.note(this.facts, FACTS * count);
      else this.facts[FACTS * count + FactAt.BITS] = 0;
      this.odd[count++] = line;
    }
    this.oddCount = count;
    return count;
  }

  gather(from: number, to: number, first: Gathering, all: boolean): number {
    const { bytes, odd, facts, texts } = this;
    const { lines, offsets, lengths, ends } = this.rows;
    let at = 0;
    for (let row = from; row < to; row++) {
      const line = odd[row]!;
      const begin = this.beginOf(line);
      if (all || (facts[row * FACTS + FactAt.BITS]! & Fact.BRIEF) === 0) {
        const text = bytes.subarray(begin, this.textEndOf(line));
        texts.set(text, at);
        at += text.length;
      }
      lines[row - from] = first.line + line;
      offsets[row - from] = first.offset + begin;
      lengths[row - from] = (line < this.lines ? this.ends[line]! : this.length) - begin;
      ends[row - from] = first.text + at;
    }
    return at;
  }

  countCalls(from: number, to: number, most: number): number {
    const { odd, facts, bytes, ends, continuing } = this;
    let row = from;
    for (; row < to; row++) {
      const line = odd[row]!;
      if (line >= most || facts[row * FACTS + FactAt.BITS] === 0) break;
      if (continuing[bytes[this.beginOf(line)]!] === 1) break;
      const behind = ends[line]! + 1;
      if (behind < this.length && continuing[bytes[behind]!] === 1) break;
    }
    return row - from;
  }

  addHead(head: Head): void {
    this.heads.add(head);
  }

  forgetHeads(): void {
    this.heads.clear();
  }

  knowCalls(rules: ReadonlyMap<string, number> | undefined, continuing = NO_BYTES): void {
    this.calls = rules && new PlainCalls(rules);
    this.continuing = continuing;
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
      if (grams.suits(bucket, room, at)) {
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

  probeTwos(end: number): void {
    const { room } = this;
    const { trie, twos } = this.plan;
    for (let at = 0; at < end; at++)
      if (twos![room[at]! | (room[at + 1]! << 8)] !== 0 && trie.stands(room, at, end)) this.note(at);
  }

  private beginOf(line: number): number {
    return line === 0 ? 0 : this.ends[line - 1]! + 1;
  }

  /** Where the line ends, before a carriage return. */
  private textEndOf(line: number): number {
    const end = line < this.lines ? this.ends[line]! : this.length;
    return end > this.beginOf(line) && this.bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  }

  note(start: number): void {
    if (this.found === this.starts.length) {
      const grown = new Int32Array(2 * this.found);
      grown.set(this.starts);
      this.starts = grown;
    }
    this.starts[this.found++] = start;
  }
}
