import { readName } from "../../decode/dns/name.js";
import type { TextMasker } from "../text-masker.js";

const HEADER = 12;
/** Record types (IANA) whose data is a name, behind so many bytes. */
const NAMES_AT: Readonly<Record<number, number>> = { 2: 0, 5: 0, 12: 0, 15: 2, 33: 6, 39: 0, 64: 2, 65: 2 };
const A = 1;
const SOA = 6;
const TXT = 16;
const AAAA = 28;
const OPT = 41;
const CLIENT_SUBNET = 8;
const MOST_RECORDS = 4096;

/**
 * Masks a DNS message where it lies: names label by label, addresses, texts. Nothing changes its length, so that pointers within the
 * message and lengths around it stay true; a message that is cut is masked as far as it goes.
 */
export function maskDns(bytes: Buffer, start: number, end: number, masker: TextMasker): void {
  if (end - start < HEADER) return;
  const message = new Message(bytes, start, end, masker);
  const count = (i: number) => bytes.readUInt16BE(start + 4 + 2 * i);
  let at = start + HEADER;
  for (let i = count(0); i > 0 && at >= 0 && at < end; i--) {
    at = message.name(at);
    if (at >= 0) at += 4;
  }
  const records = Math.min(MOST_RECORDS, count(1) + count(2) + count(3));
  for (let i = 0; i < records && at >= 0 && at < end; i++) at = message.record(at);
}

class Message {
  /** Where labels begin that are masked already: others may point to them. */
  private readonly done = new Set<number>();

  constructor(
    private readonly bytes: Buffer,
    private readonly start: number,
    private readonly end: number,
    private readonly masker: TextMasker,
  ) {}

  /** Masks the name at `at`. @returns where what follows begins; -1 where it is no name, or cut */
  name(at: number): number {
    const { bytes, start, end, masker } = this;
    const read = readName(bytes, start, at, end);
    if (read === undefined) return -1;
    const places = this.places(at);
    const labels = places.map(([from, to]) => bytes.toString("latin1", from, to));
    // What is cut becomes the beginning of what the whole name becomes.
    const name = read.cut ? masker.completed(labels.join(".")) : labels.join(".");
    // Full stops within labels are seldom enough: then each label is masked by itself.
    const masked = labels.some((label) => label.includes(".")) ? labels : masker.names.host(name).split(".");
    for (const [i, [from, to]] of places.entries()) {
      const label = (masked[i] ?? "").slice(0, read.cut && i === places.length - 1 ? to - from : undefined);
      if (this.done.has(from) || label.length !== to - from) continue;
      this.done.add(from);
      bytes.write(label, from, "latin1");
    }
    return read.cut ? -1 : read.next;
  }

  /** Where the labels of a name lie, behind pointers too. */
  private places(at: number): [from: number, to: number][] {
    const { bytes, start, end } = this;
    const places: [number, number][] = [];
    let floor = at;
    for (let i = at; i < end && places.length < 128; ) {
      const length = bytes[i]!;
      if (length >= 0xc0) {
        const target = start + (((length & 63) << 8) | (bytes[i + 1] ?? 0));
        if (i + 1 >= end || target >= floor) break;
        floor = target;
        i = target;
      } else if (length === 0 || length > 63) break;
      else {
        places.push([i + 1, Math.min(i + 1 + length, end)]);
        i += length + 1;
      }
    }
    return places;
  }

  /** Masks a resource record (RFC 1035, 3.2.1). @returns where the next begins; -1 for none */
  record(at: number): number {
    const { bytes, end } = this;
    const from = this.name(at);
    if (from < 0 || from + 10 > end) return -1;
    const type = bytes.readUInt16BE(from);
    const data = from + 10;
    const next = data + bytes.readUInt16BE(from + 8);
    this.data(type, data, Math.min(next, end));
    return next;
  }

  private data(type: number, from: number, to: number): void {
    const { bytes, masker } = this;
    if ((type === A && to - from === 4) || (type === AAAA && to - from === 16))
      bytes.set(masker.addresses.ip(bytes.subarray(from, to)), from);
    else if (NAMES_AT[type] !== undefined) this.name(from + NAMES_AT[type]);
    else if (type === SOA) {
      const contact = this.name(from);
      if (contact >= 0) this.name(contact);
    } else if (type === TXT) bytes.fill("x", Math.min(to, from + 1), to);
    else if (type === OPT) this.options(from, to);
  }

  /** The asking client's network in an option (RFC 7871). */
  private options(from: number, to: number): void {
    const { bytes, masker } = this;
    for (let at = from; at + 4 <= to; at += 4 + bytes.readUInt16BE(at + 2)) {
      const length = bytes.readUInt16BE(at + 2);
      if (bytes.readUInt16BE(at) !== CLIENT_SUBNET || length < 4 || at + 4 + length > to) continue;
      const whole = new Uint8Array(bytes.readUInt16BE(at + 4) === 2 ? 16 : 4);
      const given = bytes.subarray(at + 8, at + 4 + length);
      whole.set(given.subarray(0, whole.length));
      bytes.set(masker.addresses.ip(whole).subarray(0, given.length), at + 8);
    }
  }
}
