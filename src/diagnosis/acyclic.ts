import type { Finding } from "../model/finding.js";
import { compareFindings } from "./ranking.js";
import type { Edge } from "./types.js";

/**
 * Drops links until no finding explains itself. Only links inside a cycle are touched: there, what began earlier (then
 * what is more severe, then surer) stays the cause.
 *
 * Strongly connected components after R. Tarjan, "Depth-first search and linear graph algorithms" (1972), iterative.
 */
export function withoutCycles(findings: readonly Finding[], edges: readonly Edge[]): Edge[] {
  const component = components(findings.length, edges);
  return edges.filter(
    ({ cause, effect }) =>
      component[cause] !== component[effect] || compareFindings(findings[cause]!, findings[effect]!) < 0,
  );
}

/** Number of the strongly connected component of every node. */
function components(count: number, edges: readonly Edge[]): Int32Array {
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const { cause, effect } of edges) next[cause]!.push(effect);
  const component = new Int32Array(count).fill(-1);
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const open: number[] = [];
  let clock = 0;
  let found = 0;
  for (let start = 0; start < count; start++) {
    if (order[start] !== -1) continue;
    const path: { node: number; at: number }[] = [{ node: start, at: 0 }];
    order[start] = low[start] = clock++;
    open.push(start);
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const child = next[top.node]![top.at++];
      if (child !== undefined) {
        if (order[child] === -1) {
          order[child] = low[child] = clock++;
          open.push(child);
          path.push({ node: child, at: 0 });
        } else if (component[child] === -1) low[top.node] = Math.min(low[top.node]!, order[child]!);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node]!, low[top.node]!);
      if (low[top.node] !== order[top.node]) continue;
      for (let node = open.pop()!; ; node = open.pop()!) {
        component[node] = found;
        if (node === top.node) break;
      }
      found++;
    }
  }
  return component;
}
