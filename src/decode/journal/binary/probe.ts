import type { RandomAccess } from "../../../evidence/random.js";
import type { JournalHeader } from "./header.js";
import { ALIGNMENT, aligned, ENTRY, OBJECT, OBJECT_HEADER, PACKED_ANY, u64 } from "./layout.js";

/** More fields than any entry has: journald takes up to 1024. */
const MOST_ITEMS = 4096;
/** So many objects in a row are no accident. */
const IN_A_ROW = 4;

/**
 * Can the bytes at `place` be the header of an object that begins at `at`? Types that nobody knows yet are to be skipped, as the
 * format's description asks.
 */
export function isPlausible(
  view: DataView,
  place: number,
  size: number,
  at: number,
  { end, shape }: JournalHeader,
): boolean {
  const type = view.getUint8(place);
  const flags = view.getUint8(place + 1);
  if (type === 0 || type > OBJECT.last) return false;
  if ((view.getUint32(place, true) & 0xffff0000) !== 0 || view.getUint32(place + 4, true) !== 0) return false;
  if (size < OBJECT_HEADER || at + size > end) return false;
  if (type === OBJECT.data)
    return size > shape.payload && (flags & ~PACKED_ANY) === 0 && (flags & (flags - 1)) === 0;
  if (flags !== 0) return false;
  if (type !== OBJECT.entry) return true;
  const items = size - ENTRY.items;
  return items >= 0 && items % shape.item === 0 && items <= MOST_ITEMS * shape.item;
}

/** Is what has the header of an entry one, as far as its first field tells? What an entry refers to was written before it. */
export function isEntry(
  view: DataView,
  place: number,
  size: number,
  at: number,
  header: JournalHeader,
): boolean {
  if (size <= ENTRY.items) return true;
  const { shape } = header;
  const first = shape.item === 4 ? view.getUint32(place + ENTRY.items, true) : u64(view, place + ENTRY.items);
  if (first === 0) return u64(view, place + ENTRY.sequence) === 0;
  return first % ALIGNMENT === 0 && first >= header.size && first < at;
}

/** Looks at single headers of objects anywhere in a file: for damaged ones. */
export class ObjectProbe {
  private readonly bytes = Buffer.alloc(OBJECT_HEADER);
  private readonly view = new DataView(this.bytes.buffer, this.bytes.byteOffset, OBJECT_HEADER);

  constructor(
    private readonly file: RandomAccess,
    private readonly header: JournalHeader,
  ) {}

  /** Is there an object at `at`, and a few more behind it, or the end of all? */
  leadsOn(at: number): boolean {
    const { file, header, bytes, view } = this;
    let next = at;
    for (let i = 0; i < IN_A_ROW; i++) {
      if (i > 0 && (next > header.tail || next + OBJECT_HEADER > file.size)) return true;
      if (next % ALIGNMENT !== 0 || file.read(bytes, next) < OBJECT_HEADER) return false;
      const size = u64(view, 8);
      if (!isPlausible(view, 0, size, next, header)) return false;
      next = aligned(next + size);
    }
    return true;
  }
}
