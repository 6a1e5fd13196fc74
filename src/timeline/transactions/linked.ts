/** What stands in a {@link Linked} list. Only the list sets these. */
export interface Link<T> {
  older: T | undefined;
  newer: T | undefined;
}

/**
 * A list of what is open, the oldest first, from which anything can be taken at any time. A `Set` keeps the order too, but walks over the
 * places of those that were taken before it comes to its first.
 */
export class Linked<T extends Link<T>> {
  private count = 0;
  private first: T | undefined;
  private last: T | undefined;

  get size(): number {
    return this.count;
  }

  get oldest(): T | undefined {
    return this.first;
  }

  /** Puts a new one, which stands in no list, behind all others. */
  add(one: T): void {
    one.older = this.last;
    if (this.last) this.last.newer = one;
    else this.first = one;
    this.last = one;
    this.count++;
  }

  /** The oldest first; the one at hand may be taken out meanwhile. */
  *[Symbol.iterator](): Generator<T> {
    for (let one = this.first, next = one; one; one = next) {
      next = one.newer;
      yield one;
    }
  }

  /** Takes one out that stands in this list. */
  remove(one: T): void {
    const { older, newer } = one;
    if (older) older.newer = newer;
    else this.first = newer;
    if (newer) newer.older = older;
    else this.last = older;
    one.older = one.newer = undefined;
    this.count--;
  }
}
