import type { RandomAccess } from "../../../evidence/random.js";
import type { JournalHeader } from "./header.js";
import { ALIGNMENT, aligned, OBJECT, OBJECT_HEADER, u64 } from "./layout.js";
import { isPlausible, ObjectProbe } from "./probe.js";

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

  /** @param room the blocks' bytes: some pages */
  constructor(
    private readonly file: RandomAccess,
    private readonly header: JournalHeader,
    readonly room: Buffer,
    from = aligned(header.size),
  ) {
    this.at = from;
    this.view = new DataView(room.buffer, room.byteOffset, room.length);
    this.probe = new ObjectProbe(file, header);
  }

  /** Reads the next block and shows its objects. @returns false when there is none */
  block(visitor: ObjectVisitor): boolean {
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
        this.lost(at);
        return true;
      }
      const type = room[place];
      const isWhole = place + size <= length;
      if (type === OBJECT.data || type === OBJECT.entry) {
        if (!isWhole && isLast) break;
        if (!isWhole && size <= room.length - PAGE) return true;
        if (!isWhole) visitor.large(at);
        else if (type === OBJECT.data) visitor.data(place, size, at);
        else visitor.entry(place, size, at);
      }
      this.at = aligned(at + size);
    }
    if (isLast) {
      this.done = true;
      this.isCut = this.at <= header.tail || this.at > aligned(this.file.size);
    }
    return true;
  }

  /** No object begins at `at`: behind the last one that is as it should be. Else goes on where the next ones are. */
  private lost(at: number): void {
    if (at > this.header.tail) {
      this.done = true;
      return;
    }
    const next = this.findObject(at + ALIGNMENT);
    this.damages.push({ from: at, to: next ?? this.file.size });
    if (next === undefined) this.done = true;
    else this.at = next;
  }

  private findObject(from: number): number | undefined {
    for (let at = from; at + OBJECT_HEADER <= this.file.size; ) {
      this.load(at);
      const { base, length, view, header } = this;
      for (; at - base + OBJECT_HEADER <= length; at += ALIGNMENT) {
        const place = at - base;
        if (this.room[place] === 0) continue;
        if (isPlausible(view, place, u64(view, place + 8), at, header) && this.probe.leadsOn(at)) return at;
      }
    }
    return undefined;
  }

  /** Fills the block with what begins on the page of an offset. */
  private load(at: number): void {
    this.base = at - (at % PAGE);
    this.length = this.file.read(this.room, this.base);
  }
}
