import { ipv4At, ipv6At } from "../packet/address.js";
import { readName, skipName } from "./name.js";
import { flagNames, responseCodeName, typeName } from "./registry.js";

export interface DnsQuestion {
  /** Lower case, no trailing dot; what is sure of it when `nameCut`. */
  name: string;
  /** `A`, `AAAA`, …; absent when the buffer ended before it. */
  type: string | undefined;
}

/** A DNS message, as much of it as the buffer held. */
export interface DnsMessage {
  id: number;
  /** The QR bit. */
  response: boolean;
  opcode: number;
  /** Set header bits: `AA`, `TC`, `RD`, `RA`, `AD`, `CD`. */
  flags: readonly string[];
  /** `NOERROR`, `NXDOMAIN`, …; absent in queries. */
  responseCode: string | undefined;
  /** At most one: nobody sends more. */
  question: DnsQuestion | undefined;
  /** The header's answer count; absent when the header was cut. */
  answersCount: number | undefined;
  /** Addresses of the A and AAAA records in the answer section, in order. */
  addresses: readonly string[];
  /** The buffer ended inside the question: its name is the part that is sure. */
  nameCut: boolean;
  /** Something of the message was not in the buffer, or its answers could not be read to the end. */
  cut: boolean;
}

const HEADER = 12;
/** A resource record is at least a root name, type, class, TTL and length. */
const MIN_RECORD = 11;
const MAX_SINGLE = 4096;
const NO_ADDRESSES: readonly string[] = [];
const KNOWN_OPCODES = 0b1110111;

/**
 * Decodes the DNS message (RFC 1035, 4.1) in `bytes[start, end)`.
 *
 * `complete`: the buffer holds the whole message. When false (a snap length, `strace -s`) the message is
 * believed as far as it goes, from four bytes on, and never beyond.
 * Gives `undefined` for what is not DNS: an unassigned opcode, a set reserved bit, counts that no message of
 * this length can have, a query with answers or an error code, a question that is no name.
 */
export function decodeDns(
  bytes: Uint8Array,
  start: number,
  end: number,
  complete: boolean,
): DnsMessage | undefined {
  const length = end - start;
  if (length < HEADER && (complete || length < 4)) return undefined;
  const id = (bytes[start]! << 8) | bytes[start + 1]!;
  const word = (bytes[start + 2]! << 8) | bytes[start + 3]!;
  const opcode = (word >>> 11) & 15;
  if ((word & 0x40) !== 0 || ((KNOWN_OPCODES >>> opcode) & 1) === 0) return undefined;
  const response = word >= 0x8000;
  if (!response && (word & 0x0f) !== 0) return undefined;
  const message: DnsMessage = {
    id,
    response,
    opcode,
    flags: flagNames(word),
    responseCode: response ? responseCodeName(word & 15) : undefined,
    question: undefined,
    answersCount: undefined,
    addresses: NO_ADDRESSES,
    nameCut: false,
    cut: false,
  };
  if (length < HEADER) {
    message.nameCut = true;
    message.cut = true;
    return message;
  }
  const questions = (bytes[start + 4]! << 8) | bytes[start + 5]!;
  const answers = (bytes[start + 6]! << 8) | bytes[start + 7]!;
  const authorities = (bytes[start + 8]! << 8) | bytes[start + 9]!;
  const additionals = (bytes[start + 10]! << 8) | bytes[start + 11]!;
  if (questions > 1 || (!response && questions !== 1)) return undefined;
  // A plain query carries at most an IXFR's SOA, and an OPT, TSIG or SIG(0) record.
  if (!response && opcode === 0 && (answers !== 0 || authorities > 1 || additionals > 3)) return undefined;
  if (complete && questions * 5 + (answers + authorities + additionals) * MIN_RECORD > length - HEADER) {
    return undefined;
  }
  message.answersCount = answers;
  let at = start + HEADER;
  if (questions === 1) {
    at = readQuestion(bytes, start, at, end, message);
    if (at < 0 || (complete && message.cut)) return undefined;
    if (message.cut) return message;
  }
  if (answers > 0) readAnswers(bytes, at, end, answers, message);
  if (!complete && end - at < (answers + authorities + additionals) * MIN_RECORD) message.cut = true;
  return message;
}

/**
 * Most answers hold one address, and few different ones: such lists are shared, since a busy capture keeps tens of thousands
 * of answers at once.
 */
const single = new Map<string, readonly string[]>();

function addAddress(message: DnsMessage, address: string): void {
  const { addresses } = message;
  if (addresses.length > 1) (addresses as string[]).push(address);
  else if (addresses.length === 1) message.addresses = [addresses[0]!, address];
  else {
    let list = single.get(address);
    if (list === undefined) {
      if (single.size >= MAX_SINGLE) single.clear();
      single.set(address, (list = [address]));
    }
    message.addresses = list;
  }
}

/** Fills in the question; gives the offset behind it, or -1 when it is none. */
function readQuestion(
  bytes: Uint8Array,
  start: number,
  at: number,
  end: number,
  message: DnsMessage,
): number {
  const name = readName(bytes, start, at, end);
  if (name === undefined) return -1;
  if (name.cut || name.next + 4 > end) {
    // The type is sure as soon as its two bytes are there.
    const typed = !name.cut && name.next + 2 <= end;
    const type = typed ? typeName((bytes[name.next]! << 8) | bytes[name.next + 1]!) : undefined;
    message.question = { name: name.text, type };
    message.nameCut = name.cut;
    message.cut = true;
    return end;
  }
  const type = (bytes[name.next]! << 8) | bytes[name.next + 1]!;
  const dnsClass = (bytes[name.next + 2]! << 8) | bytes[name.next + 3]!;
  if (type === 0 || !(dnsClass === 1 || dnsClass === 3 || dnsClass === 4 || dnsClass >= 254)) return -1;
  if (dnsClass > 255) return -1;
  message.question = { name: name.text, type: typeName(type) };
  return name.next + 4;
}

function readAnswers(bytes: Uint8Array, from: number, end: number, count: number, message: DnsMessage): void {
  let at = from;
  for (let i = 0; i < count; i++) {
    at = skipName(bytes, at, end);
    if (at < 0 || at + 10 > end) {
      message.cut = true;
      return;
    }
    const type = (bytes[at]! << 8) | bytes[at + 1]!;
    const internet = bytes[at + 2] === 0 && bytes[at + 3] === 1;
    const size = (bytes[at + 8]! << 8) | bytes[at + 9]!;
    at += 10;
    if (at + size > end) {
      message.cut = true;
      return;
    }
    if (internet && type === 1 && size === 4) addAddress(message, ipv4At(bytes, at));
    else if (internet && type === 28 && size === 16) addAddress(message, ipv6At(bytes, at));
    at += size;
  }
}
