import { PackingError } from "../packing-error.js";

/** Chunks of bytes, taken in portions of any length. */
export class ByteStream {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  /** Bytes that were taken so far. */
  position = 0;

  /** @param chunks each is only looked at until the next is asked for */
  constructor(chunks: AsyncIterable<Buffer>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** Takes `length` bytes, or as many as there are. They are a copy. */
  async take(length: number): Promise<Buffer> {
    if (this.rest.length >= length) return Buffer.from(this.shift(length));
    const parts: Buffer[] = [];
    for (let got = 0; got < length && (await this.fill()); ) {
      const part = Buffer.from(this.shift(length - got));
      parts.push(part);
      got += part.length;
    }
    return Buffer.concat(parts);
  }

  /**
   * Takes `length` bytes as they come.
   * @throws PackingError where there are fewer
   */
  async *stream(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (!(await this.fill())) throw new PackingError(`it breaks off ${left} bytes before its end`);
      const part = this.shift(left);
      left -= part.length;
      yield part;
    }
  }

  /** Takes what comes next, however long; `undefined` at the end. */
  async next(): Promise<Buffer | undefined> {
    return (await this.fill()) ? this.shift(this.rest.length) : undefined;
  }

  /** Passes over bytes. @returns how many there were */
  async skip(length: number): Promise<number> {
    let left = length;
    while (left > 0 && (await this.fill())) left -= this.shift(left).length;
    return length - left;
  }

  /** Puts back the last bytes of what {@link next} gave; nothing was taken since. */
  putBack(bytes: Buffer): void {
    this.rest = bytes;
    this.position -= bytes.length;
  }

  async close(): Promise<void> {
    await this.chunks.return?.();
  }

  private shift(most: number): Buffer {
    const part = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(part.length);
    this.position += part.length;
    return part;
  }

  /** Is there at least a byte? */
  private async fill(): Promise<boolean> {
    while (this.rest.length === 0) {
      const { value, done } = await this.chunks.next();
      if (done) return false;
      this.rest = value;
    }
    return true;
  }
}
