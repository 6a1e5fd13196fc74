/** Servers that get a number in a segment. */
export const MAX_SERVERS = 64;

/** Numbers the servers that are asked in a segment, from 1, so that which one a question goes to is known without its bytes. */
export class Servers {
  private readonly words = new Int32Array((MAX_SERVERS + 1) * 5);
  private count = 0;
  private last = 0;

  /** A segment begins. */
  clear(): void {
    this.count = 0;
    this.last = 0;
  }

  /** The number of the server whose address lies at `at`; 0 when there are too many. */
  numberOf(bytes: Uint8Array, at: number, v6: boolean): number {
    if (this.last > 0 && this.is(this.last, bytes, at, v6)) return this.last;
    for (let number = 1; number <= this.count; number++) {
      if (this.is(number, bytes, at, v6)) return (this.last = number);
    }
    if (this.count === MAX_SERVERS) return 0;
    this.last = ++this.count;
    const { words } = this;
    words[this.last * 5] = Number(v6);
    for (let i = 0; i < 4; i++) words[this.last * 5 + 1 + i] = i === 0 || v6 ? wordAt(bytes, at + i * 4) : 0;
    return this.last;
  }

  private is(number: number, bytes: Uint8Array, at: number, v6: boolean): boolean {
    const { words } = this;
    const from = number * 5;
    if (words[from] !== Number(v6) || words[from + 1] !== wordAt(bytes, at)) return false;
    if (!v6) return true;
    for (let i = 1; i < 4; i++) if (words[from + 1 + i] !== wordAt(bytes, at + i * 4)) return false;
    return true;
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
