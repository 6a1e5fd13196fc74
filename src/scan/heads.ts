import type { Head } from "./scanner.js";

/** So many heads are known at once. */
export const MAX_HEADS = 32;
/** Bytes of the longest head that is of use. */
export const MAX_HEAD = 256;

/** The heads that lines are compared with: the one that fitted last comes first, the one that did not fit for longest goes when room is needed. */
export class Heads {
  private readonly heads: Head[] = [];

  /** The newest comes first: it was derived from a line among others of its kind. */
  add(head: Head): void {
    if (!isUseful(head)) return;
    if (this.heads.length === MAX_HEADS) this.heads.pop();
    this.heads.unshift(head);
  }

  clear(): void {
    this.heads.length = 0;
  }

  /** Does the line of `length` bytes at `at` begin like one of the heads? */
  fit(bytes: Uint8Array, at: number, length: number): boolean {
    const place = this.heads.findIndex((head) => fits(head, bytes, at, length));
    if (place > 0) this.heads.unshift(...this.heads.splice(place, 1));
    return place >= 0;
  }
}

/**
 * Heads that are too long are not kept, nor those that nothing fits: what they could have told is asked of the format itself.
 * @throws RangeError if a bound is missing
 */
export function isUseful({ low, high }: Head): boolean {
  if (low.length !== high.length) throw new RangeError("a head has as many lower as upper bounds");
  return low.length <= MAX_HEAD && low.every((byte, i) => byte <= high[i]!);
}

function fits({ low, high }: Head, bytes: Uint8Array, at: number, length: number): boolean {
  if (low.length > length) return false;
  for (let i = 0; i < low.length; i++) {
    const byte = bytes[at + i]!;
    if (byte < low[i]! || byte > high[i]!) return false;
  }
  return true;
}
