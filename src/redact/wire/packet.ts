import { decodeDns } from "../../decode/dns/message.js";
import { Frame } from "../../decode/packet/frame.js";
import { LINKTYPE, readLink } from "../../decode/packet/link.js";
import type { TextMasker } from "../text-masker.js";
import { ChecksumKeeper } from "./checksum.js";
import { maskDns } from "./dns.js";
import { Payloads } from "./payload.js";

/** Link layers whose addresses are known to lie where they are looked for. */
const KNOWN: ReadonlySet<number> = new Set([
  LINKTYPE.ETHERNET,
  LINKTYPE.LINUX_SLL,
  LINKTYPE.LINUX_SLL2,
  LINKTYPE.NULL,
  LINKTYPE.LOOP,
  LINKTYPE.RAW,
  LINKTYPE.RAW_BSD,
  LINKTYPE.RAW_OPENBSD,
  LINKTYPE.IPV4,
  LINKTYPE.IPV6,
]);

const ETHERTYPE = { IPV4: 0x0800, ARP: 0x0806, IPV6: 0x86dd };
const PROTOCOL = { ICMP: 1, IPIP: 4, TCP: 6, UDP: 17, IPV6: 41, GRE: 47, ICMPV6: 58 };
/** IPv6's extension headers that stand before the payload and hold no address. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 44, 51, 60]);
const DNS_PORTS: ReadonlySet<number> = new Set([53, 5353, 5355]);
const VXLAN_PORTS: ReadonlySet<number> = new Set([4789, 8472]);
/** Protocols that hold addresses, names or communities in forms of their own: DHCP, NetBIOS, SNMP, RADIUS, NTP. */
const OPAQUE_PORTS: ReadonlySet<number> = new Set([
  67, 68, 123, 137, 138, 161, 162, 546, 547, 1812, 1813, 1645, 1646,
]);
const VXLAN_HEADER = 8;
const MOST_DEPTH = 4;

/** Can packets of this link layer be masked for certain? */
export const canMaskLink = (linkType: number): boolean => KNOWN.has(linkType);

/**
 * Masks packets where they lie: hardware and IP addresses, ARP, names in DNS, texts of applications, also within tunnels and within the
 * packets that ICMP quotes. Lengths and ports stay, and checksums are as right as before. What is of a protocol that is not known is
 * filled with zeros.
 */
export class PacketMasker {
  private readonly payloads: Payloads;

  constructor(private readonly masker: TextMasker) {
    this.payloads = new Payloads(masker);
  }

  /** The packet in `bytes[from, to)`; {@link canMaskLink} must be true of its link layer. */
  mask(bytes: Buffer, from: number, to: number, linkType: number, depth = 0): void {
    const frame = new Frame();
    frame.start(bytes, from, to, to - from);
    if (!readLink(frame, linkType)) {
      bytes.fill(0, from, to);
      return;
    }
    this.maskLink(bytes, from, linkType);
    this.maskNetwork(bytes, frame.at, to, frame.etherType, depth);
  }

  private maskLink(bytes: Buffer, from: number, linkType: number): void {
    if (linkType === LINKTYPE.ETHERNET) {
      this.mac(bytes, from);
      this.mac(bytes, from + 6);
    } else if (linkType === LINKTYPE.LINUX_SLL && bytes.readUInt16BE(from + 4) === 6)
      this.mac(bytes, from + 6);
    else if (linkType === LINKTYPE.LINUX_SLL2 && bytes[from + 11] === 6) this.mac(bytes, from + 12);
  }

  private maskNetwork(bytes: Buffer, at: number, to: number, etherType: number, depth: number): void {
    if (etherType === ETHERTYPE.ARP) this.maskArp(bytes, at, to);
    else if (etherType === ETHERTYPE.IPV4) this.maskIpv4(bytes, at, to, depth);
    else if (etherType === ETHERTYPE.IPV6) this.maskIpv6(bytes, at, to, depth);
    else bytes.fill(0, Math.min(at, to), to);
  }

  /** Ethernet and IPv4 (RFC 826); others are filled with zeros. */
  private maskArp(bytes: Buffer, at: number, to: number): void {
    if (to - at < 28 || bytes.readUInt32BE(at) !== 0x00010800 || bytes.readUInt16BE(at + 4) !== 0x0604) {
      bytes.fill(0, at, to);
      return;
    }
    this.mac(bytes, at + 8);
    this.ip(bytes, at + 14, 4);
    this.mac(bytes, at + 18);
    this.ip(bytes, at + 24, 4);
  }

