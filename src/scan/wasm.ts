import { FACTS } from "./facts.js";
import { KERNEL } from "./generated.js";
import { SLOTS } from "./grams.js";
import { isUseful, MAX_HEAD, MAX_HEADS } from "./heads.js";
import { Names, PLACE, PLACES } from "./names.js";
import type { Plan } from "./plan.js";
import { GATHERED, type GatheredRows, type Gathering, type Head, NO_BYTES, type Scanner } from "./scanner.js";
import { type Prober, Search } from "./search.js";
import { KernelFollower, type TrackKernel } from "./track-kernel.js";
import { TRACK_BYTES, trackMemory } from "./track-rows.js";

/** What the kernel exports. */
interface Kernel extends TrackKernel {
  place(): void;
  placeTracks(at: number): void;
  findEnds(length: number): number;
  findOdd(from: number, to: number): number;
  addHead(size: number): number;
  forgetHeads(): void;
  knowCalls(table: number): void;
  countCalls(from: number, to: number, most: number): number;
  gather(from: number, to: number, line: number, offset: number, text: number, all: number): number;
  noteAt(facts: number, texts: number): void;
  countGrams(from: number, to: number): void;
  probeGrams(from: number, to: number, end: number): number;
  probePairs(count: number, end: number): void;
  probeTwos(end: number): void;
  collect(end: number): number;
}

const PAGE = 64 << 10;
/** Memory is asked for in so many pages at a time, so that other literals' tables have room in it, too. */
const PAGES = 16;
/** Behind the table of names: those that the kernel looked up last, in bytes, and a byte for each with which a line may go on (kernel/call-names.ts). */
const RECENT = 64 * 32;
const CONTINUING = 256;
/** Behind a chunk and behind labels: what the kernel may load past their ends. */
const MARGIN = MAX_HEAD + 64;

let compiled: WebAssembly.Module | undefined;

/** The scanner in WebAssembly with SIMD. All it works on lies in its memory, so files are read straight into it. */
export class WasmScanner implements Scanner, Prober {
  readonly bytes: Buffer;
  readonly ends: Int32Array;
  readonly hits: Int32Array;
  readonly odd: Int32Array;
  readonly facts: Int32Array;
  readonly texts: Uint8Array;
  readonly rows: GatheredRows;
  readonly counts: Uint32Array;
  readonly tracks: KernelFollower;
  private readonly memory: Uint8Array;
  private readonly room: WebAssembly.Memory;
  private readonly at: Readonly<Record<Part, number>>;
  private readonly kernel: Kernel;
  private readonly search: Search;

  /**
   * @param plan how the literals are looked for
   * @param capacity bytes of the largest chunk
   * @param instead one that is used no more: its memory is taken over, if it is enough
   * @param little see {@link Search}
   * @throws where WebAssembly or its SIMD instructions are missing
   */
  constructor(
    private readonly plan: Plan,
    capacity: number,
    instead?: WasmScanner,
    little?: number,
  ) {
    compiled ??= new WebAssembly.Module(Buffer.from(KERNEL, "base64"));
    const { at, pages } = place(sizes(plan, capacity));
    const memory = instead?.vacated(at, pages) ?? new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    this.kernel = exports as unknown as Kernel;
    new Uint32Array(memory.buffer).set(Object.values(at));
    this.kernel.place();
    this.at = at;
    this.room = memory;
    this.memory = new Uint8Array(memory.buffer);
    this.bytes = Buffer.from(memory.buffer, at.chunk, capacity);
    this.ends = new Int32Array(memory.buffer, at.ends, capacity);
    this.hits = new Int32Array(memory.buffer, at.hits, capacity);
    // A chunk has one line more than line feeds.
    this.odd = new Int32Array(memory.buffer, at.odd, capacity + 1);
    this.facts = new Int32Array(memory.buffer, at.facts, FACTS * (capacity + 1));
    this.texts = new Uint8Array(memory.buffer, at.texts, capacity);
    const column = (place: number) => new Int32Array(memory.buffer, at.rows + place * GATHERED, GATHERED);
    this.rows = {
      offsets: new Float64Array(memory.buffer, at.rows, GATHERED),
      ...{ lines: column(8), lengths: column(12), ends: column(16) },
    };
    this.kernel.noteAt(at.facts, at.texts);
    this.tracks = new KernelFollower(this.kernel, trackMemory(memory.buffer, at.tracks));
    this.kernel.placeTracks(at.tracks);
    this.counts = new Uint32Array(memory.buffer, at.counts, SLOTS);
    plan.grams.lieIn(
      new Uint8Array(memory.buffer, at.awaited, SLOTS),
      new Int32Array(memory.buffer, at.bucketOf, SLOTS),
    );
    this.memory.set(plan.trie.labels, at.labels);
    this.memory.set(bytesOf(plan.trie.nodes), at.nodes);
    this.memory.set(
      plan.pairs.flatMap(({ first, second, gap, distance }) => [first, second, gap, distance]),
      at.pairs,
    );
    if (plan.twos) this.memory.set(plan.twos, at.twos);
    this.search = new Search(plan, this, little);
  }

