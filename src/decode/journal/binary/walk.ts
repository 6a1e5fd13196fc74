import type { RandomAccess } from "../../../evidence/random.js";
import type { JournalHeader } from "./header.js";
import { ALIGNMENT, aligned, OBJECT, OBJECT_HEADER, u64 } from "./layout.js";
import { isEntry, isPlausible, ObjectProbe } from "./probe.js";

/** Blocks begin at such offsets: files are read several times as fast from the beginning of a page. */
const PAGE = 4096;

/** Takes data objects and entries that lie wholly in the block; `place` is where in its bytes, `at` where in the file they begin. */
export interface ObjectVisitor {
  data(place: number, size: number, at: number): void;
  entry(place: number, size: number, at: number): void;
  /** A data object that is too large for a block. */
  large(at: number): void;
}

/** Bytes of the file that hold no objects. */
export interface Damage {
  readonly from: number;
  readonly to: number;
}

/**
 * Goes through the objects of a journal file in the order in which they were written, which is the order of its entries: block after
 * block, without the tables and chains that lead to them. Where no object is, it looks for the next place from which objects follow each other.
 */
export class ObjectWalk {
  /** Where the next object begins. */
  at: number;
  /** Where the block begins in the file, and how many bytes it has. */
  base = 0;
  length = 0;
  done = false;
  readonly damages: Damage[] = [];
  /** The file ends within an object, or before the last one that its header tells of. */
  isCut = false;
  readonly view: DataView;
  private readonly probe: ObjectProbe;
  /** No object begins at `at`. What is in the block is still to be looked at: the search for the next one comes after. */
  private isLost = false;
  /** Where the last object began. */
  private last: number;

  /** @param room the blocks' bytes: some pages */
  constructor(
    private readonly file: RandomAccess,
    private readonly header: JournalHeader,
    readonly room: Buffer,
  ) {
    this.at = aligned(header.size);
    this.last = this.at - ALIGNMENT;
    this.view = new DataView(room.buffer, room.byteOffset, room.length);
    this.probe = new ObjectProbe(file, header);
  }

  /** Reads the next block and shows its objects. @returns false when there is none */
  block(visitor: ObjectVisitor): boolean {
    if (this.isLost) this.findOn();
    if (this.done) return false;
    this.load(this.at);
    const { base, length, view, room, header } = this;
    // Less than was asked for: somebody shortens the file while it is read.
    const isLast = length < room.length || base + length >= this.file.size;
    while (this.at - base + OBJECT_HEADER <= length) {
      const { at } = this;
      const place = at - base;
      const size = u64(view, place + 8);
      if (!isPlausible(view, place, size, at, header)) {
        this.isLost = true;
        return true;
      }
      const type = room[place];
      const isWhole = place + size <= length;
      if (type === OBJECT.data || type === OBJECT.entry) {
        if (!isWhole && isLast) break;
        if (!isWhole && size <= room.length - PAGE) return true;
        if (!isWhole) visitor.large(at);
        else if (type === OBJECT.data) visitor.data(place, size, at);
        else if (isEntry(view, place, size, at, header)) visitor.entry(place, size, at);
        else {
          this.isLost = true;
          return true;
        }
      }
      this.last = at;
      this.at = aligned(at + size);
    }
    if (isLast) {
      this.done = true;
      this.isCut = this.at <= header.tail || this.at > aligned(this.file.size);
    }
    return true;
  }

  /** No object begins where one should: behind the last one that is as it should be. Else goes on where the next ones are. */
  private findOn(): void {
    const { at, last, header, file } = this;
    this.isLost = false;
    if (at > header.tail) {
      this.done = true;
      return;
    }
    // The size of the object before it may be what is wrong.
    const next = this.findObject(last + ALIGNMENT);
    this.damages.push({ from: next !== undefined && next <= at ? last : at, to: next ?? file.size });
    this.done = next === undefined;
    this.at = next ?? at;
    this.last = this.at - ALIGNMENT;
  }

  /** The next place from which objects follow each other, other than where none was found just now. */
  private findObject(from: number): number | undefined {
    for (let at = from; at + OBJECT_HEADER <= this.file.size; ) {
      this.load(at);
      const { base, length, view, header } = this;
      for (; at - base + OBJECT_HEADER <= length; at += ALIGNMENT) {
        const place = at - base;
        if (this.room[place] === 0 || at === this.at) continue;
        if (isPlausible(view, place, u64(view, place + 8), at, header) && this.probe.leadsOn(at)) return at;
      }
      if (length < this.room.length) break;
    }
    return undefined;
  }

  /** Fills the block with what begins on the page of an offset. */
  private load(at: number): void {
    this.base = at - (at % PAGE);
    this.length = this.file.read(this.room, this.base);
  }
}
