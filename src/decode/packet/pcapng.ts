import { type Framer, type FramerHost, MAX_CAPTURED } from "./framer.js";
import { BIG, BLOCK, LITTLE } from "./pcapng-blocks.js";
import { NgSection, type SectionState } from "./pcapng-section.js";

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Blocks that are read hold one packet and its options. */
export const MAX_READ = MAX_CAPTURED + 65536 * 2;
/** libpcap's limit (INITIAL_MAX_BLOCKSIZE). Longer ones are damage, not a block to skip. */
const MAX_SKIPPED = 16 * 1024 * 1024;

export const READ: ReadonlySet<number> = new Set(Object.values(BLOCK));

/** Whether the bytes begin a pcapng file. */
export function isPcapng(head: Buffer): boolean {
  if (head.length < 12 || head.readUInt32BE(0) !== BLOCK.SECTION) return false;
  return head.readUInt32BE(8) === BYTE_ORDER_MAGIC || head.readUInt32LE(8) === BYTE_ORDER_MAGIC;
}

/**
 * pcapng (draft-ietf-opsawg-pcapng): sections of either byte order, several interfaces, enhanced, simple and
 * obsolete packet blocks. Blocks of other types are skipped; one whose two lengths differ is reported, and reading
 * resumes at the next block that is whole.
 */
export class PcapngFramer implements Framer {
  need = 12;
  private readonly section: NgSection;
  private damage = -1;
  private reason = "";
  /** The damage is a block that the file's end cuts off, if no other block follows. */
  private isCut = false;

  /** @param section the state of the section that the bytes lie in, when they do not begin with its header */
  constructor(
    private readonly host: FramerHost,
    section?: SectionState,
  ) {
    this.section = new NgSection(host, section);
  }

  /** How many interfaces and sections were begun so far: what depends on none can be read by itself. */
  get declared(): number {
    return this.section.declared;
  }

  /** What the section has told so far of the packets in it. */
  get state(): SectionState {
    return this.section.state;
  }

  /** In damage: the next good block is looked for. */
  get isLost(): boolean {
    return this.damage >= 0;
  }

  read(bytes: Buffer, base: number): number {
    return this.readBlocks(bytes, base, false);
  }

  end(bytes: Buffer, base: number): void {
    const { host } = this;
    const at = this.readBlocks(bytes, base, true);
    const start = this.damage >= 0 ? this.damage : base + at;
    const left = base + bytes.length - start;
    if (left <= 0) return;
    const count = host.nextPacket - 1;
    const isCut = this.damage < 0 || this.isCut;
    const reason = isCut ? `the file ends inside a block, ${left} bytes after its beginning` : this.reason;
    const sofar = count === 1 ? "1 packet was read" : `${count} packets were read`;
    const rest = isCut ? "" : ", the rest is skipped";
    host.problem(start, `after packet ${count}: ${reason}; ${sofar}${rest}`, isCut ? "warning" : "error");
  }

  private readBlocks(bytes: Buffer, base: number, last: boolean): number {
    let at = 0;
    for (;;) {
      if (this.damage >= 0) {
        at = this.resume(bytes, at, base, last);
        if (this.damage >= 0) return at;
      }
      if (at + 12 > bytes.length) {
        this.need = 12;
        return at;
      }
      const type = this.section.order.u32(bytes, at);
      if (type === BLOCK.SECTION) this.readByteOrder(bytes, at);
      const length = this.section.order.u32(bytes, at + 4);
      const isRead = READ.has(type);
      // Whoever wrote a length that is no multiple of four padded the block nevertheless.
      const padded = (length + 3) & ~3;
      const isShort = length <= MAX_READ;
      const isWhole = at + padded <= bytes.length;
      const isCut = length >= 12 && isShort && !isWhole;
      if (isCut && !last) {
        this.need = padded;
        return at;
      }
      const reason =
        length < 12 || length > (isRead ? MAX_READ : MAX_SKIPPED)
          ? `a block of type ${type} cannot be ${length} bytes long`
          : isCut
            ? `a block of ${length} bytes goes beyond the end of the file`
            : isShort && this.section.order.u32(bytes, at + padded - 4) !== length
              ? "the lengths at a block's two ends differ"
              : undefined;
      if (reason !== undefined) {
        this.damage = base + at;
        this.reason = reason;
        this.isCut = isCut;
        at++;
        continue;
      }
      if (isRead) this.section.read(bytes, type, at + 8, at + padded - 4, base + at, padded);
      at += padded;
      if (at >= bytes.length) {
        this.need = 12;
        return at;
      }
    }
  }

  private readByteOrder(bytes: Buffer, at: number): void {
    if (BIG.u32(bytes, at + 8) === BYTE_ORDER_MAGIC) this.section.order = BIG;
    else if (LITTLE.u32(bytes, at + 8) === BYTE_ORDER_MAGIC) this.section.order = LITTLE;
  }

  /** Looks for the next block behind damage; sets `damage` to -1 when it is found. Gives the place to go on from. */
  private resume(bytes: Buffer, from: number, base: number, last: boolean): number {
    let at = from;
    for (; at + 12 <= bytes.length; at++) {
      const length = this.plausibleLength(bytes, at);
      if (length === 0) continue;
      if (at + length > bytes.length) {
        if (last) continue;
        this.need = length;
        return at;
      }
      if (this.section.order.u32(bytes, at + length - 4) !== length) continue;
      const packet = this.host.nextPacket - 1;
      const skipped = base + at - this.damage;
      const message = `after packet ${packet}: ${this.reason}; ${skipped} bytes are skipped, reading resumes at byte ${base + at}`;
      this.host.problem(this.damage, message, "error");
      this.host.noted({ skipped, name: undefined }, this.damage, skipped);
      this.damage = -1;
      return at;
    }
    this.need = 12;
    return at;
  }

  /** Length of the block of a known type that may begin here; 0 when none can. */
  private plausibleLength(bytes: Buffer, at: number): number {
    const type = this.section.order.u32(bytes, at);
    if (!READ.has(type)) return 0;
    if (type === BLOCK.SECTION) this.readByteOrder(bytes, at);
    const length = this.section.order.u32(bytes, at + 4);
    return length >= 16 && length <= MAX_READ && (length & 3) === 0 ? length : 0;
  }
}
