import { type PacketSegment, ROW, ROW_WORDS } from "../../decode/packet/row.js";
import type { OpenerNumbers } from "../transactions/passage/openers.js";

const IPV6 = 1 << 16;
const SYN_ACK = 0x12;
const ACK = 0x10;

/** The packet of a row, read where it lies: a TCP segment that opens a connection, or answers one that does. */
export class SegmentRow implements OpenerNumbers {
  private frames: Uint8Array = new Uint8Array(0);
  private words: Int32Array = new Int32Array(0);
  private at = 0;

  /** Turns to another row. */
  turn(segment: PacketSegment, row: number): void {
    this.frames = segment.frames;
    this.words = segment.words;
    this.at = row * ROW_WORDS;
  }

  get seq(): number {
    return this.words[this.at + ROW.KEY]!;
  }

  /** The client's port, and a hash of its address in the upper half. */
  get client(): number {
    return this.words[this.at + ROW.ID]!;
  }

  get port(): number {
    return this.client & 0xffff;
  }

  get flags(): number {
    return this.words[this.at + ROW.PLACE]! >>> 16;
  }

  get isWelcome(): boolean {
    return this.flags === SYN_ACK;
  }

  /** Whether `reply` answers this SYN: it names its number, and addresses and ports are mirrored. */
  isAnsweredBy(reply: SegmentRow): boolean {
    if ((reply.flags & ACK) === 0 || this.seq !== reply.seq || this.client !== reply.client) return false;
    if (this.v6 !== reply.v6) return false;
    const size = this.v6 ? 16 : 4;
    // The ports stand behind the addresses.
    return this.isMirrored(reply, 0, size) && this.isMirrored(reply, size * 2, 2);
  }

  /** Whether the two fields of `size` bytes, `from` bytes behind the first address, are the reply's, the other way round. */
  private isMirrored(reply: SegmentRow, from: number, size: number): boolean {
    const a = this.addresses + from;
    const b = reply.addresses + from;
    for (let i = 0; i < size; i++) {
      if (this.frames[a + i] !== reply.frames[b + size + i]) return false;
      if (this.frames[a + size + i] !== reply.frames[b + i]) return false;
    }
    return true;
  }

  private get v6(): boolean {
    return (this.words[this.at]! & IPV6) !== 0;
  }

  /** Where the IP addresses begin. */
  private get addresses(): number {
    const { words, at } = this;
    return words[at + ROW.FRAME]! + (words[at + ROW.PLACE]! & 0xffff) + (this.v6 ? 8 : 12);
  }
}
