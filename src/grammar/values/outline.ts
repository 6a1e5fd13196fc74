import type { ValueNode } from "./tree.js";

/** One line of a value's outline. */
export interface OutlineLine {
  depth: number;
  /** What the part is called: the capture's name, else the token's. */
  name: string;
  text: string;
}

/** Nodes that hold nothing but one other node say nothing by themselves. */
function onlyChild(node: ValueNode): ValueNode | undefined {
  const captured = Object.values(node.parts).flat();
  return captured.length === 0 && node.items.length === 1 ? node.items[0] : undefined;
}

const isLeaf = (node: ValueNode) => node.items.length === 0 && Object.keys(node.parts).length === 0;

/**
 * A value's parts as an indented outline for people, in the order of the text.
 * @param most lines; a longer outline is cut
 */
export function outline(tree: ValueNode, most = 60): OutlineLine[] {
  const lines: OutlineLine[] = [];
  const visit = (node: ValueNode, name: string, depth: number): void => {
    if (lines.length >= most) return;
    const inner = onlyChild(node);
    if (inner) {
      visit(inner, name, depth);
      return;
    }
    lines.push({ depth, name, text: node.text });
    if (isLeaf(node)) return;
    const parts = Object.entries(node.parts).flatMap(([part, nodes]) => nodes.map((one) => ({ part, one })));
    const all = [...parts, ...node.items.map((one) => ({ part: one.rule, one }))];
    for (const { part, one } of all.sort((a, b) => a.one.start - b.one.start)) visit(one, part, depth + 1);
  };
  visit(tree, tree.rule, 0);
  return lines;
}
