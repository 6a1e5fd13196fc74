import { describe, expect, it } from "@jest/globals";
import type { EventQuery, Expression } from "../../../src/rules/eql/ast.js";
import { compilePattern } from "../../../src/rules/eql/compile.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { waysOf } from "../../../src/rules/eql/ways.js";
import { event } from "../events.js";

const conditionOf = (text: string): Expression => {
  const parsed = parseEql(`any where ${text}`);
  if ("errors" in parsed) throw new Error(JSON.stringify(parsed.errors));
  return (parsed.query as EventQuery).where;
};
const holds = (where: Expression, fields: Record<string, number>): boolean =>
  compilePattern({ where })(event("any", 1, fields));

describe("the ways in which a condition can be true", () => {
  it("is the condition alone where it has no choice", () => {
    for (const text of ["a == 1", "a == 1 and b == 2", "not (a == 1 or b == 2)"]) {
      const where = conditionOf(text);
      expect(waysOf(where)).toEqual([where]);
    }
  });

  it("takes choices apart wherever they stand, also within one another", () => {
    expect(waysOf(conditionOf("a == 1 or b == 2"))).toHaveLength(2);
    expect(
      waysOf(conditionOf("a == 1 and (b == 2 or c == 3 or (a == 2 and (b == 1 or c == 1)))")),
    ).toHaveLength(4);
    expect(waysOf(conditionOf("(a == 1 or b == 2) and (c == 3 or d == 4)"))).toHaveLength(4);
  });

  it("leaves a condition with very many ways as it is", () => {
    const either = "(a == 1 or b == 2)";
    const where = conditionOf(Array(20).fill(either).join(" and "));
    expect(waysOf(where)).toEqual([where]);
  });

  it.each([
    "a == 1 and (b == 1 or c == 1)",
    "(a == 0 or b == 0) and (c == 0 or not (a == 1 or b == 1))",
    "a == b or (b == c and (a == 0 or c == 1))",
  ])("one of them is true whenever the condition is, and only then: %s", (text) => {
    const where = conditionOf(text);
    for (let bits = 0; bits < 8; bits++) {
      const fields = { a: bits & 1, b: (bits >> 1) & 1, c: bits >> 2 };
      expect(waysOf(where).some((way) => holds(way, fields))).toBe(holds(where, fields));
    }
  });
});
