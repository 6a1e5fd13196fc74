import { isMirrored } from "../../decode/packet/mirror.js";
import { type PacketSegment, ROW, ROW_V6, ROW_WORDS } from "../../decode/packet/row.js";
import type { OpenerNumbers } from "../transactions/passage/openers.js";

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

  /** The opener's sequence number, as 32 bits. */
  get seq(): number {
    return this.words[this.at + ROW.KEY]!;
  }

  /** The client's port. */
  get port(): number {
    return this.words[this.at + ROW.ID]! & 0xffff;
  }

  get flags(): number {
    return (this.words[this.at + ROW.PLACE]! >>> 8) & 0xff;
  }

  get isWelcome(): boolean {
    return this.flags === SYN_ACK;
  }

  /** How many rows before a reply stands the SYN that it answers; 0 when that is not known. */
  get apart(): number {
    return this.words[this.at]! >>> 17;
  }

  /** Whether `reply` answers this SYN: it names its number, and addresses and ports are mirrored. */
  isAnsweredBy(reply: SegmentRow): boolean {
    const { v6 } = this;
    return (
      (reply.flags & ACK) !== 0 &&
      this.seq === reply.seq &&
      v6 === reply.v6 &&
      isMirrored(this.frames, this.ip, reply.frames, reply.ip, v6)
    );
  }

  private get v6(): boolean {
    return (this.words[this.at]! & ROW_V6) !== 0;
  }

  /** Where the IP header begins. */
  private get ip(): number {
    const { words, at } = this;
    return words[at + ROW.FRAME]! + (words[at + ROW.PLACE]! & 0xff);
  }
}
