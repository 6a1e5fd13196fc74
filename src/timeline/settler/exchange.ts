import { readName } from "../../decode/dns/name.js";
import { typeName } from "../../decode/dns/registry.js";
import { ipv4At, ipv6At } from "../../decode/packet/address.js";
import { isMirrored, isSameQuestion } from "../../decode/packet/mirror.js";
import { type PacketSegment, ROW, ROW_V6, ROW_WORDS } from "../../decode/packet/row.js";
import type { AskedQuestion } from "../transactions/dns/asked.js";

const UDP_AND_DNS_HEADERS = 20;

/** The packet of a row, read where it lies: a DNS question or answer over UDP. */
export class DnsRow implements AskedQuestion {
  private frames: Uint8Array = new Uint8Array(0);
  private words: Int32Array = new Int32Array(0);
  private at = 0;
  private ip = 0;
  v6 = false;

  /** Turns to another row. */
  turn(segment: PacketSegment, row: number): void {
    const { words } = segment;
    const at = row * ROW_WORDS;
    this.frames = segment.frames;
    this.words = words;
    this.at = at;
    this.ip = words[at + ROW.FRAME]! + (words[at + ROW.PLACE]! & 0xff);
    this.v6 = (words[at]! & ROW_V6) !== 0;
  }

  get id(): number {
    return this.words[this.at + ROW.ID]! >>> 16;
  }

  get port(): number {
    return this.words[this.at + ROW.ID]! & 0xffff;
  }

  get rcode(): number {
    return (this.words[this.at]! >>> 8) & 0xff;
  }

  /** Address of a question's sender. */
  get client(): string {
    return this.v6 ? ipv6At(this.frames, this.ip + 8) : ipv4At(this.frames, this.ip + 12);
  }

  get clientOctet(): number {
    return (this.words[this.at]! >>> 17) & 0xff;
  }

  get name(): string {
    const at = this.question;
    return readName(this.frames, at - 12, at, at + this.questionBytes)!.text;
  }

  get type(): string {
    return typeName(this.typeNumber);
  }

  get typeNumber(): number {
    const at = this.question + this.questionBytes - 4;
    return (this.frames[at]! << 8) | this.frames[at + 1]!;
  }

  /** Word `i` of the address of a question's client (0…3) or server (4…7); IPv4 addresses have one. */
  addressWord(i: number): number {
    if (this.v6) return word(this.frames, this.ip + 8 + i * 4);
    return i === 0 || i === 4 ? word(this.frames, this.ip + 12 + i) : 0;
  }

  /** A question's server: an IPv4 address as a number, which costs less than its text, an IPv6 address as text. */
  get serverKey(): number | string {
    return this.v6 ? ipv6At(this.frames, this.ip + 24) : this.addressWord(4) >>> 0;
  }

  /** The server's number among those of its segment; 0 when it has none. */
  get serverNumber(): number {
    return this.words[this.at + ROW.PLACE]! >>> 16;
  }

  /** How many rows before an answer stands the question that it answers; 0 when that is not known. */
  get apart(): number {
    return this.words[this.at]! >>> 17;
  }

  /** Whether `answer` answers this question: addresses and ports are mirrored, and it asks the same. Ids have been compared. */
  isAnsweredBy(answer: DnsRow): boolean {
    const { frames, v6, questionBytes } = this;
    return (
      v6 === answer.v6 &&
      questionBytes === answer.questionBytes &&
      isMirrored(frames, this.ip, answer.frames, answer.ip, v6) &&
      isSameQuestion(frames, this.question, answer.frames, answer.question, questionBytes)
    );
  }

  private get question(): number {
    return this.ip + (this.v6 ? 40 : 20) + UDP_AND_DNS_HEADERS;
  }

  private get questionBytes(): number {
    return (this.words[this.at + ROW.PLACE]! >>> 8) & 0xff;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
