import type { Expression, Query } from "../../../rules/eql/ast.js";
import { TIME } from "../../../rules/eql/timed.js";

type Node = Expression | { op?: undefined };

/**
 * The query with the field that holds the events' times compared as a time, whatever it is called: `ts > "2026-11-22T03:00:00+01:00"` is
 * about moments, not about texts.
 */
export function comparedAsTime(query: Query, timestampField: string): Query {
  if (timestampField === TIME) return query;
  const asTime = (side: Expression): Expression =>
    side.op === "field" && side.name === timestampField ? { ...side, name: TIME } : side;
  const isValue = (side: Expression): boolean => side.op === "constant" && side.value !== null;
  return JSON.parse(JSON.stringify(query), (_, node: Node | null) => {
    if (node?.op === "compare") {
      const { left, right } = node;
      if (isValue(right)) return { ...node, left: asTime(left) };
      if (isValue(left)) return { ...node, right: asTime(right) };
    }
    if (node?.op === "look-up" && node.how.startsWith("in")) return { ...node, left: asTime(node.left) };
    return node;
  }) as Query;
}
