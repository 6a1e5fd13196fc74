import type { RandomAccess } from "../../../evidence/random.js";
import { WANTED_FIELDS } from "../entry.js";
import type { JournalHeader } from "./header.js";
import { OBJECT, PACKED_ANY, u64 } from "./layout.js";
import { isPlausible } from "./probe.js";
import { MOST_UNPACKED, type Unpackers } from "./unpack.js";

/** One field of an entry; the value as bytes (latin1). */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** A part of the file that lies in memory already. */
export interface Block {
  readonly base: number;
  readonly length: number;
  readonly room: Buffer;
  readonly view: DataView;
}

/** Most data objects are shorter: one read gets them (bytes). */
const AT_ONCE = 4 << 10;
/** What is kept of the fields that many entries share: so many, each so long. */
const MOST_KEPT = 1 << 14;
const LONGEST_KEPT = 512;
const LONGEST_NAME = 64;
const EQUALS = 61;

/** Why a field could not be read. */
export type Unreadable = "damaged" | "large";

/** Reads data objects, as far as somebody wants them. Fields that many entries share are read once. */
export class FieldReader {
  /** How many could not be read, by the reason. */
  readonly unreadable: Record<Unreadable, number> = { damaged: 0, large: 0 };
  private readonly kept = new Map<number, Field | Unreadable | undefined>();
  private bytes = Buffer.alloc(AT_ONCE);
  private view = viewOf(this.bytes);

  constructor(
    private readonly file: RandomAccess,
    private readonly header: JournalHeader,
    private readonly unpackers: Unpackers,
  ) {}

  /**
   * The field at an offset; `undefined` where that is none that entries are made of, or it cannot be read.
   * @param block is looked at first
   */
  at(offset: number, block: Block): Field | undefined {
    let field = this.kept.get(offset);
    if (field === undefined && !this.kept.has(offset)) {
      field = this.read(offset, block);
      if (typeof field !== "object" || field.value.length <= LONGEST_KEPT) this.keep(offset, field);
    }
    if (typeof field !== "string") return field;
    this.unreadable[field]++;
    return undefined;
  }

  /** Unpacks a payload that lies in a block. */
  unpack(flags: number, packed: Uint8Array): Uint8Array | undefined {
    return this.unpackers.get(flags & PACKED_ANY)?.(packed);
  }

  private keep(offset: number, field: Field | Unreadable | undefined): void {
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(offset, field);
  }

  private read(offset: number, { base, length, room, view }: Block): Field | Unreadable | undefined {
    const place = offset - base;
    if (place >= 0 && place + 16 <= length && place + u64(view, place + 8) <= length)
      return this.decode(room, view, place, offset);
    const { file } = this;
    if (offset % 8 !== 0 || offset >= file.size) return "damaged";
    let got = file.read(this.bytes, offset);
    if (got < 16) return "damaged";
    const size = u64(this.view, 8);
    if (!isPlausible(this.view, 0, size, offset, this.header)) return "damaged";
    if (size > this.bytes.length) {
      if (size > MOST_UNPACKED) return "large";
      this.bytes = Buffer.alloc(size);
      this.view = viewOf(this.bytes);
      got = file.read(this.bytes, offset);
    }
    return size <= got ? this.decode(this.bytes, this.view, 0, offset) : "damaged";
  }

  private decode(
    bytes: Buffer,
    view: DataView,
    place: number,
    offset: number,
  ): Field | Unreadable | undefined {
    const size = u64(view, place + 8);
    if (bytes[place] !== OBJECT.data || !isPlausible(view, place, size, offset, this.header))
      return "damaged";
    const payload = bytes.subarray(place + this.header.shape.payload, place + size);
    const flags = bytes[place + 1]!;
    if (flags === 0) return fieldIn(payload);
    const unpacked = this.unpack(flags, payload);
    return unpacked ? fieldIn(Buffer.from(unpacked.buffer, unpacked.byteOffset, unpacked.length)) : "damaged";
  }
}

function fieldIn(payload: Buffer): Field | undefined {
  const equals = payload.subarray(0, LONGEST_NAME + 1).indexOf(EQUALS);
  if (equals < 0) return undefined;
  const name = payload.toString("latin1", 0, equals);
  return WANTED_FIELDS.has(name) ? { name, value: payload.toString("latin1", equals + 1) } : undefined;
}

const viewOf = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
