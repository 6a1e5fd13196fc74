import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Expression } from "../../../src/rules/eql/ast.js";
import { compileCondition } from "../../../src/rules/eql/compile.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { compileRegex } from "../../../src/rules/eql/regex.js";
import { compileWildcard } from "../../../src/rules/eql/wildcard.js";
import { event } from "../events.js";
import { interpret } from "./interpreter.js";

const value = fc.oneof(fc.constantFrom("a", "b", ""), fc.integer({ min: -3, max: 3 }), fc.boolean());
const field = fc.oneof(value, fc.array(fc.constantFrom<string | number>("a", "b", 1, 2), { maxLength: 3 }));
const fields = fc.dictionary(fc.constantFrom("f", "g", "h"), field);

/** Text of a condition; parsed, compiled and interpreted alike. */
const { condition } = fc.letrec<{ condition: string; leaf: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("f", "g", "h", "nowhere") },
    { weight: 2, arbitrary: fc.oneof(value, fc.constant(null)).map((one) => JSON.stringify(one)) },
  ),
  leaf: fc.oneof(
    fc
      .tuple(tie("operand"), fc.constantFrom("==", "!=", "<", "<=", ">", ">="), tie("operand"))
      .map((parts) => parts.join(" ")),
    fc
      .tuple(fc.constantFrom("f", "g"), fc.constantFrom("in", "not in"), tie("operand"), tie("operand"))
      .map(([a, how, b, c]) => `${a} ${how} (${b}, ${c})`),
    fc
      .tuple(
        fc.constantFrom("f", "g", "2"),
        fc.constantFrom("+", "-", "*", "/", "%"),
        fc.constantFrom("g", "h", "1", "2"),
      )
      .map(([a, sign, b]) => `${a} ${sign} ${b} == h`),
    fc.constantFrom("f", "true", "false"),
  ),
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    tie("condition").map((inner) => `not (${inner})`),
    fc.tuple(tie("condition"), tie("condition")).map(([a, b]) => `(${a} and ${b})`),
    fc.tuple(tie("condition"), tie("condition"), tie("condition")).map((all) => `(${all.join(" or ")})`),
  ),
}));

describe("compiled conditions", () => {
  it("give what a naive interpreter gives", () => {
    fc.assert(
      fc.property(condition, fields, (text, given) => {
        const parsed = parseEql(`any where ${text}`);
        if ("errors" in parsed) throw new Error(`${text}: ${parsed.errors[0]?.message}`);
        const where: Expression =
          parsed.query.kind === "event" ? parsed.query.where : { op: "constant", value: null };
        const one = event("x", 1, given);
        expect(compileCondition(where)(one) ?? null).toBe(interpret(where, one));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("the parser", () => {
  const words =
    'any where sequence by with maxspan = == a.b "x" 5 5s ( ) [ ] ![ , and or not in like : | head until ~ ? -'.split(
      " ",
    );
  it("never throws, and gives a tree or a placed problem", () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(text, (query) => {
        const parsed = parseEql(query);
        if ("query" in parsed) return;
        expect(parsed.errors.length).toBeGreaterThan(0);
        for (const { offset, line, column } of parsed.errors) {
          expect(offset).toBeLessThanOrEqual(query.length);
          expect(Math.min(line, column)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("patterns", () => {
  const subject = fc.string({ unit: fc.constantFrom("a", "b", "c", "A", "1"), maxLength: 12 });

  it("wildcards match what the same regular expression matches", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "A", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, subject, fc.boolean(), (text, given, ignoreCase) => {
        const regex = new RegExp(
          `^${text.replaceAll("*", ".*").replaceAll("?", ".")}$`,
          ignoreCase ? "i" : "",
        );
        expect(compileWildcard(text, ignoreCase)(given)).toBe(regex.test(given));
      }),
      { numRuns: 1_000 },
    );
  });

  const { regex } = fc.letrec<{ regex: string }>((tie) => ({
    regex: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\d", "\\w", "[a-c1]", "\\W", ""),
      fc.tuple(tie("regex"), tie("regex")).map((all) => all.join("")),
      fc.tuple(tie("regex"), tie("regex")).map((all) => `(${all.join("|")})`),
      fc
        .tuple(tie("regex"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{0,1}", "{1,}"))
        .map(([a, b]) => `(${a})${b}`),
    ),
  }));

  it("regular expressions match what JavaScript's match", () => {
    fc.assert(
      fc.property(regex, subject, fc.boolean(), (text, given, ignoreCase) => {
        const compiled = compileRegex(text, ignoreCase);
        if ("problem" in compiled) return;
        expect(compiled.test(given)).toBe(new RegExp(`^(?:${text})$`, ignoreCase ? "i" : "").test(given));
      }),
      { numRuns: 1_000 },
    );
  });

  it("come to an end on texts that make others go back for ever", () => {
    for (const text of ["(a+)+b", "(a|a)*b", "(.*a){20}", ".*.*.*.*=.*", "(a?){50}a{50}"]) {
      const compiled = compileRegex(text, true);
      if ("problem" in compiled) throw new Error(compiled.problem);
      expect([text, compiled.test("a".repeat(50_000))]).toEqual([text, text === "(.*a){20}"]);
    }
    expect(compileWildcard("*a*b*?a*b*c*d", false)("ab".repeat(50_000))).toBe(false);
  });
});
