import type { RandomAccess } from "../../../evidence/random.js";
import { MAX_RECORD } from "../../text/claim.js";
import { exportField } from "./entry-text.js";
import { type Block, FieldReader } from "./fields.js";
import type { JournalHeader } from "./header.js";
import { ENTRY, OBJECT, OBJECT_HEADER, u64 } from "./layout.js";
import type { OffsetSet } from "./offset-set.js";
import type { Unpackers } from "./unpack.js";

/** Reads entries: objects that name the data objects of their fields. */
export class EntryReader {
  readonly fields: FieldReader;
  private readonly itemBytes: number;
  private readonly isCompact: boolean;

  constructor(
    private readonly file: RandomAccess,
    header: JournalHeader,
    unpackers: Unpackers,
  ) {
    this.fields = new FieldReader(file, header, unpackers);
    this.itemBytes = header.shape.item;
    this.isCompact = header.shape.item === 4;
  }

  /** Does the entry in view[place, place + size) refer to one of these objects? */
  refersTo(found: OffsetSet, view: DataView, place: number, size: number): boolean {
    const { itemBytes } = this;
    const end = place + size;
    if (this.isCompact) {
      for (let at = place + ENTRY.items; at < end; at += 4)
        if (found.has(view.getUint32(at, true))) return true;
      return false;
    }
    for (let at = place + ENTRY.items; at < end; at += itemBytes) if (found.has(u64(view, at))) return true;
    return false;
  }

  /** The entry at `place` of a block, in export form (latin1), as far as its fields are wanted and can be read. */
  text(block: Block, place: number, size: number): string {
    const { view } = block;
    let text = `__REALTIME_TIMESTAMP=${u64(view, place + ENTRY.realtime)}\n`;
    for (let at = place + ENTRY.items; at < place + size; at += this.itemBytes) {
      const field = this.fields.at(this.isCompact ? view.getUint32(at, true) : u64(view, at), block);
      if (!field) continue;
      const added = exportField(field);
      if (text.length + added.length > MAX_RECORD) this.fields.unreadable.large++;
      else text += added;
    }
    return text;
  }

  /** The entry at an offset of the file; `undefined` when there is none. */
  textAt(offset: number): string | undefined {
    const head = this.blockAt(offset, OBJECT_HEADER);
    if (head.length < OBJECT_HEADER || head.room[0] !== OBJECT.entry) return undefined;
    const size = u64(head.view, 8);
    if (size < ENTRY.items || size > MAX_RECORD) return undefined;
    const block = this.blockAt(offset, size);
    return block.length < size ? undefined : this.text(block, 0, size);
  }

  private blockAt(base: number, size: number): Block {
    const room = Buffer.alloc(size);
    const view = new DataView(room.buffer, room.byteOffset, size);
    return { base, length: this.file.read(room, base), room, view };
  }
}
