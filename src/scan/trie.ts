/** Numbers of a node before its children: label offset, label length, lowest child's byte, how many places for children. */
export const NODE_LABEL = 0;
export const NODE_LENGTH = 1;
export const NODE_LOW = 2;
export const NODE_SPAN = 3;
export const NODE_CHILDREN = 4;

/**
 * Tells whether a literal begins at a place, in time that depends on the literals' length and not on their number: a radix
 * tree, as flat arrays for the kernel. (D. R. Morrison, "PATRICIA", 1968.)
 *
 * A node's label includes the byte that led to it. A node without children ends a literal. Child places without a child hold 0,
 * the root's place, for nobody's child is the root.
 */
export class Trie {
  readonly nodes: Int32Array;
  readonly labels: Buffer;

  /** @param literals none of them empty */
  constructor(literals: readonly Buffer[]) {
    const sorted = withoutLonger(literals);
    const starts: number[] = [];
    let total = 0;
    for (const literal of sorted) {
      starts.push(total);
      total += literal.length;
    }
    this.labels = Buffer.concat(sorted);
    const nodes: number[] = [];
    if (sorted.length > 0) build(sorted, starts, nodes, 0, sorted.length, 0);
    this.nodes = Int32Array.from(nodes);
  }

  /** Does a literal begin at `at` and end at `end` or before? */
  stands(bytes: Uint8Array, at: number, end: number): boolean {
    const { nodes, labels } = this;
    let node = 0;
    while (true) {
      const label = nodes[node + NODE_LABEL]!;
      const length = nodes[node + NODE_LENGTH]!;
      if (at + length > end) return false;
      for (let i = 0; i < length; i++) if (bytes[at + i] !== labels[label + i]) return false;
      at += length;
      const span = nodes[node + NODE_SPAN]!;
      if (span === 0) return true;
      if (at >= end) return false;
      const place = bytes[at]! - nodes[node + NODE_LOW]!;
      if (place < 0 || place >= span) return false;
      node = nodes[node + NODE_CHILDREN + place]!;
      if (node === 0) return false;
    }
  }
}

/** Where a literal stands that others begin with, the shorter one is all that is asked for. Sorted by bytes. */
function withoutLonger(literals: readonly Buffer[]): Buffer[] {
  const kept: Buffer[] = [];
  for (const literal of [...literals].sort(Buffer.compare)) {
    const last = kept.at(-1);
    if (!last || !literal.subarray(0, last.length).equals(last)) kept.push(literal);
  }
  return kept;
}

/** Appends the node of the literals [from, to), which agree in their first `depth` bytes. @returns its place */
function build(
  literals: readonly Buffer[],
  starts: readonly number[],
  nodes: number[],
  from: number,
  to: number,
  depth: number,
): number {
  const [first, last] = [literals[from]!, literals[to - 1]!];
  // They are sorted: what the first and the last have in common, all have.
  let end = depth;
  while (end < first.length && end < last.length && first[end] === last[end]) end++;
  const node = nodes.length;
  const leaf = to - from === 1;
  const low = leaf ? 0 : first[end]!;
  const span = leaf ? 0 : last[end]! - low + 1;
  nodes.push(starts[from]! + depth, end - depth, low, span);
  for (let i = 0; i < span; i++) nodes.push(0);
  for (let i = from; i < to && !leaf; ) {
    const byte = literals[i]![end]!;
    let next = i + 1;
    while (next < to && literals[next]![end] === byte) next++;
    nodes[node + NODE_CHILDREN + byte - low] = build(literals, starts, nodes, i, next, end);
    i = next;
  }
  return node;
}
