import type { Wanted } from "./kinds.js";
import { LINKTYPE } from "./link.js";
import { KIND } from "./row.js";

/** VLAN tags (802.1Q, 802.1ad) that are stepped over. */
const MAX_TAGS = 2;
const UDP_HEADER = 8;
const DNS_HEADER = 12;
const MIN_RECORD = 11;
const UDP = 17;
const TCP = 6;
const DNS_PORT = 53;
/** Longer questions are rare: they take the long way. */
const MAX_QUESTION = 160;
/** Sets the bit that tells small ASCII letters from capital ones, in four octets at once. */
const FOLD = 0x20202020;
const HASHED = 16;
const FIN_SYN_RST = 0b111;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/** Nothing can be told at a glance: the packet must be decoded. */
export const LOOK_CLOSER = -1;
/** The packet gives no event. */
export const COUNTED = 0;

/**
 * Tells, from a few fields at fixed places, what a packet of the usual build is: Ethernet, cooked or raw, with VLAN tags or none, IPv4
 * without options or IPv6 without extensions, UDP or TCP, with all headers captured. It must say of a packet nothing else than `decodePacket` would; of all that it is
 * not sure of it says {@link LOOK_CLOSER}.
 */
export class Glance {
  /** Of a DNS message, or a segment that opens a connection or answers one that does, what its row says (row.ts). */
  key = 0;
  id = 0;
  /** The client's port. */
  port = 0;
  rcode = 0;
  questionBytes = 0;
  flags = 0;
  /** Offset of the IP header in the frame. */
  network = 0;
  v6 = false;
  /** The snap length cut the IP packet. */
  private cut = false;

  /** @param heard by the flags byte of a TCP segment: 1 where somebody looks at such segments */
  constructor(
    private readonly wanted: Wanted,
    private readonly heard: Uint8Array,
  ) {}

  /** The packet in `bytes[from, to)`: one of {@link KIND}, {@link COUNTED} or {@link LOOK_CLOSER}. */
  at(bytes: Uint8Array, from: number, to: number, linkType: number): number {
    let type: number;
    let ip: number;
    if (linkType === LINKTYPE.ETHERNET) {
      type = from + 12;
      ip = from + 14;
    } else if (linkType === LINKTYPE.LINUX_SLL2) {
      type = from;
      ip = from + 20;
    } else if (linkType === LINKTYPE.LINUX_SLL) {
      type = from + 14;
      ip = from + 16;
    } else if (linkType === LINKTYPE.RAW) {
      type = -1;
      ip = from;
    } else return LOOK_CLOSER;
    for (let tags = 0; tags < MAX_TAGS && type >= 0 && ip + 4 <= to && isTag(bytes, type); tags++) {
      type = ip + 2;
      ip += 4;
    }
    if (ip + 20 > to || (type >= 0 && !isIp(bytes, type, bytes[ip]! >>> 4))) return LOOK_CLOSER;
    this.network = ip - from;
    const first = bytes[ip]!;
    if (first === 0x45) {
      this.v6 = false;
      const total = (bytes[ip + 2]! << 8) | bytes[ip + 3]!;
      const fragment = (bytes[ip + 6]! & 0x3f) | bytes[ip + 7]!;
      if (total < 20 || fragment !== 0) return LOOK_CLOSER;
      return this.payload(bytes, bytes[ip + 9]!, ip + 20, ip + total, to);
    }
    if (first >>> 4 !== 6 || ip + 40 > to) return LOOK_CLOSER;
    this.v6 = true;
    const length = (bytes[ip + 4]! << 8) | bytes[ip + 5]!;
    if (length === 0) return LOOK_CLOSER;
    return this.payload(bytes, bytes[ip + 6]!, ip + 40, ip + 40 + length, to);
  }

  /** What lies in `bytes[at, last)`, of which all before `to` was captured. */
  private payload(bytes: Uint8Array, protocol: number, at: number, last: number, to: number): number {
    this.cut = last > to;
    const end = this.cut ? to : last;
    if (protocol === UDP) return this.udp(bytes, at, end);
    if (protocol === TCP) return this.tcp(bytes, at, end);
    return LOOK_CLOSER;
  }

  private udp(bytes: Uint8Array, at: number, end: number): number {
    if (at + UDP_HEADER > end) return LOOK_CLOSER;
    const source = (bytes[at]! << 8) | bytes[at + 1]!;
    const destination = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const { wanted } = this;
    if (source !== DNS_PORT && destination !== DNS_PORT) return wanted.datagram ? LOOK_CLOSER : COUNTED;
    const length = (bytes[at + 4]! << 8) | bytes[at + 5]!;
    return this.dns(
      bytes,
      at + UDP_HEADER,
      length >= UDP_HEADER ? Math.min(at + length, end) : end,
      source,
      destination,
    );
  }

