// What a packet is, from fields at fixed places: the same as decode/packet/glance.ts tells, which the tests hold against it.

/** What rows are called (decode/packet/row.ts); none for packets that give no event, and for those that must be decoded to know. */
export const COUNTED: i32 = 0;
export const LOOK_CLOSER: i32 = -1;
export const QUERY: i32 = 1;
export const ANSWER: i32 = 2;
const TICK: i32 = 3;
const APART: i32 = 4;
export const OPENER: i32 = 7;
export const REPLY: i32 = 8;

/** Bits of what is wanted. */
const WANTS_QUERY: i32 = 1;
const WANTS_ANSWER: i32 = 2;
const WANTS_HANDSHAKE: i32 = 4;
const WANTS_DATA: i32 = 8;
const WANTS_DATAGRAM: i32 = 16;

const ETHERNET: i32 = 1;
const RAW: i32 = 101;
const COOKED: i32 = 113;
const COOKED2: i32 = 276;
const MAX_TAGS: i32 = 2;
const UDP: u32 = 17;
const TCP: u32 = 6;
const DNS_PORT: u32 = 53;
const MAX_QUESTION: usize = 160;
const MIN_RECORD: u32 = 11;
const FOLD: u32 = 0x20202020;
const FIN_SYN_RST: u32 = 0b111;
const SYN: u32 = 0x02;
const RST: u32 = 0x04;
const ACK: u32 = 0x10;

/** Of the packet that was looked at last: what its row says. */
export let key: i32 = 0;
export let id: u32 = 0;
export let port: u32 = 0;
export let rcode: u32 = 0;
export let questionBytes: u32 = 0;
export let flags: u32 = 0;
/** Where its IP header begins. */
export let ip: usize = 0;
export let v6: bool = false;
let cut: bool = false;

let wanted: i32 = 0;
let heard: usize = 0;

/** @param bits what is wanted; `table`: one byte for each flags byte of a TCP segment, 1 where somebody looks at such segments */
export function want(bits: i32, table: usize): void {
  wanted = bits;
  heard = table;
}

export function u16At(at: usize): u32 {
  return bswap<u16>(load<u16>(at)) as u32;
}

export function u32At(at: usize): u32 {
  return bswap<u32>(load<u32>(at));
}

/** The packet in [from, to). */
export function glance(from: usize, to: usize, linkType: i32): i32 {
  let type: usize = 0;
  if (linkType === ETHERNET) {
    type = from + 12;
    ip = from + 14;
  } else if (linkType === COOKED2) {
    type = from;
    ip = from + 20;
  } else if (linkType === COOKED) {
    type = from + 14;
    ip = from + 16;
  } else if (linkType === RAW) ip = from;
  else return LOOK_CLOSER;
  if (type !== 0) {
    for (let tags = 0; tags < MAX_TAGS && ip + 4 <= to && isTag(u16At(type)); tags++) {
      type = ip + 2;
      ip += 4;
    }
  }
  if (ip + 20 > to) return LOOK_CLOSER;
  const first: u32 = load<u8>(ip);
  const version = first >>> 4;
  if (type !== 0 && u16At(type) !== (version === 4 ? 0x0800 : 0x86dd)) return LOOK_CLOSER;
  if (first === 0x45) {
    v6 = false;
    const total = u16At(ip + 2);
    if (total < 20 || (u16At(ip + 6) & 0x3fff) !== 0) return LOOK_CLOSER;
    return payload(load<u8>(ip, 9), ip + 20, ip + total, to);
  }
  if (version !== 6 || ip + 40 > to) return LOOK_CLOSER;
  v6 = true;
  const length = u16At(ip + 4);
  if (length === 0) return LOOK_CLOSER;
  return payload(load<u8>(ip, 6), ip + 40, ip + 40 + length, to);
}

function isTag(type: u32): bool {
  return type === 0x8100 || type === 0x88a8 || type === 0x9100;
}

function payload(protocol: u32, at: usize, last: usize, to: usize): i32 {
  cut = last > to;
  const end = cut ? to : last;
  if (protocol === UDP) return udp(at, end);
  if (protocol === TCP) return tcp(at, end);
  return LOOK_CLOSER;
}

