import {
  FILE_BEGINNING,
  FILE_HEADER,
  type PcapHeader,
  readPcapHeader,
  u32At,
} from "../../decode/packet/pcap-header.js";
import { BIG, LITTLE, type Order } from "../../decode/packet/pcapng-blocks.js";
import type { TextMasker } from "../text-masker.js";
import { canMaskLink, PacketMasker } from "./packet.js";
import { toLength } from "./payload.js";

/** Why no more of a capture can be masked; what came before it was. */
export class UnmaskableCapture extends Error {}

/** libpcap's limit of a block (INITIAL_MAX_BLOCKSIZE). */
const MOST_BLOCK = 16 << 20;
const MOST_PACKET = 262_144;

/** Takes bytes of a capture and gives masked ones; both in pieces of any size. */
export interface CaptureMasker {
  /** @throws UnmaskableCapture */
  push(chunk: Buffer): Buffer[];
  /** Nothing follows. @throws UnmaskableCapture where the capture ends within a packet */
  end(): Buffer[];
}

/** Joins chunks until there is enough for a record. */
abstract class Records implements CaptureMasker {
  private rest = Buffer.alloc(0);
  protected count = 0;

  /** Masks the record that begins the bytes. @returns its length and what is written in its place, or `undefined` for more bytes */
  protected abstract record(bytes: Buffer, last: boolean): { length: number; out: Buffer } | undefined;

  push(chunk: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    return this.take(false);
  }

  end(): Buffer[] {
    const out = this.take(true);
    if (this.rest.length > 0)
      throw new UnmaskableCapture(`it ends within packet ${this.count + 1}; what came before was copied`);
    return out;
  }

  private take(last: boolean): Buffer[] {
    const out: Buffer[] = [];
    let at = 0;
    for (;;) {
      const next = this.rest.length > at ? this.record(this.rest.subarray(at), last) : undefined;
      if (next === undefined) break;
      out.push(Buffer.from(next.out));
      at += next.length;
    }
    this.rest = Buffer.from(this.rest.subarray(at));
    return out;
  }
}

/** Classic pcap: times, lengths and headers stay. */
class PcapMasker extends Records {
  private head: PcapHeader | undefined;
  private readonly packets: PacketMasker;

  constructor(masker: TextMasker) {
    super();
    this.packets = new PacketMasker(masker);
  }

  protected record(bytes: Buffer, last: boolean): { length: number; out: Buffer } | undefined {
    if (this.head === undefined) {
      if (bytes.length < FILE_BEGINNING && !last) return undefined;
      if (bytes.length < FILE_HEADER) return undefined;
      this.head = readPcapHeader(bytes);
      mustKnow(this.head.linkType);
      return { length: FILE_HEADER, out: bytes.subarray(0, FILE_HEADER) };
    }
    const { header, little, linkType } = this.head;
    if (bytes.length < header) return undefined;
    const captured = u32At(bytes, 8, little);
    if (captured > MOST_PACKET)
      throw new UnmaskableCapture(
        `packet ${this.count + 1} is damaged (captured length ${captured}); what came before was copied`,
      );
    if (bytes.length < header + captured) return undefined;
    this.count++;
    this.packets.mask(bytes, header, header + captured, linkType);
    return { length: header + captured, out: bytes.subarray(0, header + captured) };
  }
}

const SECTION = 0x0a0d0d0a;
const BYTE_ORDER = 0x1a2b3c4d;
const BLOCK = { INTERFACE: 1, PACKET: 2, SIMPLE: 3, STATISTICS: 5, ENHANCED: 6 };
/** Options that are texts: comments, the host's hardware and system, names and descriptions of interfaces and filters. */
const TEXT_OPTIONS: Readonly<Record<number, ReadonlySet<number>>> = {
  [SECTION]: new Set([1, 2, 3, 4]),
  [BLOCK.INTERFACE]: new Set([1, 3, 11, 12, 15]),
  [BLOCK.ENHANCED]: new Set([1]),
  [BLOCK.STATISTICS]: new Set([1]),
};
/** Addresses of an interface (draft-ietf-opsawg-pcapng, 4.2). */
const INTERFACE_IPV4 = 4;
const INTERFACE_IPV6 = 5;
const INTERFACE_MAC = 6;

/** pcapng. Blocks of other kinds than packets, interfaces and statistics (names, keys, custom ones) are left out. */
class PcapngMasker extends Records {
  private order: Order = LITTLE;
  private links: number[] = [];
  private readonly packets: PacketMasker;

