import { borrowScanner, type Equipment, returnScanner } from "../../text/scanners.js";
import { OffsetSet } from "./offset-set.js";

/** So many bytes of messages are searched at once. */
const GATHERED = 1 << 20;
/** `MESSAGE=`, as two numbers. */
const MESS = 0x5353454d;
const AGE = 0x3d454741;
const NAME_BYTES = 8;
/** No literal reaches from one message into the next. */
const BETWEEN = 0;

/** What colours a message: its words are compared without it, and so may be torn apart by it here. */
const ESCAPE = "\x1b";

/**
 * Finds the data objects that hold a message with one of some literals. A message is searched once, whoever refers to it: the
 * texts are put one behind the other, and the scanner goes over all of them at once.
 */
export class MessageSearch {
  /** Room for a block of the file: what lies in it is gathered without a detour. */
  readonly room: Buffer;
  /** Data objects with a literal, by their offset in the file. */
  readonly found = new OffsetSet();
  private readonly bytes: Buffer;
  private readonly view: DataView;
  private readonly equipment: Equipment;
  private filled = 0;
  private count = 0;
  private ends = new Int32Array(1024);
  private offsets = new Float64Array(1024);

  /** @param roomBytes how large the room is to be, at most 2 MiB */
  constructor(literals: readonly string[], roomBytes: number) {
    this.equipment = borrowScanner([...literals, ESCAPE], undefined, 2 * GATHERED + roomBytes);
    this.bytes = this.equipment.scanner.bytes;
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    this.room = this.bytes.subarray(2 * GATHERED, 2 * GATHERED + roomBytes);
  }

  /** Takes a payload that lies in the room, if it is a message. */
  take(from: number, to: number, offset: number): void {
    const at = from + 2 * GATHERED;
    if (to - from < NAME_BYTES) return;
    if (!isMessage(this.view, at)) return;
    const length = to - from - NAME_BYTES;
    this.reserve(length);
    this.bytes.copyWithin(this.filled, at + NAME_BYTES, at + NAME_BYTES + length);
    this.add(length, offset);
  }

  /** Takes a payload that was packed, if it is a message. */
  takeUnpacked(payload: Uint8Array, offset: number): void {
    const length = payload.length - NAME_BYTES;
    if (length < 0 || !isMessage(new DataView(payload.buffer, payload.byteOffset), 0)) return;
    this.reserve(length);
    this.bytes.set(payload.subarray(NAME_BYTES), this.filled);
    this.add(length, offset);
  }

  /** Searches what was gathered: only then `found` knows of it. */
  flush(): void {
    const { scanner } = this.equipment;
    const count = this.count === 0 ? 0 : scanner.findHits(this.filled);
    let message = 0;
    for (let hit = 0; hit < count; ) {
      const at = scanner.hits[hit]!;
      while (this.ends[message]! <= at) message++;
      this.found.add(this.offsets[message]!);
      while (hit < count && scanner.hits[hit]! < this.ends[message]!) hit++;
    }
    this.filled = 0;
    this.count = 0;
  }

  /** The scanner is used no more. */
  close(): void {
    returnScanner(this.equipment);
  }

  private reserve(length: number): void {
    if (this.filled + length + 1 > 2 * GATHERED) this.flush();
  }

  private add(length: number, offset: number): void {
    this.filled += length;
    this.bytes[this.filled++] = BETWEEN;
    if (this.count === this.ends.length) this.grow();
    this.ends[this.count] = this.filled;
    this.offsets[this.count++] = offset;
  }

  private grow(): void {
    const { ends, offsets } = this;
    this.ends = new Int32Array(2 * ends.length);
    this.offsets = new Float64Array(2 * ends.length);
    this.ends.set(ends);
    this.offsets.set(offsets);
  }
}

const isMessage = (view: DataView, at: number) =>
  view.getInt32(at, true) === MESS && view.getInt32(at + 4, true) === AGE;
