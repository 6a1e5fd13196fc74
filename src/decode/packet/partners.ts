import type { Glance } from "./glance.js";
import { isMirrored, isSameQuestion } from "./mirror.js";
import { KIND, MOST_APART, ROW, ROW_V6, ROW_WORDS } from "./row.js";
import type { RowWriter } from "./row-writer.js";

/** Few wait for an answer at once: the table is to stay in the first-level cache. */
const SLOT_BITS = 12;
const SLOTS = 1 << SLOT_BITS;
const ACK = 0x10;
const UDP_AND_DNS_HEADERS = 20;
const LAST_ROW = 1 << 30;

/**
 * Finds, while a segment is read, the question or SYN in it that an answer answers: then the bytes of both are at hand in the cache.
 * Which of several it answers is not decided here: only the newest with its number, or one like it, is looked at.
 */
export class Partners {
  /** By the lower bits of the DNS id, and behind these by a hash of the sequence number: the newest row, counted through all segments; 0: none. */
  private readonly newest = new Int32Array(SLOTS * 2);
  /** Number of the segment's first row. */
  private base = 1;
  private bytes: Uint8Array = new Uint8Array(0);

  constructor(private readonly rows: RowWriter) {}

  /** Begins a segment. @param bytes what the frames of its rows will lie in */
  begin(bytes: Uint8Array): void {
    this.bytes = bytes;
    if (this.base < LAST_ROW) return;
    this.newest.fill(0);
    this.base = 1;
  }

  /** Ends the segment: its rows are partners of no others. */
  end(): void {
    this.base += this.rows.length;
  }

  /** The newest row, which asks. */
  asks(kind: number, glance: Glance): void {
    this.newest[slotOf(kind === KIND.QUERY, glance)] = this.base + this.rows.length - 1;
  }

  /**
   * How many rows before the newest one, which answers, stands what it answers; 0 when that is not known.
   * @param ip where the answer's IP header begins in `bytes`
   */
  answers(kind: number, glance: Glance, bytes: Uint8Array, ip: number): number {
    const isDns = kind === KIND.ANSWER;
    const row = this.newest[slotOf(isDns, glance)]! - this.base;
    const apart = this.rows.length - 1 - row;
    if (row < 0 || apart > MOST_APART) return 0;
    const { words } = this.rows;
    const at = row * ROW_WORDS;
    if (words[at + ROW.KEY] !== glance.key || (words[at]! & ROW_V6) !== Number(glance.v6) * ROW_V6) return 0;
    const place = words[at + ROW.PLACE]!;
    const asked = words[at + ROW.FRAME]! + (place & 0xff);
    if (!isMirrored(this.bytes, asked, bytes, ip, glance.v6)) return 0;
    if (!isDns) return (glance.flags & ACK) !== 0 ? apart : 0;
    const size = glance.questionBytes;
    if (((place >>> 8) & 0xff) !== size) return 0;
    const question = (glance.v6 ? 40 : 20) + UDP_AND_DNS_HEADERS;
    return isSameQuestion(this.bytes, asked + question, bytes, ip + question, size) ? apart : 0;
  }
}

const slotOf = (isDns: boolean, { id, key }: Glance): number =>
  isDns ? id & (SLOTS - 1) : SLOTS + (Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS));
