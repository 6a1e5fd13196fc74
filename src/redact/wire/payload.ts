import type { Span } from "../text/span.js";
import type { TextMasker } from "../text-masker.js";

/** So much of what came before is looked at again: a secret may go on from one segment to the next (bytes). */
const CARRIED = 1024;
const MOST_FLOWS = 1 << 13;
/** Copies of a segment, on other interfaces and sent again, find what came before it as well. */
const ENDS_KEPT = 8;

/**
 * Masks what applications sent, where it lies: texts in it, also within binary data. Lengths stay: what is shorter is filled up, what
 * is longer is cut.
 */
export class Payloads {
  /** By flow: how the bytes before a sequence number ended. */
  private readonly flows = new Map<string, Map<number, Buffer>>();

  constructor(private readonly masker: TextMasker) {}

  /**
   * @param flow names both ends of a TCP connection; absent: a datagram
   * @param sequence of the first byte
   */
  mask(bytes: Buffer, from: number, to: number, flow?: string, sequence = 0): void {
    if (to <= from) return;
    const before = flow === undefined ? undefined : this.flows.get(flow)?.get(sequence);
    const own = Buffer.from(bytes.subarray(from, to));
    const text = textOf(before ? Buffer.concat([before, own]) : own);
    const shift = from - (before?.length ?? 0);
    for (const span of nested(this.masker.spans(text))) {
      const start = Math.max(from, span.start + shift);
      const end = Math.min(to, span.end + shift);
      if (end <= start) continue;
      const fitted = toLength(span.text, span.end - span.start);
      bytes.write(fitted.slice(start - shift - span.start), start, end - start, "latin1");
    }
    if (flow !== undefined)
      this.keep(flow, (sequence + to - from) >>> 0, before ? Buffer.concat([before, own]) : own);
  }

  private keep(flow: string, end: number, bytes: Buffer): void {
    let ends = this.flows.get(flow);
    if (ends === undefined) {
      if (this.flows.size >= MOST_FLOWS) this.flows.delete(this.flows.keys().next().value!);
      this.flows.set(flow, (ends = new Map()));
    }
    if (ends.size >= ENDS_KEPT) ends.delete(ends.keys().next().value!);
    ends.set(end, Buffer.from(bytes.subarray(Math.max(0, bytes.length - CARRIED))));
  }
}

/** Names on the wire are ASCII: other bytes end them. */
const textOf = (bytes: Buffer): string => bytes.toString("latin1").replace(/[\x80-\xff]/g, "\0");

/** Longer ones first, secrets last: so what is written later wins. */
const nested = (spans: readonly Span[]): Span[] =>
  [...spans].sort(
    (a, b) => Number(a.secret ?? false) - Number(b.secret ?? false) || a.end - a.start - (b.end - b.start),
  );

/** A text of another length: addresses with leading zeros, where that is enough; others with `x`, or cut. */
export function toLength(text: string, length: number): string {
  if (text.length === length) return text;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text) && text.length < length) {
    const octets = text.split(".");
    for (let missing = length - text.length, i = 0; missing > 0 && i < 4; i++) {
      const add = Math.min(missing, 3 - octets[i]!.length);
      octets[i] = octets[i]!.padStart(octets[i]!.length + add, "0");
      missing -= add;
    }
    if (octets.join(".").length === length) return octets.join(".");
  }
  return text.slice(0, length).padEnd(length, "x");
}