  /** Its memory, fit for parts that lie at other places; `undefined` when it is too small. */
  private vacated(at: Readonly<Record<Part, number>>, pages: number): WebAssembly.Memory | undefined {
    if (this.memory.length < pages * PAGE) return undefined;
    // What the kernel expects to be blank: tables, and the marks.
    this.memory.fill(0, 0, at.chunk);
    this.memory.fill(0, at.marks, at.ends);
    return this.room;
  }

  findEnds(length: number): number {
    return this.kernel.findEnds(length);
  }

  findHits(length: number): number {
    this.search.run(length);
    return this.kernel.collect(length);
  }

  findOdd(from: number, to: number): number {
    return this.kernel.findOdd(from, to);
  }

  gather(from: number, to: number, { line, offset, text }: Gathering, all: boolean): number {
    return this.kernel.gather(from, to, line, offset, text, all ? 1 : 0);
  }

  countCalls(from: number, to: number, most: number): number {
    return this.kernel.countCalls(from, to, most);
  }

  addHead(head: Head): void {
    if (!isUseful(head)) return;
    const { low, high } = head;
    const address = this.kernel.addHead(low.length);
    this.memory.fill(0, address, address + MAX_HEAD);
    this.memory.fill(255, address + MAX_HEAD, address + 2 * MAX_HEAD);
    this.memory.set(low, address);
    this.memory.set(
      high.map((byte, i) => byte - low[i]!),
      address + MAX_HEAD,
    );
  }

  forgetHeads(): void {
    this.kernel.forgetHeads();
  }

  knowCalls(rules: ReadonlyMap<string, number> | undefined, continuing = NO_BYTES): void {
    if (rules) this.memory.set(new Names(rules).table, this.at.names);
    this.memory.set(continuing, this.at.names + PLACES * PLACE + RECENT);
    this.kernel.knowCalls(rules ? this.at.names : 0);
  }

  countGrams(from: number, to: number): void {
    this.kernel.countGrams(from, to);
  }

  take({ grams }: Plan): void {
    this.memory.set(bytesOf(grams.buckets), this.at.buckets);
  }

  probeGrams(from: number, to: number, end: number): number {
    return this.kernel.probeGrams(from, to, end);
  }

  probePairs(end: number): void {
    this.kernel.probePairs(this.plan.pairs.length, end);
  }

  probeTwos(end: number): void {
    this.kernel.probeTwos(end);
  }

  note(start: number): void {
    const place = this.at.marks + (start >>> 3);
    this.memory[place] = this.memory[place]! | (1 << (start & 7));
  }
}

/** Bytes of each part of the memory, in the order of the kernel's `place`. Pages that nobody writes to cost no memory. */
function sizes(plan: Plan, capacity: number) {
  return {
    awaited: SLOTS,
    counts: SLOTS * 4,
    bucketOf: SLOTS * 4,
    buckets: plan.mostBuckets * 4,
    nodes: plan.trie.nodes.byteLength,
    labels: plan.trie.labels.length + MARGIN,
    pairs: plan.pairs.length * 4,
    twos: plan.twos?.length ?? 0,
    heads: MAX_HEADS * (2 * MAX_HEAD + 5),
    chunk: capacity + MARGIN,
    marks: capacity / 8 + MARGIN,
    ends: (capacity + 1) * 4,
    hits: capacity * 4,
    odd: (capacity + 1) * 4,
    rows: GATHERED * 20,
    names: PLACES * PLACE + RECENT + CONTINUING,
    facts: FACTS * 4 * (capacity + 1),
    texts: capacity + MARGIN,
    tracks: TRACK_BYTES,
  };
}

type Part = keyof ReturnType<typeof sizes>;

/** Puts the parts one behind the other, each at the beginning of a page: files are read fastest into whole pages. */
function place(parts: Readonly<Record<Part, number>>): { at: Record<Part, number>; pages: number } {
  // The first page holds the addresses themselves.
  let pages = 1;
  const at: Partial<Record<Part, number>> = {};
  for (const [part, size] of Object.entries(parts)) {
    at[part as Part] = pages * PAGE;
    pages += Math.ceil(size / PAGE);
  }
  return { at: at as Record<Part, number>, pages: Math.ceil(pages / PAGES) * PAGES };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
