import type { Event } from "../../model/event.js";
import { beginsInCapitals } from "../http/head.js";
import { COUNTED, Glance, LOOK_CLOSER } from "./glance.js";
import { wantedKinds } from "./kinds.js";
import { KIND } from "./row.js";

/** What a packet is to who compares captures. */
export const SIGN = {
  /** It must be decoded to know. */
  UNKNOWN: 0,
  /** A datagram that is no DNS message, or a TCP segment that only acknowledges. */
  NOTHING: 1,
  /** A DNS question or answer. */
  QUESTION: 2,
  ANSWER: 3,
  /** A TCP segment with SYN, or SYN and ACK, alone. */
  OPENING: 4,
  /** A TCP segment whose data may begin an HTTP message. */
  HEAD: 5,
  /** A TCP segment with other data, or one that ends a connection. */
  REST: 6,
} as const;

/** So much of a DNS name is compared, in characters: what identifies an exchange with its id (clock/align/clues/keys.ts). */
const NAME = 16;
const DNS_HEADER = 12;
const UDP_HEADER = 8;
const [FIN, SYN, RST, ACK] = [0x01, 0x02, 0x04, 0x10];
const DOT = 0x2e;

/** What tells signs of one kind from those of another. */
const SALT = { EXCHANGE: 0x51ed270b, SOCKET: 0x2c1b3c6d, OPENER: 0x297a2d39, HEAD: 0x6c078965 };

const ALL_HEARD = new Uint8Array(256).fill(1);

/**
 * Tells, from a few fields at fixed places, by what others can know a packet again: numbers that are the same for all packets of one happening,
 * in any capture and whatever their addresses were translated to. Others may have the same by chance.
 */
export class PacketSigns {
  /** Of a DNS message: its exchange, by id and name. Of an opening segment: the opener. Of a head: its first byte. */
  first = 0;
  /** Of a DNS message: the client's port and the name. */
  second = 0;
  /** Of a DNS message: the name, as {@link signOfName} has it. */
  name = 0;
  /** Of a DNS message: id and client's port. */
  socket = 0;
  /** Of a DNS message: the time to live of its packet. */
  ttl = 0;
  /** Of an opening segment: the server's port. */
  port = 0;
  /** Of a head, or other data: the connection, the same for both ways. */
  connection = 0;
  private readonly glance = new Glance({ ...wantedKinds(), datagram: false }, ALL_HEARD);

  /** The packet in `bytes[from, to)`: one of {@link SIGN}. */
  of(bytes: Uint8Array, from: number, to: number, linkType: number): number {
    const { glance } = this;
    const kind = glance.at(bytes, from, to, linkType);
    if (kind === LOOK_CLOSER) return SIGN.UNKNOWN;
    if (kind === COUNTED) return SIGN.NOTHING;
    const ip = from + glance.network;
    const at = ip + (glance.v6 ? 40 : 20);
    if (kind === KIND.QUERY || kind === KIND.ANSWER) {
      this.ttl = bytes[ip + (glance.v6 ? 7 : 8)]!;
      return this.dns(bytes, at, kind === KIND.QUERY);
    }
    return this.tcp(bytes, ip, at, to);
  }

  private dns(bytes: Uint8Array, at: number, isQuestion: boolean): number {
    const { id, port } = this.glance;
    const name = signOfQuestion(bytes, at + UDP_HEADER + DNS_HEADER);
    if (name === undefined) return SIGN.UNKNOWN;
    this.name = name;
    this.first = mixed(name ^ SALT.EXCHANGE, id);
    this.second = mixed(name ^ SALT.SOCKET, port);
    this.socket = (id << 16) | port;
    return isQuestion ? SIGN.QUESTION : SIGN.ANSWER;
  }