  /** As `decodeDns` accepts a message that is there to the end of its question at least. */
  private dns(bytes: Uint8Array, at: number, end: number, source: number, destination: number): number {
    const room = end - at - DNS_HEADER;
    if (room < 5) return LOOK_CLOSER;
    const flags = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    // A query or answer of the usual kind (operation code 0) with its reserved bit clear, and with one question.
    if ((flags & 0x7840) !== 0 || bytes[at + 4] !== 0 || bytes[at + 5] !== 1) return LOOK_CLOSER;
    const answers = (bytes[at + 6]! << 8) | bytes[at + 7]!;
    const authorities = (bytes[at + 8]! << 8) | bytes[at + 9]!;
    const additionals = (bytes[at + 10]! << 8) | bytes[at + 11]!;
    if (!this.cut && 5 + (answers + authorities + additionals) * MIN_RECORD > room) return LOOK_CLOSER;
    const isAnswer = flags >= 0x8000;
    if (isAnswer ? source !== DNS_PORT || destination === DNS_PORT : destination !== DNS_PORT)
      return LOOK_CLOSER;
    if (!isAnswer && ((flags & 15) !== 0 || answers !== 0 || authorities > 1 || additionals > 3))
      return LOOK_CLOSER;
    const question = at + DNS_HEADER;
    const next = endOfQuestion(bytes, question, end);
    if (next < 0) return LOOK_CLOSER;
    if (isAnswer ? !this.wanted.answer : !this.wanted.query) return COUNTED;
    this.id = (bytes[at]! << 8) | bytes[at + 1]!;
    this.key = hashOf(bytes, question, next, this.id);
    this.questionBytes = next - question;
    this.port = isAnswer ? destination : source;
    this.rcode = isAnswer ? flags & 15 : 0;
    return isAnswer ? KIND.ANSWER : KIND.QUERY;
  }

  private tcp(bytes: Uint8Array, at: number, end: number): number {
    if (at + 20 > end || bytes[at + 12]! < 0x50) return LOOK_CLOSER;
    // DNS over TCP has its messages in the segments.
    if (bytes[at] === 0 && bytes[at + 1] === DNS_PORT) return LOOK_CLOSER;
    if (bytes[at + 2] === 0 && bytes[at + 3] === DNS_PORT) return LOOK_CLOSER;
    const { wanted } = this;
    const flags = bytes[at + 13]!;
    if ((flags & FIN_SYN_RST) === 0) return wanted.data ? KIND.APART : COUNTED;
    if (!wanted.handshake) return COUNTED;
    return this.heard[flags] === 1 ? this.handshake(bytes, at, flags) : KIND.TICK;
  }

  private handshake(bytes: Uint8Array, at: number, flags: number): number {
    const isOpener = flags === SYN;
    if (!isOpener && flags !== (SYN | ACK) && flags !== (RST | ACK) && flags !== RST) return KIND.APART;
    this.flags = flags;
    this.key = isOpener ? word(bytes, at + 4) : (word(bytes, at + 8) - 1) | 0;
    const port = isOpener ? at : at + 2;
    this.port = (bytes[port]! << 8) | bytes[port + 1]!;
    this.id = 0;
    return isOpener ? KIND.OPENER : KIND.REPLY;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

/** Whether the EtherType at `at` is that of the IP version. */
function isIp(bytes: Uint8Array, at: number, version: number): boolean {
  const type = (bytes[at]! << 8) | bytes[at + 1]!;
  return version === 4 ? type === 0x0800 : type === 0x86dd;
}

/** Whether the EtherType at `at` is that of a VLAN tag, as `readLink` knows them. */
function isTag(bytes: Uint8Array, at: number): boolean {
  const type = (bytes[at]! << 8) | bytes[at + 1]!;
  return type === 0x8100 || type === 0x88a8 || type === 0x9100;
}

/** Offset behind the name, type and class at `at`; -1 when they are not plainly written, or of another class than the Internet's. */
function endOfQuestion(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  for (;;) {
    if (next >= end || next - at > MAX_QUESTION) return -1;
    const length = bytes[next]!;
    if (length === 0) break;
    if (length > 63) return -1;
    next += length + 1;
  }
  next += 5;
  if (next > end || (bytes[next - 4] === 0 && bytes[next - 3] === 0)) return -1;
  return bytes[next - 2] === 0 && bytes[next - 1] === 1 ? next : -1;
}

/**
 * Hashes a question by its beginning, four octets at a time; letters of either case count as one. Questions that begin alike and
 * have one id are rare, and those who use the hash compare what it says is the same.
 */
function hashOf(bytes: Uint8Array, from: number, to: number, id: number): number {
  let hash = Math.imul(id + 1, 0x85ebca6b) ^ (to - from);
  const end = Math.min(to - 3, from + HASHED);
  for (let at = from; at < end; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = Math.imul(hash ^ (word | FOLD), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
