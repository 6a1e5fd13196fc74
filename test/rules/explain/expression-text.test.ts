import { describe, expect, it } from "@jest/globals";
import type { EventPattern } from "../../../src/rules/eql/ast.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { patternsOf } from "../../../src/rules/eql/patterns.js";
import { expressionText } from "../../../src/rules/explain/expression-text.js";
import { rules } from "../../../src/rules/generated.js";

function conditionOf(text: string) {
  const parsed = parseEql(`any where ${text}`);
  if ("errors" in parsed) throw new Error(`${text}: ${parsed.errors[0]!.message}`);
  return (parsed.query as EventPattern).where;
}

describe("a condition as text", () => {
  it.each([
    'a == "x" and (b > 1 or not c in (1, 2))',
    'a : ("x*", "y") or b like~ "z"',
    "(a + 1) * 2 - b / 4.0 >= -3",
    "a - (b - c) == 0",
    '`my-field` == null and ?optional != "\\"\\\\\\n"',
    'cidrMatch(a, "10.0.0.0/8") and startsWith~(b, "x")',
    "not (a == 1 and b == 2)",
    "(a == 1) == true",
  ])("%s means the same as it", (text) => {
    const where = conditionOf(text);
    expect(conditionOf(expressionText(where))).toEqual(where);
  });

  it("means the same for every rule of the catalogue", () => {
    for (const { queries, unless } of rules)
      for (const { query } of [...queries, ...unless])
        for (const { where } of patternsOf(query)) expect(conditionOf(expressionText(where))).toEqual(where);
  });

  it("has no brackets that nothing needs", () => {
    expect(expressionText(conditionOf("((a == 1)) and ((b == 2))"))).toBe("a == 1 and b == 2");
  });
});
