/** So many are remembered. */
const MAX_KNOWN = 256;
/** A text that is longer than this is not. */
const MAX_TEXT = 4096;

/** What texts mean that programs write again and again: each is read once. */
export class Known<T> {
  private readonly values = new Map<string, T>();

  /** What the text means, if it was remembered. */
  get(text: string): T | undefined {
    return this.values.get(text);
  }

  /** Remembers what a text means; when there are too many, all others are forgotten. */
  set(text: string, value: T): void {
    if (text.length > MAX_TEXT) return;
    if (this.values.size >= MAX_KNOWN) this.values.clear();
    // A copy: the text may be a slice of a larger one.
    this.values.set(Buffer.from(text, "latin1").toString("latin1"), value);
  }

  /** The same in one, with a function of the text alone. */
  of(text: string, read: (text: string) => T): T {
    const known = this.values.get(text);
    if (known !== undefined || this.values.has(text)) return known as T;
    const value = read(text);
    this.set(text, value);
    return value;
  }
}
