import { ByteSet } from "../bytes.js";
import type { Node } from "./ir.js";

/** Whether the node can match the empty text. */
export function isNullable(node: Node): boolean {
  switch (node.kind) {
    case "class":
      return false;
    case "literal":
      return node.bytes === "";
    case "sequence":
      return node.items.every(isNullable);
    case "choice":
      return node.items.some(isNullable);
    case "repeat":
      return node.min === 0 || isNullable(node.item);
    case "named":
      return isNullable(node.item);
    case "slot":
      return node.item === undefined || isNullable(node.item);
    case "upto":
      return true;
  }
}

/** Bytes that a text of the node can begin with. */
export function firstBytes(node: Node): ByteSet {
  switch (node.kind) {
    case "class":
      return node.set;
    case "literal":
      return ByteSet.of(node.bytes.slice(0, 1));
    case "sequence": {
      let set = ByteSet.EMPTY;
      for (const item of node.items) {
        set = set.union(firstBytes(item));
        if (!isNullable(item)) break;
      }
      return set;
    }
    case "choice":
      return node.items.reduce((set, item) => set.union(firstBytes(item)), ByteSet.EMPTY);
    case "repeat":
    case "named":
      return firstBytes(node.item);
    case "slot":
      return node.item ? firstBytes(node.item) : ByteSet.EMPTY;
    case "upto":
      return ByteSet.ALL;
  }
}

/** All bytes that can occur in a text of the node. */
export function allBytes(node: Node): ByteSet {
  switch (node.kind) {
    case "class":
      return node.set;
    case "literal":
      return ByteSet.of(node.bytes);
    case "sequence":
    case "choice":
      return node.items.reduce((set, item) => set.union(allBytes(item)), ByteSet.EMPTY);
    case "repeat":
    case "named":
      return allBytes(node.item);
    case "slot":
      return node.item ? allBytes(node.item) : ByteSet.EMPTY;
    case "upto":
      return ByteSet.ALL;
  }
}

/** Length in bytes of the longest text of the node. */
export function maxLength(node: Node): number {
  switch (node.kind) {
    case "class":
      return 1;
    case "literal":
      return node.bytes.length;
    case "sequence":
      return node.items.reduce((sum, item) => sum + maxLength(item), 0);
    case "choice":
      return Math.max(...node.items.map(maxLength));
    case "repeat": {
      const one = maxLength(node.item);
      return one === 0 ? 0 : one * node.max;
    }
    case "named":
      return maxLength(node.item);
    case "slot":
      return node.item ? maxLength(node.item) : 0;
    case "upto":
      return Number.POSITIVE_INFINITY;
  }
}

/** The node under names, when it is just that. */
export function bare(node: Node): Node {
  return node.kind === "named" ? bare(node.item) : node;
}
