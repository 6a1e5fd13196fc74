/** Numbers with an index each; the largest on top. */
export class MaxHeap {
  private readonly keys: number[] = [];
  private readonly items: number[] = [];

  /** The index of the largest, or -1. */
  get top(): number {
    return this.items[0] ?? -1;
  }

  /** The largest, or minus infinity. */
  get key(): number {
    return this.keys[0] ?? Number.NEGATIVE_INFINITY;
  }

  push(key: number, item: number): void {
    const { keys, items } = this;
    let at = keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! >= key) break;
      keys[at] = keys[parent]!;
      items[at] = items[parent]!;
      at = parent;
    }
    keys[at] = key;
    items[at] = item;
  }

  pop(): void {
    const { keys, items } = this;
    const key = keys.pop();
    const item = items.pop();
    if (key === undefined || item === undefined || keys.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= keys.length) break;
      if (child + 1 < keys.length && keys[child + 1]! > keys[child]!) child++;
      if (keys[child]! <= key) break;
      keys[at] = keys[child]!;
      items[at] = items[child]!;
      at = child;
    }
    keys[at] = key;
    items[at] = item;
  }
}
