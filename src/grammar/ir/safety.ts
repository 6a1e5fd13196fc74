import type { Place } from "../language/ast.js";
import { allBytes, firstBytes } from "./facts.js";
import type { Node } from "./ir.js";

/**
 * How many combinations of `ordered` branches a backtracker may try at one place, and an `ordered` part inside a
 * repetition, if there is one.
 */
export function orderedWays(node: Node): { count: number; looped?: { at?: Place } } {
  switch (node.kind) {
    case "sequence":
      return node.items.map(orderedWays).reduce(
        (sum, each) => ({
          count: sum.count * each.count,
          ...((sum.looped ? sum : each).looped && { looped: (sum.looped ?? each.looped)! }),
        }),
        { count: 1 },
      );
    case "choice": {
      const each = node.items.map(orderedWays);
      const counts = each.map((way) => way.count);
      const looped = each.find((way) => way.looped)?.looped;
      const count = node.ordered ? counts.reduce((a, b) => a + b, 0) : Math.max(...counts);
      return { count, ...(looped ? { looped } : {}) };
    }
    case "repeat": {
      const inner = orderedWays(node.item);
      if (node.max > 1 && inner.count > 1)
        return { count: inner.count, looped: node.at ? { at: node.at } : {} };
      return { ...inner, count: node.ordered ? inner.count + 1 : inner.count };
    }
    case "named":
      return orderedWays(node.item);
    case "slot":
      return node.item ? orderedWays(node.item) : { count: 1 };
    default:
      return { count: 1 };
  }
}

/**
 * Bytes that a STOP both repeats without bound and can begin with: its look-ahead would run over the same bytes
 * once per byte. `undefined` when there are none.
 */
export function unboundedStop(stop: Node): string | undefined {
  const first = firstBytes(stop);
  const visit = (node: Node): string | undefined => {
    switch (node.kind) {
      case "sequence":
      case "choice":
        return node.items.map(visit).find((found) => found !== undefined);
      case "named":
        return visit(node.item);
      case "slot":
        return node.item && visit(node.item);
      case "repeat": {
        if (node.max !== Number.POSITIVE_INFINITY) return visit(node.item);
        const both = allBytes(node.item).intersect(first).members();
        return both.length > 0
          ? String.fromCharCode(both.find((byte) => byte > 32 && byte < 127) ?? both[0]!)
          : undefined;
      }
      case "upto": {
        const byte = first.members()[0];
        return byte === undefined ? undefined : String.fromCharCode(byte);
      }
      default:
        return undefined;
    }
  };
  return visit(stop);
}