  constructor(private readonly masker: TextMasker) {
    super();
    this.packets = new PacketMasker(masker);
  }

  protected record(bytes: Buffer): { length: number; out: Buffer } | undefined {
    if (bytes.length < 12) return undefined;
    if (bytes.readUInt32BE(0) === SECTION) this.order = bytes.readUInt32LE(8) === BYTE_ORDER ? LITTLE : BIG;
    const type = this.order.u32(bytes, 0);
    const length = this.order.u32(bytes, 4);
    const isPossible = length >= 12 && length % 4 === 0 && length <= MOST_BLOCK;
    if (!isPossible || (bytes.length >= length && this.order.u32(bytes, length - 4) !== length))
      throw new UnmaskableCapture(
        `the block behind packet ${this.count} is damaged; what came before was copied`,
      );
    if (bytes.length < length) return undefined;
    const isKept = this.block(bytes, type, length - 4);
    return { length, out: isKept ? bytes.subarray(0, length) : bytes.subarray(0, 0) };
  }

  /** Masks a block whose body ends at `end`. @returns whether it is copied at all */
  private block(bytes: Buffer, type: number, end: number): boolean {
    const { order } = this;
    switch (type) {
      case SECTION:
        this.links = [];
        this.options(bytes, SECTION, 24, end);
        return true;
      case BLOCK.INTERFACE:
        mustKnow(order.u16(bytes, 8));
        this.links.push(order.u16(bytes, 8));
        this.options(bytes, BLOCK.INTERFACE, 16, end);
        return true;
      case BLOCK.STATISTICS:
        this.options(bytes, BLOCK.STATISTICS, 20, end);
        return true;
      case BLOCK.ENHANCED:
      case BLOCK.PACKET: {
        this.count++;
        const id = type === BLOCK.PACKET ? order.u16(bytes, 8) : order.u32(bytes, 8);
        const stop = Math.min(end, 28 + order.u32(bytes, 20));
        this.packet(bytes, 28, stop, id);
        this.options(bytes, BLOCK.ENHANCED, (stop + 3) & ~3, end);
        return true;
      }
      case BLOCK.SIMPLE:
        this.count++;
        this.packet(bytes, 12, Math.min(end, 12 + order.u32(bytes, 8)), 0);
        return true;
      default:
        return false;
    }
  }

  private packet(bytes: Buffer, from: number, to: number, id: number): void {
    const link = this.links[id];
    if (link === undefined) bytes.fill(0, from, to);
    else this.packets.mask(bytes, from, to, link);
  }

  private options(bytes: Buffer, type: number, from: number, end: number): void {
    const { order, masker } = this;
    for (let at = from; at + 4 <= end; ) {
      const code = order.u16(bytes, at);
      const length = order.u16(bytes, at + 2);
      const [first, next] = [at + 4, at + 4 + length];
      if (code === 0 || next > end) break;
      if (TEXT_OPTIONS[type]?.has(code)) {
        const masked = masker.text(bytes.toString("latin1", first, next));
        bytes.write(toLength(masked, length), first, "latin1");
      } else if (type === BLOCK.INTERFACE && code === INTERFACE_MAC && length === 6)
        bytes.set(masker.addresses.mac(Uint8Array.from(bytes.subarray(first, next))), first);
      else if (type === BLOCK.INTERFACE && (code === INTERFACE_IPV4 || code === INTERFACE_IPV6)) {
        const size = code === INTERFACE_IPV4 ? 4 : 16;
        if (length >= size)
          bytes.set(masker.addresses.ip(Uint8Array.from(bytes.subarray(first, first + size))), first);
      } else if (code > 0x7fff || (code >= 2988 && code <= 19373)) bytes.fill(0, first, next);
      at = (next + 3) & ~3;
    }
  }
}

function mustKnow(linkType: number): void {
  if (!canMaskLink(linkType))
    throw new UnmaskableCapture(
      `its link layer (type ${linkType}) is not one whose addresses can be masked for certain; editcap -T or a capture of IP packets helps`,
    );
}

/** @param head the file's first bytes, unpacked */
export const captureMasker = (head: Buffer, masker: TextMasker): CaptureMasker =>
  head.readUInt32BE(0) === SECTION ? new PcapngMasker(masker) : new PcapMasker(masker);
