/**
 * Keeps a checksum of the internet as right, or as wrong, as it was when bytes that it covers change (RFC 1624): also of packets that
 * were cut, since only the difference counts.
 */
export class ChecksumKeeper {
  private difference = 0;

  /** Notes that two bytes that the sum counts as one word became others. */
  word(was: number, now: number): void {
    this.difference += (~was & 0xffff) + now;
  }

  /** Notes all changes within a stretch that begins with a whole word. */
  stretch(was: Uint8Array, now: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at += 2) {
      const [a, b] = [wordAt(was, at, to), wordAt(now, at, to)];
      if (a !== b) this.word(a, b);
    }
  }

  /** Writes the new sum in place of the old one. */
  write(bytes: Buffer, at: number): void {
    let sum = (~bytes.readUInt16BE(at) & 0xffff) + this.difference;
    while (sum > 0xffff) sum = (sum >>> 16) + (sum & 0xffff);
    bytes.writeUInt16BE(~sum & 0xffff, at);
  }
}

const wordAt = (bytes: Uint8Array, at: number, end: number): number =>
  (bytes[at]! << 8) | (at + 1 < end ? bytes[at + 1]! : 0);
