import { blanks, isDigit, isHex, LineBytes, numberIn } from "./line-bytes.js";

/** The thread of a line that names none. */
export const NO_THREAD = -1;

/** Steps over what strace prints before a call (strace, src/strace.c, printleader): a thread, a stamp, its number and its place. */
export class CallLead extends LineBytes {
  thread = NO_THREAD;
  /** How the stamp is written, and where it lies; no kind, no stamp. */
  protected stampKind: "hms" | "epoch" | "delta" | undefined;
  protected stampFrom = 0;
  protected stampTo = 0;

  /** `4002 `, `4002<daemon> `, `[pid  4002] `, a stamp, and where the call was made from: sets the thread and the stamp. @returns where the call begins, -1 when it is something else */
  protected lead(bytes: Uint8Array, from: number, to: number): number {
    this.thread = NO_THREAD;
    this.stampKind = undefined;
    let i = from;
    let named = false;
    if (this.begins("[pid", i, to)) {
      const at = blanks(bytes, i + 4, to);
      const stop = this.digits(at, to);
      if (at === i + 4 || stop === at || stop - at > 7) return -1;
      const close = this.command(stop, to);
      if (close < 0 || close >= to || bytes[close] !== 93) return -1;
      this.thread = numberIn(bytes, at, stop);
      named = true;
      i = blanks(bytes, close + 1, to);
      if (i === close + 1) return -1;
    } else i = blanks(bytes, i, to);
    while (i < to && isDigit(bytes[i]!)) {
      if (this.stampKind !== undefined) return -1;
      const stop = this.digits(i, to);
      const length = stop - i;
      if (stop >= to) return -1;
      const c = bytes[stop]!;
      let next = stop;
      if (c === 46) {
        if (length > 6 && (length < 9 || length > 11)) return -1;
        next = this.fraction(stop, to);
        this.stampKind = length > 6 ? "epoch" : "delta";
      } else if (c === 58) {
        next = length === 2 ? this.clock(stop, to) : -1;
        this.stampKind = "hms";
      } else if (length >= 9 && length <= 11) this.stampKind = "epoch";
      else if (!named && length <= 7) {
        this.thread = numberIn(bytes, i, stop);
        named = true;
        next = this.command(stop, to);
      } else return -1;
      if (next < 0) return -1;
      this.stampFrom = i;
      this.stampTo = next;
      i = blanks(bytes, next, to);
      if (i === next) return -1;
    }
    return i < to && bytes[i] === 91 ? this.place(i, to) : i;
  }

  /** `<daemon>` behind a thread's number, or nothing. @returns where that ends, or -1 */
  private command(at: number, to: number): number {
    const { bytes } = this;
    if (at >= to || bytes[at] !== 60) return at;
    let i = at + 1;
    while (i < to && bytes[i] !== 60 && bytes[i] !== 62) i++;
    return i < to && bytes[i] === 62 && i > at + 1 ? i + 1 : -1;
  }

  /** `[   7] ` and `[00007fc8a1b2c3d4] `: the call's number and where it was made from, or one of them. @returns where they end, or -1 */
  private place(from: number, to: number): number {
    const { bytes } = this;
    let at = from;
    const number = blanks(bytes, at + 1, to);
    let stop = this.digits(number, to);
    if (stop > number && stop - number <= 4 && this.begins("] ", stop, to)) at = stop + 2;
    if (at >= to || bytes[at] !== 91) return at;
    stop = at + 1;
    while (stop < to && (isHex(bytes[stop]!) || bytes[stop] === 63)) stop++;
    const length = stop - at - 1;
    return length >= 8 && length <= 16 && this.begins("] ", stop, to) ? stop + 2 : -1;
  }

  /** `:37:535753` behind the hour, perhaps with a fraction. @returns where it ends, or -1 */
  private clock(at: number, to: number): number {
    const { bytes } = this;
    if (at + 6 > to || bytes[at + 3] !== 58) return -1;
    for (const i of [1, 2, 4, 5]) if (!isDigit(bytes[at + i]!)) return -1;
    const end = at + 6;
    return end < to && bytes[end] === 46 ? this.fraction(end, to) : end;
  }

  /** A point and three to nine digits. @returns where they end, or -1 */
  private fraction(at: number, to: number): number {
    const end = this.digits(at + 1, to);
    const length = end - at - 1;
    return length >= 3 && length <= 9 ? end : -1;
  }
}