  private tcp(bytes: Uint8Array, ip: number, at: number, to: number): number {
    const { v6 } = this.glance;
    const wire = v6 ? 40 + u16(bytes, ip + 4) : u16(bytes, ip + 2);
    const data = at + (bytes[at + 12]! >>> 4) * 4;
    const hasData = ip + wire > data;
    const flags = bytes[at + 13]!;
    if ((flags & SYN) !== 0) {
      if (hasData || (flags & (FIN | RST)) !== 0) return SIGN.UNKNOWN;
      if (flags !== SYN && flags !== (SYN | ACK)) return SIGN.NOTHING;
      const isOpener = flags === SYN;
      this.first = signOfOpener(isOpener ? u32(bytes, at + 4) : u32(bytes, at + 8) - 1);
      this.port = u16(bytes, isOpener ? at + 2 : at);
      return SIGN.OPENING;
    }
    if (!hasData && (flags & (FIN | RST)) === 0) return SIGN.NOTHING;
    const addresses = ip + (v6 ? 8 : 12);
    const size = v6 ? 16 : 4;
    this.connection =
      endpoint(bytes, addresses, size, u16(bytes, at)) ^
      endpoint(bytes, addresses + size, size, u16(bytes, at + 2));
    if (!hasData || data + 2 > to || !beginsInCapitals(bytes, data)) return SIGN.REST;
    this.first = mixed(SALT.HEAD, u32(bytes, at + 4));
    return SIGN.HEAD;
  }
}

/** What {@link PacketSigns} would have said of a packet that gave this event: of all that others could know it by. */
export function signsOf({ action, fields }: Event): number[] {
  const seq = fields["tcp.seq"];
  if (action === "http.message") return typeof seq === "number" ? [mixed(SALT.HEAD, seq | 0)] : [];
  if (action === "tcp.segment") {
    const opener = { S: seq, "S.": Number(fields["tcp.ack"]) - 1 }[String(fields["tcp.flags"])];
    return typeof opener === "number" ? [signOfOpener(opener)] : [];
  }
  if (action !== "dns.query" && action !== "dns.answer") return [];
  const { "dns.id": id, "dns.question.name": asked } = fields;
  const name = typeof asked === "string" ? signOfName(asked) : undefined;
  if (name === undefined) return [];
  const port = Number(fields[action === "dns.query" ? "source.port" : "destination.port"]);
  return [mixed(name ^ SALT.EXCHANGE, Number(id)), mixed(name ^ SALT.SOCKET, port)];
}

/** @param seq the opener's sequence number */
export const signOfOpener = (seq: number): number => mixed(SALT.OPENER, seq | 0);

/**
 * A number for the beginning of a DNS name, the same for all that begin alike; `undefined` where it has letters that are written in
 * more than one way.
 * @param name lower case, as events have it
 */
export function signOfName(name: string): number | undefined {
  let sign = 0;
  for (let i = 0; i < name.length && i < NAME; i++) {
    const byte = name.charCodeAt(i);
    if (byte !== DOT && !isPlain(byte)) return undefined;
    sign = mixed(sign, byte);
  }
  return sign;
}

/** The same of a name as it is on the wire, in letters of either case. */
function signOfQuestion(bytes: Uint8Array, at: number): number | undefined {
  let sign = 0;
  let shown = 0;
  for (let label = at; shown < NAME; ) {
    const length = bytes[label]!;
    if (length === 0) break;
    if (label > at) {
      sign = mixed(sign, DOT);
      shown++;
    }
    for (let i = label + 1; i <= label + length && shown < NAME; i++, shown++) {
      const byte = lower(bytes[i]!);
      if (!isPlain(byte)) return undefined;
      sign = mixed(sign, byte);
    }
    label += length + 1;
  }
  // The root is written as a dot.
  return shown === 0 ? undefined : sign;
}

function endpoint(bytes: Uint8Array, address: number, size: number, port: number): number {
  let hash = port;
  for (let i = address; i < address + size; i += 4) hash = mixed(hash, u32(bytes, i));
  return hash;
}

/** One step of a hash; only chance makes two of them alike. */
function mixed(hash: number, value: number): number {
  const product = Math.imul(hash ^ value ^ 0x3c6ef372, 0x9e3779b1);
  return product ^ (product >>> 15);
}

const u16 = (bytes: Uint8Array, at: number) => (bytes[at]! << 8) | bytes[at + 1]!;
const u32 = (bytes: Uint8Array, at: number) => (u16(bytes, at) << 16) | u16(bytes, at + 2);
const lower = (byte: number) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

/** a–z, 0–9, `-` and `_` stand for themselves in every form of a name. */
const isPlain = (byte: number) =>
  (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x5f;
