/** Texts in the grammar engine are latin1 strings: one char per byte. These helpers go between text and bytes. */

const HIGH = /[\x80-\uffff]/;
/** Up to this length a loop is done before an expression has begun. */
const SHORT = 12;

/** Has the text any char beyond ASCII? */
function isHigh(text: string): boolean {
  if (text.length > SHORT) return HIGH.test(text);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return true;
  return false;
}

/** UTF-8 bytes of a text, as a latin1 string. */
export function bytesOf(text: string): string {
  return isHigh(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

/** The text that a latin1 string of UTF-8 bytes stands for; invalid sequences become U+FFFD. */
export function textOf(bytes: string): string {
  return isHigh(bytes) ? Buffer.from(bytes, "latin1").toString("utf8") : bytes;
}

/** A set of byte values. Immutable once built. */
export class ByteSet {
  private joined: string | undefined;

  private constructor(private readonly words: Uint32Array) {}

  static readonly EMPTY = new ByteSet(new Uint32Array(8));
  static readonly ALL = new ByteSet(new Uint32Array(8).fill(0xffffffff));

  static of(bytes: string): ByteSet {
    const words = new Uint32Array(8);
    for (let i = 0; i < bytes.length; i++) setBit(words, bytes.charCodeAt(i) & 0xff);
    return new ByteSet(words);
  }

  static range(from: number, to: number): ByteSet {
    const words = new Uint32Array(8);
    for (let byte = from; byte <= to; byte++) setBit(words, byte);
    return new ByteSet(words);
  }

  has(byte: number): boolean {
    return ((this.words[byte >> 5]! >>> (byte & 31)) & 1) === 1;
  }

  union(other: ByteSet): ByteSet {
    return new ByteSet(this.words.map((word, i) => word | other.words[i]!));
  }

  intersect(other: ByteSet): ByteSet {
    return new ByteSet(this.words.map((word, i) => word & other.words[i]!));
  }

  complement(): ByteSet {
    return new ByteSet(this.words.map((word) => ~word));
  }

  minus(other: ByteSet): ByteSet {
    return this.intersect(other.complement());
  }

  overlaps(other: ByteSet): boolean {
    const { words } = this;
    for (let i = 0; i < 8; i++) if ((words[i]! & other.words[i]!) !== 0) return true;
    return false;
  }

  isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  equals(other: ByteSet): boolean {
    return this.words.every((word, i) => word === other.words[i]!);
  }

  /** The bytes that the set treats unlike the byte before them; the first is one when it is in the set. */
  edges(): ByteSet {
    const { words } = this;
    return new ByteSet(words.map((word, i) => word ^ ((word << 1) | (i > 0 ? words[i - 1]! >>> 31 : 0))));
  }

  /** Byte values, ascending. */
  members(): number[] {
    const found: number[] = [];
    for (let i = 0; i < 8; i++) {
      for (let word = this.words[i]!; word !== 0; word &= word - 1) {
        found.push(i * 32 + 31 - Math.clz32(word & -word));
      }
    }
    return found;
  }

  get size(): number {
    return this.members().length;
  }

  /** Key for maps. */
  get key(): string {
    return (this.joined ??= this.words.join(","));
  }
}

function setBit(words: Uint32Array, byte: number): void {
  words[byte >> 5] = words[byte >> 5]! | (1 << (byte & 31));
}
