import type { ByteSet } from "../bytes.js";
import type { Node, ShapeIr } from "./ir.js";

/** The pattern followed by the trailing blanks that a record may have. */
export function withTail(root: Node, tail: ByteSet): Node {
  if (tail.isEmpty()) return root;
  const blanks: Node = {
    kind: "repeat",
    item: { kind: "class", set: tail },
    min: 0,
    max: Number.POSITIVE_INFINITY,
    ordered: false,
  };
  return { kind: "sequence", items: [root, { kind: "named", name: "trailing blanks", item: blanks }] };
}

/** Slots whose capture can end the record. */
export function lastSlots(shape: ShapeIr): Set<number> {
  const found = new Set<number>();
  /** Whether the node can be empty, so that what stands before it can be last too. */
  const visit = (node: Node): boolean => {
    switch (node.kind) {
      case "class":
        return false;
      case "literal":
        return false;
      case "sequence":
        for (let i = node.items.length - 1; i >= 0; i--) if (!visit(node.items[i]!)) return false;
        return true;
      case "choice":
        return node.items.map(visit).some((empty) => empty);
      case "repeat":
        return visit(node.item) || node.min === 0;
      case "named":
        return visit(node.item);
      case "slot": {
        if (!node.item) return true;
        found.add(node.slot);
        return visit(node.item);
      }
      case "upto":
        return true;
    }
  };
  visit(shape.root);
  return found;
}
