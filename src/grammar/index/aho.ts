/**
 * All places of many literals in one pass over a text: Aho and Corasick, "Efficient string matching: an aid to
 * bibliographic search" (CACM 1975), as one table over byte classes. Texts are latin1: one char per byte.
 */
export class AhoCorasick {
  /** Class of each byte; bytes that occur in no literal share class 0. */
  private readonly classOf = new Uint8Array(256);
  /** Next state of each state and class: premultiplied by the number of classes, doubled, plus 1 if it has hits. */
  private readonly table: Uint32Array;
  private readonly classes: number;
  /** First hit of a state: index into `hits`, 0 for none; a list ends with -1. */
  private readonly first: Uint32Array;
  private readonly hits: Int32Array;

  /** @param literals not empty; a hit is reported by its index. */
  constructor(literals: readonly string[]) {
    this.classes = this.classify(literals);
    const { classes } = this;
    const tree: (number[] | undefined)[] = [Array(classes).fill(-1) as number[]];
    const ends: number[][] = [[]];
    literals.forEach((literal, id) => {
      let state = 0;
      for (let i = 0; i < literal.length; i++) {
        const klass = this.classOf[literal.charCodeAt(i) & 0xff]!;
        let next = tree[state]![klass]!;
        if (next < 0) {
          next = tree.push(Array(classes).fill(-1) as number[]) - 1;
          ends.push([]);
          tree[state]![klass] = next;
        }
        state = next;
      }
      ends[state]!.push(id);
    });
    const order = this.link(tree as number[][], ends);
    this.table = new Uint32Array(tree.length * classes);
    tree.forEach((row, state) => {
      for (let k = 0; k < classes; k++) {
        const next = row![k]!;
        this.table[state * classes + k] = next * classes * 2 + (ends[next]!.length > 0 ? 1 : 0);
      }
    });
    this.first = new Uint32Array(tree.length);
    const hits: number[] = [-1];
    for (const state of order) {
      if (ends[state]!.length === 0) continue;
      this.first[state] = hits.length;
      hits.push(...ends[state]!, -1);
    }
    this.hits = Int32Array.from(hits);
  }

  /** Calls `hit` with the index of every literal found (again for every place). */
  scan(text: string, hit: (literal: number) => void): void {
    const { table, classOf, first, hits, classes } = this;
    let at = 0;
    for (let i = 0; i < text.length; i++) {
      at = table[(at >>> 1) + classOf[text.charCodeAt(i) & 0xff]!]!;
      if ((at & 1) === 0) continue;
      for (let h = first[(at >>> 1) / classes]!; hits[h]! >= 0; h++) hit(hits[h]!);
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

  /** Breadth first: fills the gaps of each row from the state's longest proper suffix, and joins their ends. */
  private link(tree: number[][], ends: number[][]): number[] {
    const fail = new Int32Array(tree.length);
    const order = [0];
    for (let i = 0; i < order.length; i++) {
      const state = order[i]!;
      const row = tree[state]!;
      const other = tree[fail[state]!]!;
      for (let k = 0; k < row.length; k++) {
        const next = row[k]!;
        if (next >= 0) {
          fail[next] = state === 0 ? 0 : other[k]!;
          ends[next]!.push(...ends[fail[next]!]!);
          order.push(next);
        } else row[k] = state === 0 ? 0 : other[k]!;
      }
    }
    return order;
  }
}
