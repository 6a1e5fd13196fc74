import type { FramerHost } from "./framer.js";
import {
  BIG,
  BLOCK,
  commentIn,
  LITTLE,
  type NgInterface,
  type Order,
  type PacketOptions,
  readInterface,
  readPacketOptions,
  readStatistics,
} from "./pcapng-blocks.js";
import { type Instant, instantOf } from "./pcapng-time.js";

const MAX_INTERFACES = 65536;

/** What a section tells of the packets in it. Plain data. */
export interface SectionState {
  readonly little: boolean;
  readonly interfaces: readonly NgInterface[];
}

/** One section of a pcapng file: its byte order, its interfaces, and what the bodies of its blocks say. */
export class NgSection {
  order: Order = LITTLE;
  /** Sections and interfaces begun. */
  declared = 0;
  private interfaces: NgInterface[] = [];
  private readonly instant: Instant = { time: Number.NaN, ns: 0 };
  /** The options of the packet in hand. */
  private readonly said: PacketOptions = { direction: undefined, comment: undefined, dropped: 0 };

  constructor(
    private readonly host: FramerHost,
    state?: SectionState,
  ) {
    if (state === undefined) return;
    this.order = state.little ? LITTLE : BIG;
    this.interfaces = [...state.interfaces];
  }

  get state(): SectionState {
    return { little: this.order === LITTLE, interfaces: [...this.interfaces] };
  }

  /**
   * Reads the body `[from, to)` of a block, which lies at `offset` of the file and is `length` bytes long; a section
   * header begins anew.
   */
  read(bytes: Buffer, type: number, from: number, to: number, offset: number, length: number): void {
    switch (type) {
      case BLOCK.SECTION:
        this.declared++;
        this.interfaces = [];
        // Behind byte order, version and the section's length.
        this.comment(commentIn(bytes, from + 16, to, this.order), undefined, offset, length);
        return;
      case BLOCK.INTERFACE:
        this.declared++;
        this.addInterface(readInterface(bytes, from, to, this.order), offset);
        this.comment(
          commentIn(bytes, from + 8, to, this.order),
          this.interfaces.at(-1)?.name,
          offset,
          length,
        );
        return;
      case BLOCK.ENHANCED_PACKET:
      case BLOCK.PACKET:
        this.readPacket(bytes, type === BLOCK.PACKET, from, to, offset, length);
        return;
      case BLOCK.SIMPLE_PACKET:
        this.readSimplePacket(bytes, from, to, offset, length);
        return;
      case BLOCK.STATISTICS: {
        if (from + 12 > to) return;
        const said = readStatistics(bytes, from + 12, to, this.order);
        const name = this.interfaces[this.order.u32(bytes, from)]?.name;
        if (said !== undefined) this.host.noted({ ...said, name }, offset, length);
        return;
      }
    }
  }

  private addInterface(read: NgInterface | undefined, offset: number): void {
    if (read === undefined)
      this.host.problem(offset, "an interface block is too short; it is skipped", "error");
    else if (this.interfaces.length < MAX_INTERFACES) this.interfaces.push(read);
  }

  /** An Enhanced Packet Block, or the obsolete Packet Block, whose interface has 16 bits and drops the other 16. */
  private readPacket(
    bytes: Buffer,
    obsolete: boolean,
    from: number,
    to: number,
    offset: number,
    length: number,
  ): void {
    const { order, host, instant } = this;
    if (from + 20 > to) {
      host.lost(offset, "its block is too short");
      return;
    }
    const id = obsolete ? order.u16(bytes, from) : order.u32(bytes, from);
    const capture = this.interfaces[id];
    const captured = order.u32(bytes, from + 12);
    const data = from + 20;
    if (capture === undefined) {
      host.lost(offset, `interface ${id} was never described`);
      return;
    }
    if (captured > to - data) {
      host.lost(offset, `captured length ${captured} is more than its block's ${to - data}`);
      return;
    }
    instantOf(order.u32(bytes, from + 4), order.u32(bytes, from + 8), capture.resolution, instant);
    const options = data + ((captured + 3) & ~3);
    const { said } = this;
    const isSaid = !obsolete && options + 4 <= to;
    if (isSaid) {
      readPacketOptions(bytes, options, to, order, said);
      const { dropped, comment } = said;
      if (dropped > 0) host.noted({ dropped, since: "packet", name: capture.name }, offset, length);
      this.comment(comment, capture.name, offset, length);
    }
    host.packet(
      bytes,
      data,
      data + captured,
      order.u32(bytes, from + 16),
      instant.time,
      instant.ns,
      capture,
      isSaid ? said.direction : undefined,
      offset,
      length,
    );
  }

  private comment(
    comment: string | undefined,
    name: string | undefined,
    offset: number,
    length: number,
  ): void {
    if (comment !== undefined) this.host.noted({ comment, name }, offset, length);
  }

  /** A Simple Packet Block belongs to the first interface and has no time. */
  private readSimplePacket(bytes: Buffer, from: number, to: number, offset: number, length: number): void {
    const capture = this.interfaces[0];
    if (from + 4 > to) {
      this.host.lost(offset, "its block is too short");
      return;
    }
    if (capture === undefined) {
      this.host.lost(offset, "interface 0 was never described");
      return;
    }
    const original = this.order.u32(bytes, from);
    const limit = capture.snapLength > 0 ? Math.min(original, capture.snapLength) : original;
    const data = from + 4;
    const end = Math.min(data + limit, to);
    this.host.packet(bytes, data, end, original, Number.NaN, 0, capture, undefined, offset, length);
  }
}
