/** So many that were taken may lie before the first that is left. */
const LOOSE = 1024;

/** A queue: the first that came is the first that goes. What an array's `shift` would move each time is moved once in a while. */
export class Fifo<T> {
  private items: (T | undefined)[] = [];
  private at = 0;

  get length(): number {
    return this.items.length - this.at;
  }

  push(item: T): void {
    this.items.push(item);
  }

  /** The oldest; `undefined` when there is none. */
  get first(): T | undefined {
    return this.items[this.at];
  }

  /** Takes the oldest out. */
  drop(): void {
    this.items[this.at++] = undefined;
    if (this.at > LOOSE && this.at * 2 > this.items.length) {
      this.items = this.items.slice(this.at);
      this.at = 0;
    }
  }

  /** At most so many of the newest, the newest first. */
  *newest(most: number): Generator<T> {
    const oldest = Math.max(this.at, this.items.length - most);
    for (let at = this.items.length - 1; at >= oldest; at--) yield this.items[at]!;
  }
}