  private maskIpv4(bytes: Buffer, at: number, to: number, depth: number): void {
    const header = ((bytes[at] ?? 0) & 15) * 4;
    if (to - at < 20 || bytes[at]! >>> 4 !== 4 || header < 20) {
      bytes.fill(0, at, to);
      return;
    }
    const was = Buffer.from(bytes.subarray(at, to));
    const sum = new ChecksumKeeper();
    const pseudo = new ChecksumKeeper();
    this.ip(bytes, at + 12, 4);
    this.ip(bytes, at + 16, 4);
    // Options may record addresses on the way; they are nearly never there.
    const end = Math.min(at + header, to);
    bytes.fill(1, at + 20, end);
    sum.stretch(was, bytes.subarray(at), 0, end - at);
    pseudo.stretch(was, bytes.subarray(at), 12, 20);
    sum.write(bytes, at + 10);
    const isLater = (bytes.readUInt16BE(at + 6) & 0x1fff) !== 0;
    const total = bytes.readUInt16BE(at + 2) || to - at;
    const stop = Math.min(to, at + total);
    bytes.fill(0, stop, to);
    this.maskTransport(
      bytes,
      end,
      stop,
      { protocol: bytes[at + 9]!, isLater, pseudo, ends: was.toString("latin1", 12, 20) },
      depth,
    );
  }

  private maskIpv6(bytes: Buffer, at: number, to: number, depth: number): void {
    if (to - at < 40 || bytes[at]! >>> 4 !== 6) {
      bytes.fill(0, at, to);
      return;
    }
    const was = Buffer.from(bytes.subarray(at, at + 40));
    const pseudo = new ChecksumKeeper();
    this.ip(bytes, at + 8, 16);
    this.ip(bytes, at + 24, 16);
    pseudo.stretch(was, bytes.subarray(at), 8, 40);
    let protocol = bytes[at + 6]!;
    let next = at + 40;
    let isLater = false;
    while (EXTENSIONS.has(protocol) && next + 8 <= to) {
      if (protocol === 44) isLater = (bytes.readUInt16BE(next + 2) & 0xfff8) !== 0;
      const size =
        protocol === 44 ? 8 : protocol === 51 ? (bytes[next + 1]! + 2) * 4 : (bytes[next + 1]! + 1) * 8;
      protocol = bytes[next]!;
      next += size;
    }
    const length = bytes.readUInt16BE(at + 4);
    const stop = length === 0 ? to : Math.min(to, at + 40 + length);
    bytes.fill(0, stop, to);
    this.maskTransport(
      bytes,
      Math.min(next, stop),
      stop,
      { protocol, isLater, pseudo, ends: was.toString("latin1", 8, 40) },
      depth,
    );
  }

  private maskTransport(bytes: Buffer, at: number, to: number, inside: Inside, depth: number): void {
    const { protocol, isLater } = inside;
    // Later fragments have no ports that say what they are of.
    if (isLater || depth > MOST_DEPTH) bytes.fill(0, at, to);
    else if (protocol === PROTOCOL.UDP) this.maskUdp(bytes, at, to, inside, depth);
    else if (protocol === PROTOCOL.TCP) this.maskTcp(bytes, at, to, inside);
    else if (protocol === PROTOCOL.ICMP || protocol === PROTOCOL.ICMPV6)
      this.maskIcmp(bytes, at, to, inside, depth);
    else if (protocol === PROTOCOL.IPIP) this.maskIpv4(bytes, at, to, depth + 1);
    else if (protocol === PROTOCOL.IPV6) this.maskIpv6(bytes, at, to, depth + 1);
    else bytes.fill(0, at, to);
  }

  private maskUdp(bytes: Buffer, at: number, to: number, { pseudo }: Inside, depth: number): void {
    if (to - at < 8) return;
    const was = Buffer.from(bytes.subarray(at, to));
    const ports = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    const is = (known: ReadonlySet<number>) => ports.some((port) => known.has(port));
    if (is(VXLAN_PORTS) && to - at > 8 + VXLAN_HEADER)
      this.mask(bytes, at + 8 + VXLAN_HEADER, to, LINKTYPE.ETHERNET, depth + 1);
    else if (is(OPAQUE_PORTS)) bytes.fill(0, at + 8, to);
    else if (is(DNS_PORTS) || isDns(bytes, at + 8, to, bytes.readUInt16BE(at + 4) <= to - at))
      maskDns(bytes, at + 8, to, this.masker);
    else this.payloads.mask(bytes, at + 8, to);
    // Zero: nobody computed one (RFC 768).
    if (bytes.readUInt16BE(at + 6) === 0) return;
    pseudo.stretch(was, bytes.subarray(at), 8, to - at);
    pseudo.write(bytes, at + 6);
  }

