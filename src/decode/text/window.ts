const SMALLEST = 1 << 10;
const LARGEST = 256 << 10;
/** What lies so near behind the window is reached by making the next one larger. */
const NEAR = 4 << 10;

/**
 * The part of a chunk that is text at the moment. Where one record in ten thousand is looked at, a kilobyte around it is
 * made a string; where all are, a quarter of a megabyte at a time, from which records are cut cheaply.
 */
export class TextWindow {
  text = "";
  /** Which bytes of the chunk `text` is made of. */
  from = 0;
  to = 0;
  private size = SMALLEST;

  constructor(private readonly bytes: Buffer) {}

  /** The chunk's bytes have changed. */
  forget(): void {
    this.text = "";
    this.from = this.to = 0;
  }

  /** Makes the text hold [at, need), and more of [at, limit) when that seems worth it. */
  cover(at: number, need: number, limit: number): void {
    if (at >= this.from && need <= this.to) return;
    const isNear = at >= this.from && at <= this.to + NEAR && this.to > 0;
    this.size = isNear ? Math.min(this.size * 2, LARGEST) : SMALLEST;
    this.from = at;
    this.to = Math.min(limit, Math.max(need, at + this.size));
    this.text = this.bytes.toString("latin1", this.from, this.to);
  }
}
