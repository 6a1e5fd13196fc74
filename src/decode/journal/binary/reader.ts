import type { RandomAccess } from "../../../evidence/random.js";
import { Claimer } from "../../text/claim.js";
import { RecordTaker, type TakingOptions } from "../../text/record-taker.js";
import type { TextSegment } from "../../text/segment.js";
import { SegmentWriter } from "../../text/segment-writer.js";
import { EntryReader } from "./entries.js";
import { journalFile } from "./format.js";
import type { JournalHeader } from "./header.js";
import { ENTRY, u64 } from "./layout.js";
import { MessageSearch } from "./search.js";
import { trouble } from "./trouble.js";
import type { Unpackers } from "./unpack.js";
import { type ObjectVisitor, ObjectWalk } from "./walk.js";

/** So much of the file is read and looked at in one go: it stays in the processor's cache. */
const BLOCK_BYTES = 256 << 10;

/** No entry is left unread: there is nothing to note of one. */

/** What decides how a journal file is read. */
export interface JournalOptions extends Omit<TakingOptions, "defer" | "observe"> {
  path: string;
  /** Literals one of which stands in the message of each wanted entry; absent: all entries are read. */
  literals?: readonly string[] | undefined;
  /** Sees the entries that are read, in export form (latin1), before they are given. */
  observe?: ((record: string, offset: number) => void) | undefined;
  /** For tests: bytes of a block. */
  blockBytes?: number | undefined;
}

/** Reads a journal file from beginning to end. Its entries are numbered from 1 on, like lines. */
export class JournalReader implements ObjectVisitor {
  /** Absent when all entries are read. */
  private readonly search: MessageSearch | undefined;
  private readonly walk: ObjectWalk;
  private readonly entries: EntryReader;
  private readonly writer: SegmentWriter;
  private readonly taker: RecordTaker;
  private readonly claimer = new Claimer(journalFile);
  /** The block's entries: where in it, and how many bytes. */
  private places = new Int32Array(1024);
  private sizes = new Int32Array(1024);
  private count = 0;
  /** Entries before this block. */
  private line = 0;
  private unfinished = 0;
  private ended = false;

  constructor(
    file: RandomAccess,
    private readonly header: JournalHeader,
    unpackers: Unpackers,
    private readonly options: JournalOptions,
  ) {
    const { path, literals, blockBytes = BLOCK_BYTES, observe: _, ...taking } = options;
    this.search = literals && new MessageSearch(literals, blockBytes);
    this.walk = new ObjectWalk(file, header, this.search?.room ?? Buffer.allocUnsafeSlow(blockBytes));
    this.entries = new EntryReader(file, header, unpackers);
    this.writer = new SegmentWriter(path, { line: 0, offset: this.walk.at });
    this.taker = new RecordTaker(taking, this.claimer, this.writer, this.walk.at);
    this.claimer.shape = journalFile.shapes[0];
  }

  /** Reads on. @returns what the next block told; `undefined` behind the last one */
  next(): TextSegment | undefined {
    if (this.ended) return undefined;
    this.count = 0;
    this.ended = !this.walk.block(this);
    this.search?.flush();
    this.takeEntries();
    this.line += this.count;
    const end = { line: this.line, offset: this.walk.at };
    return this.writer.segment(end, this.ended ? this.taker.last() : undefined);
  }

  /** What could not be read; complete behind the last block. */
  get problems() {
    const { walk, header, line, unfinished, entries } = this;
    return trouble(this.options.path, {
      ...{ header, entries: line, unfinished, unreadable: entries.fields.unreadable },
      ...{ damages: walk.damages, isCut: walk.isCut },
    });
  }

  /** The reader is used no more. */
  close(): void {
    this.search?.close();
  }

  data(place: number, size: number, at: number): void {
    const { search } = this;
    if (!search) return;
    const { room } = this.walk;
    const from = place + this.header.shape.payload;
    const flags = room[place + 1]!;
    if (flags === 0) {
      search.take(from, place + size, at);
      return;
    }
    const payload = this.entries.fields.unpack(flags, room.subarray(from, place + size));
    if (payload) search.takeUnpacked(payload, at);
  }

  large(at: number): void {
    // Whoever refers to it is looked at.
    this.search?.found.add(at);
  }

  entry(place: number, size: number): void {
    if (u64(this.walk.view, place + ENTRY.sequence) === 0) {
      this.unfinished++;
      return;
    }
    if (this.count === this.places.length) this.grow();
    this.places[this.count] = place;
    this.sizes[this.count++] = size;
  }

  /** Takes the block's entries: those that nobody wants are only counted, many at once. */
  private takeEntries(): void {
    const { walk, options, places, sizes, entries, taker } = this;
    const found = this.search?.found;
    // The last entry of the file tells when it ends: any block may be the last that has entries.
    const last = this.count - 1;
    let from = 0;
    for (let i = 0; i <= last; i++) {
      const place = places[i]!;
      const isWanted = !found || entries.refersTo(found, walk.view, place, sizes[i]!);
      if (!isWanted && walk.base + place < taker.sampleFrom && i < last) continue;
      if (i > from) taker.count(i - from, this.placeOf(i - 1));
      from = i + 1;
      const at = this.placeOf(i);
      const text = entries.text(walk, place, at.length);
      options.observe?.(text, at.offset);
      taker.take({ ...at, text }, this.claimer, isWanted);
    }
  }

  private placeOf(i: number): { line: number; offset: number; length: number } {
    return { line: this.line + i, offset: this.walk.base + this.places[i]!, length: this.sizes[i]! };
  }

  private grow(): void {
    const { places, sizes } = this;
    this.places = new Int32Array(2 * places.length);
    this.sizes = new Int32Array(2 * places.length);
    this.places.set(places);
    this.sizes.set(sizes);
  }
}
