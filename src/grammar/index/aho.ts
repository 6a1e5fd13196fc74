/**
 * All places of many literals in one pass over a text: Aho and Corasick, "Efficient string matching: an aid to
 * bibliographic search" (CACM 1975), as one table over byte classes. Texts are latin1: one char per byte.
 *
 * The table's entries are filled in when a text first asks for them: a start of the program builds only the tree of the
 * literals, and most of the table is never needed.
 */
export class AhoCorasick {
  /** Class of each byte; bytes that occur in no literal share class 0. */
  private readonly classOf = new Uint8Array(256);
  private readonly classes: number;
  /** The tree: a state's first child and next sibling, 0 for none, and the class that leads to it. State 0 is the root. */
  private readonly child: number[] = [0];
  private readonly sibling: number[] = [0];
  private readonly by: number[] = [0];
  /** The state of the longest proper suffix. */
  private readonly fail: Int32Array;
  /**
   * Next row of each row and class: premultiplied by the number of classes, doubled, plus 1 if it has hits. 0: not
   * yet known. State n has row n + 1.
   */
  private readonly table: Uint32Array;
  /** First hit of a state: index into `hits`, 0 for none; a list ends with -1. */
  private readonly first: Uint32Array;
  private readonly hits: Int32Array;

  /** @param literals not empty; a hit is reported by its index. */
  constructor(literals: readonly string[]) {
    this.classes = this.classify(literals);
    const ends: number[][] = [[]];
    literals.forEach((literal, id) => {
      let state = 0;
      for (let i = 0; i < literal.length; i++) {
        const klass = this.classOf[literal.charCodeAt(i) & 0xff]!;
        state = this.childBy(state, klass) || this.addChild(state, klass, ends);
      }
      ends[state]!.push(id);
    });
    this.fail = new Int32Array(ends.length);
    this.first = new Uint32Array(ends.length);
    this.hits = Int32Array.from(this.link(ends));
    this.table = new Uint32Array((ends.length + 1) * this.classes);
  }

  /** Calls `hit` with the index of every literal found (again for every place). */
  scan(text: string, hit: (literal: number) => void): void {
    const { table, classOf, first, hits, classes } = this;
    let at = classes * 2;
    for (let i = 0; i < text.length; i++) {
      const entry = (at >>> 1) + classOf[text.charCodeAt(i) & 0xff]!;
      at = table[entry]! || this.fill(entry);
      if ((at & 1) === 0) continue;
      for (let h = first[(at >>> 1) / classes - 1]!; hits[h]! >= 0; h++) hit(hits[h]!);
    }
  }

  private classify(literals: readonly string[]): number {
    let classes = 1;
    for (const literal of literals) {
      for (let i = 0; i < literal.length; i++) {
        const byte = literal.charCodeAt(i) & 0xff;
        // With all 256 bytes in use the last ones share a class; that can only cause a false hit.
        if (this.classOf[byte] === 0) this.classOf[byte] = classes < 255 ? classes++ : 255;
      }
    }
    return classes + (classes === 255 ? 1 : 0);
  }

  private childBy(state: number, klass: number): number {
    let at = this.child[state]!;
    while (at !== 0 && this.by[at] !== klass) at = this.sibling[at]!;
    return at;
  }

  private addChild(state: number, klass: number, ends: number[][]): number {
    const added = ends.push([]) - 1;
    this.child.push(0);
    this.by.push(klass);
    this.sibling.push(this.child[state]!);
    this.child[state] = added;
    return added;
  }

  /** Breadth first: finds each state's longest proper suffix, and joins their ends. Gives the lists of hits. */
  private link(ends: number[][]): number[] {
    const { fail, child, sibling, by } = this;
    const hits: number[] = [-1];
    const order = [0];
    for (let i = 0; i < order.length; i++) {
      const state = order[i]!;
      for (let next = child[state]!; next !== 0; next = sibling[next]!) {
        if (state !== 0) fail[next] = this.step(fail[state]!, by[next]!);
        ends[next]!.push(...ends[fail[next]!]!);
        order.push(next);
      }
      if (ends[state]!.length === 0) continue;
      this.first[state] = hits.length;
      hits.push(...ends[state]!, -1);
    }
    return hits;
  }

  /** Where a byte of this class leads: down the tree, from the state or from the longest suffix that can. */
  private step(from: number, klass: number): number {
    for (let state = from; ; state = this.fail[state]!) {
      const next = this.childBy(state, klass);
      if (next !== 0 || state === 0) return next;
    }
  }

  private fill(entry: number): number {
    const { classes } = this;
    const klass = entry % classes;
    const next = this.step((entry - klass) / classes - 1, klass);
    return (this.table[entry] = (next + 1) * classes * 2 + (this.first[next] === 0 ? 0 : 1));
  }
}
