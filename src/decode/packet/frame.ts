const NOTHING = Buffer.alloc(0);

/**
 * What is known of a packet below its transport layer, from its bytes or from a tool's text: the common part of
 * packet events.
 */
export interface Seen {
  /** `ipv4`, `ipv6`. */
  networkType: string;
  sourceMac: string | undefined;
  destinationMac: string | undefined;
  interfaceName: string | undefined;
  /** ifindex. */
  interfaceId: number | undefined;
  /** `In`, `Out`, `P`, `B`, `M`: tcpdump's column. */
  direction: string | undefined;
  sourceIp: string | undefined;
  destinationIp: string | undefined;
  /** Length of the IP packet on the wire. */
  ipBytes: number | undefined;
  ttl: number | undefined;
  /** IPv4 identification. */
  ipId: number | undefined;
}

/**
 * The packet in hand: what each layer has found out about it for the layers above. One object serves a whole
 * capture, so that a packet costs no allocation but its event.
 */
export class Frame implements Seen {
  bytes: Buffer = NOTHING;
  /** Where the layer in hand begins. */
  at = 0;
  /** Where the captured bytes of the layer in hand end. */
  end = 0;
  /** The snap length cut it: what lies behind `end` was on the wire, but not captured. */
  cut = false;
  /** EtherType of what the link layer carries. */
  etherType = 0;
  networkType = "";
  sourceMac: string | undefined;
  destinationMac: string | undefined;
  /** From the capture file; the cooked header knows only the index. */
  interfaceName: string | undefined;
  interfaceId: number | undefined;
  /** `In`, `Out`, `P`, `B`, `M`: tcpdump's column. */
  direction: string | undefined;
  sourceIp = "";
  destinationIp = "";
  /** Length of the IP packet on the wire. */
  ipBytes = 0;
  ttl = 0;
  /** IPv4 identification; IPv6 has none outside fragments. */
  ipId: number | undefined;
  /** IP protocol number of what the network layer carries. */
  protocol = 0;
  /** Length of the IP payload in hand, on the wire. */
  payloadBytes = 0;
  /** Offset of this fragment in bytes; 0 for the first and for whole packets. */
  fragmentOffset = 0;
  moreFragments = false;

  /** Begins a packet: captured bytes `[from, to)`, `original` bytes long on the wire. */
  start(bytes: Buffer, from: number, to: number, original: number): void {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.cut = to - from < original;
    this.etherType = 0;
    this.sourceMac = undefined;
    this.destinationMac = undefined;
    this.interfaceName = undefined;
    this.interfaceId = undefined;
    this.direction = undefined;
    this.ipId = undefined;
    this.fragmentOffset = 0;
    this.moreFragments = false;
  }

  /** The 16-bit number at `at`, network byte order. */
  u16(at: number): number {
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
  }

  /** The unsigned 32-bit number at `at`, network byte order. */
  u32(at: number): number {
    const b = this.bytes;
    return ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;
  }
}
