import { describe, expect, it } from "@jest/globals";
import { runSamples } from "../../src/grammar/samples.js";
import { compileValues, readValues, type ValueNode } from "../../src/grammar/values/index.js";

const text = `grammar values-test "structures"
layer values
token SKIP   = /(?: |\\/\\*(?:[^*]|\\*[^\\/])*\\*\\/)+/
token STRING = /"(?:[^"\\\\\\n]|\\\\.)*"/
token NUMBER = /-?\\d+/
token WORD   = /[A-Za-z_]+/
rule args   = list(field, ",")?
rule field  = left:expr ("=" right:expr)?
rule expr   = prim (op:OP prim)*
token OP     = /[|-]/
rule prim   = STRING | NUMBER | WORD call? | "{" args "}" | "[" args "]"
rule call   = "(" args ")"
sample "3, {a=1}, B(2)|C" -> args
reject "3, {a=1"
`;

function show(node: ValueNode | undefined): unknown {
  if (!node) return undefined;
  const below = [...Object.values(node.parts).flat(), ...node.items];
  if (below.length === 0) return node.text;
  return below.length === 1 ? show(below[0]) : below.map(show);
}

describe("values grammars", () => {
  it("give a tree with captures and items, and offsets", () => {
    const { tree, errors } = readValues(text, "field", 'a = "x y"|B');
    expect(errors).toEqual([]);
    expect(show(tree)).toEqual(["a", ["|", '"x y"', "B"]]);
    expect(tree!.parts["right"]![0]).toMatchObject({ rule: "expr", start: 4, end: 11, text: '"x y"|B' });
    expect(tree!.parts["right"]![0]!.parts["op"]![0]).toMatchObject({ rule: "OP", text: "|", start: 9 });
  });

  it("recover from a mistake and keep the rest", () => {
    const { tree, errors } = readValues(text, "args", "3, {a=1, b=]}, 4");
    expect(errors).toEqual([{ offset: 11, message: expect.stringContaining("]") }]);
    expect(tree!.items.map((item) => item.text)).toEqual(["3", "{a=1, b=]}", "4"]);
  });

  it("report what cannot be cut into tokens", () => {
    const { tree, errors } = readValues(text, "args", "1, %%, 2");
    expect(errors[0]).toEqual({ offset: 3, message: 'unexpected "%%"' });
    expect(tree!.items.at(-1)!.text).toBe("2");
  });

  it("a token that reads further beats a literal or a shorter token", () => {
    expect(show(readValues(text, "expr", "-5").tree)).toBe("-5");
  });

  it("samples are run", () => {
    expect(runSamples([{ file: "x", text }]).map(({ ok }) => ok)).toEqual([true, true]);
    const failing = text.replace('sample "3,', 'sample "3,,');
    expect(runSamples([{ file: "x", text: failing }])[0]!.problem!.message).toMatch(/column 3/);
  });

  it("deep nesting, long texts and unclosed comments are refused", () => {
    expect(readValues(text, "args", "[".repeat(100_000)).errors.at(-1)!.message).toMatch(/deep/);
    expect(readValues(text, "args", "/*".repeat(100_000)).errors.length).toBeGreaterThan(0);
    expect(readValues(text, "args", '"'.repeat(200_001)).errors.length).toBeGreaterThan(0);
    expect(readValues(text, "args", "1,".repeat(200_000)).errors[0]!.message).toMatch(/longer/);
  });

  it.each([
    ["rule a = NOWHERE", /no token or rule NOWHERE/],
    ["rule a = a WORD | WORD", /cannot be built: .*[Ll]eft/],
    ["rule a = WORD | WORD", /cannot be built/],
    ["token BAD = /(a+)+/\nrule a = BAD", /token BAD: .*two ways/],
    ["", /has no rule/],
    ["rule a = WORD upto WORD", /upto/],
  ])("a broken grammar is told: %s", (rules, reason) => {
    const { values, problems } = compileValues({ file: "x", text: `grammar a "a"\nlayer values\n${rules}` });
    expect(values).toBeUndefined();
    expect(problems.map(({ message }) => message).join("\n")).toMatch(reason);
  });
});