function udp(at: usize, end: usize): i32 {
  if (at + 8 > end) return LOOK_CLOSER;
  const source = u16At(at);
  const destination = u16At(at + 2);
  if (source !== DNS_PORT && destination !== DNS_PORT)
    return (wanted & WANTS_DATAGRAM) !== 0 ? LOOK_CLOSER : COUNTED;
  const length = u16At(at + 4);
  return dns(at + 8, length >= 8 ? min(at + length, end) : end, source, destination);
}

function dns(at: usize, end: usize, source: u32, destination: u32): i32 {
  if (at + 12 + 5 > end) return LOOK_CLOSER;
  const word = u16At(at + 2);
  if ((word & 0x7840) !== 0 || u16At(at + 4) !== 1) return LOOK_CLOSER;
  const answers = u16At(at + 6);
  const authorities = u16At(at + 8);
  const additionals = u16At(at + 10);
  const room = (end - at - 12) as u32;
  if (!cut && (answers + authorities + additionals) * MIN_RECORD + 5 > room) return LOOK_CLOSER;
  const isAnswer = word >= 0x8000;
  if (isAnswer ? source !== DNS_PORT || destination === DNS_PORT : destination !== DNS_PORT)
    return LOOK_CLOSER;
  if (!isAnswer && ((word & 15) !== 0 || answers !== 0 || authorities > 1 || additionals > 3))
    return LOOK_CLOSER;
  const question = at + 12;
  const next = endOfQuestion(question, end);
  if (next === 0) return LOOK_CLOSER;
  if ((wanted & (isAnswer ? WANTS_ANSWER : WANTS_QUERY)) === 0) return COUNTED;
  id = u16At(at);
  key = hashOf(question, next);
  questionBytes = (next - question) as u32;
  port = isAnswer ? destination : source;
  rcode = isAnswer ? word & 15 : 0;
  return isAnswer ? ANSWER : QUERY;
}

/** Where the name, type and class at `at` end; 0 when they are not plainly written, or of another class than the Internet's. */
function endOfQuestion(at: usize, end: usize): usize {
  let next = at;
  for (;;) {
    if (next >= end || next - at > MAX_QUESTION) return 0;
    const length: u32 = load<u8>(next);
    if (length === 0) break;
    if (length > 63) return 0;
    next += length + 1;
  }
  next += 5;
  if (next > end || load<u16>(next - 4) === 0) return 0;
  return u16At(next - 2) === 1 ? next : 0;
}

function hashOf(from: usize, to: usize): i32 {
  let hash: u32 = ((id + 1) * 0x85ebca6b) ^ ((to - from) as u32);
  const end = min(to - 3, from + 16);
  for (let at = from; at < end; at += 4) {
    hash = (hash ^ (load<u32>(at) | FOLD)) * 0x9e3779b1;
    hash ^= hash >>> 15;
  }
  return hash as i32;
}

function tcp(at: usize, end: usize): i32 {
  if (at + 20 > end || load<u8>(at, 12) < 0x50) return LOOK_CLOSER;
  const source = u16At(at);
  const destination = u16At(at + 2);
  if (source === DNS_PORT || destination === DNS_PORT) return LOOK_CLOSER;
  const bits: u32 = load<u8>(at, 13);
  if ((bits & FIN_SYN_RST) === 0) return (wanted & WANTS_DATA) !== 0 ? APART : COUNTED;
  if ((wanted & WANTS_HANDSHAKE) === 0) return COUNTED;
  if (load<u8>(heard + bits) !== 1) return TICK;
  const isOpener = bits === SYN;
  if (!isOpener && bits !== (SYN | ACK) && bits !== (RST | ACK) && bits !== RST) return APART;
  flags = bits;
  key = isOpener ? (u32At(at + 4) as i32) : ((u32At(at + 8) - 1) as i32);
  port = isOpener ? source : destination;
  id = 0;
  return isOpener ? OPENER : REPLY;
}