  private maskTcp(bytes: Buffer, at: number, to: number, { pseudo, ends }: Inside): void {
    if (to - at < 20) return;
    const was = Buffer.from(bytes.subarray(at, to));
    const data = Math.min(to, at + (bytes[at + 12]! >>> 4) * 4);
    const ports = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    if (ports.includes(53) && isDns(bytes, data + 2, to, true)) maskDns(bytes, data + 2, to, this.masker);
    else this.payloads.mask(bytes, data, to, `${ends}${ports.join(">")}`, bytes.readUInt32BE(at + 4));
    pseudo.stretch(was, bytes.subarray(at), data - at, to - at);
    pseudo.write(bytes, at + 16);
  }

  private maskIcmp(bytes: Buffer, at: number, to: number, { protocol, pseudo }: Inside, depth: number): void {
    if (to - at < 8) return;
    const was = Buffer.from(bytes.subarray(at, to));
    const type = bytes[at]!;
    const isEcho = protocol === PROTOCOL.ICMP ? type === 0 || type === 8 : type === 128 || type === 129;
    const isError = protocol === PROTOCOL.ICMP ? [3, 4, 5, 11, 12].includes(type) : type < 128;
    const sum = protocol === PROTOCOL.ICMP ? new ChecksumKeeper() : pseudo;
    if (protocol === PROTOCOL.ICMP && type === 5) this.ip(bytes, at + 4, 4);
    if (isError) {
      if (protocol === PROTOCOL.ICMP) this.maskIpv4(bytes, at + 8, to, depth + 1);
      else this.maskIpv6(bytes, at + 8, to, depth + 1);
    } else if (protocol === PROTOCOL.ICMPV6 && type >= 133 && type <= 137)
      this.maskDiscovery(bytes, at, to, type);
    else if (!isEcho) bytes.fill(0, at + 8, to);
    sum.stretch(was, bytes.subarray(at), 4, to - at);
    sum.write(bytes, at + 2);
  }

  /** Neighbour discovery (RFC 4861): targets, and hardware addresses in options; prefixes of routers as networks. */
  private maskDiscovery(bytes: Buffer, at: number, to: number, type: number): void {
    const targets = type === 135 || type === 136 ? 1 : type === 137 ? 2 : 0;
    for (let i = 0; i < targets; i++) this.ip(bytes, at + 8 + 16 * i, 16, to);
    let option = at + (type === 133 ? 8 : type === 134 ? 16 : 8 + 16 * targets);
    while (option + 8 <= to && bytes[option + 1]! > 0) {
      const end = option + bytes[option + 1]! * 8;
      if (bytes[option] === 1 || bytes[option] === 2) this.mac(bytes, option + 2);
      else if (bytes[option] === 3) this.ip(bytes, option + 16, 16, to);
      else if (bytes[option] !== 5) bytes.fill(0, option + 2, Math.min(end, to));
      option = end;
    }
  }

  private mac(bytes: Buffer, at: number): void {
    if (at + 6 <= bytes.length)
      bytes.set(this.masker.addresses.mac(Uint8Array.from(bytes.subarray(at, at + 6))), at);
  }

  private ip(bytes: Buffer, at: number, length: 4 | 16, to = bytes.length): void {
    if (at + length <= to)
      bytes.set(this.masker.addresses.ip(Uint8Array.from(bytes.subarray(at, at + length))), at);
  }
}

/** What a header around a payload says of it. */
interface Inside {
  protocol: number;
  /** A fragment that does not begin the payload. */
  isLater: boolean;
  /** The changes of the addresses, which sums of transports count. */
  pseudo: ChecksumKeeper;
  /** Both addresses as they were. */
  ends: string;
}

/** DNS on another port, such as docker's own resolver. */
const isDns = (bytes: Buffer, from: number, to: number, isWhole: boolean): boolean =>
  to - from >= 17 && decodeDns(bytes, from, to, isWhole)?.question !== undefined;
