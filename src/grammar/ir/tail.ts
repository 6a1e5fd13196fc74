import { ByteSet } from "../bytes.js";
import { allBytes } from "./facts.js";
import type { Node, Slot } from "./ir.js";

/** Trailing blanks that an end may leave unread, from all to none: an end that reads blanks itself gets fewer. */
export const TAILS = [" \t\r\n", "\r\n", "\n", ""].map((bytes) => ByteSet.of(bytes));

/** The pattern followed by blanks. */
export function withTail(root: Node, tail: ByteSet): Node {
  return tail.isEmpty() ? root : { kind: "sequence", items: [root, blanks(tail)] };
}

/**
 * The pattern with trailing blanks allowed at each of its ends: every last alternative gets as many as `tailOf` says,
 * so that an alternative that reads the rest of the record does not cost the others theirs.
 */
export function attachTails(node: Node, tailOf: (end: Node) => ByteSet): Node {
  switch (node.kind) {
    case "sequence": {
      const last = node.items.findLastIndex((item) => item.kind !== "slot" || item.item !== undefined);
      if (last < 0) return withTail(node, tailOf(node));
      const items = node.items.map((item, i) => (i === last ? attachTails(item, tailOf) : item));
      return { ...node, items };
    }
    case "choice":
      return { ...node, items: node.items.map((item) => attachTails(item, tailOf)) };
    case "repeat": {
      if (node.min !== 0 || node.max !== 1) return withTail(node, tailOf(node));
      const absent = tailOf({ kind: "sequence", items: [] });
      const items = [attachTails(node.item, tailOf), withTail({ kind: "sequence", items: [] }, absent)];
      return { kind: "choice", items, ordered: node.ordered, ...(node.at ? { at: node.at } : {}) };
    }
    default:
      return withTail(node, tailOf(node));
  }
}

function blanks(tail: ByteSet): Node {
  const item: Node = { kind: "class", set: tail };
  const loop: Node = { kind: "repeat", item, min: 0, max: Number.POSITIVE_INFINITY, ordered: false };
  return { kind: "named", name: "trailing blanks", item: loop };
}

const BLANK = ByteSet.of(" \t\r");

/** Text captures that can end the record and may read its trailing blanks lose those: `text` becomes `rest`. */
export function trimLastSlots(root: Node, slots: Slot[]): void {
  /** Whether the node can be empty, so that what stands before it can be last too. */
  const visit = (node: Node): boolean => {
    switch (node.kind) {
      case "class":
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
        const slot = slots[node.slot]!;
        if (!node.item) return true;
        if (slot.kind === "capture" && slot.type === "text" && allBytes(node.item).overlaps(BLANK))
          slot.type = "rest";
        return visit(node.item);
      }
      case "upto":
        return true;
    }
  };
  visit(root);
}
