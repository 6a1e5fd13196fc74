import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileGrammars, formatProblem } from "../../src/grammar/compile.js";
import { matchShape } from "../../src/grammar/exec.js";
import { compile } from "./helpers.js";

const page = readFileSync(new URL("../../docs/GRAMMARS.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^```grammar\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

describe("grammar files from strangers", () => {
  it("that are cut, spliced or shuffled give problems with a place, never an exception", () => {
    const piece = fc.tuple(fc.constantFrom(...examples), fc.nat(600), fc.nat(300));
    let broken = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const text = pieces.map(([source, from, length]) => source.slice(from, from + length)).join("");
        const { problems } = compileGrammars([
          { file: "x.grammar", text: `grammar x "x"\nlayer message\n${text}` },
        ]);
        if (problems.length > 0) broken++;
        for (const problem of problems) {
          expect(formatProblem(problem)).toMatch(/^x\.grammar:\d+:\d+: \S/);
          expect(String(problem)).toBe(formatProblem(problem));
        }
      }),
      { numRuns: 150 },
    );
    expect(broken).toBeGreaterThan(50);
  });

  it.each([
    ["nested groups", `event x = ${"(".repeat(20_000)}"a"${")".repeat(20_000)}`],
    ["an unclosed group", `event x = ${"(".repeat(20_000)}`],
    ["nested regex groups", `token T = /${"(".repeat(20_000)}/\nevent x = T`],
    ["a long sequence of options", `event x = "begin" ${'"a"? '.repeat(3000)}`],
    ["a long choice", `event x = "begin" (${Array.from({ length: 1500 }, (_, i) => `"w${i}"`).join(" | ")})`],
    [
      "rules that double",
      `rule r0 = "ab"\n${Array.from({ length: 30 }, (_, i) => `rule r${i + 1} = r${i} r${i}`).join("\n")}\nevent x = r30`,
    ],
    ["large counts", "token T = /(?:(?:a{1000}){1000}){1000}/\nevent x = T"],
    ["many uptos", `event x = ${Array.from({ length: 60 }, (_, i) => `upto "${i}." "${i}."`).join(" ")}`],
  ])("%s: compiled or refused, not pondered for ever", (_name, body) => {
    const { grammars, problems } = compileGrammars([
      { file: "x", text: `grammar x "x"\nlayer envelope\n${body}` },
    ]);
    expect(grammars.length + problems.length).toBeGreaterThan(0);
  });

  it("a record cannot exhaust the stack: long ones are refused, those below are read", () => {
    const [shape] = compile('event x = a:upto outside QUOTED ";" ";"').shapes;
    const record = (length: number) => `"${"\\x".repeat(length / 2)}";`;
    expect(matchShape(shape!, record(1_000_000))).toBeDefined();
    expect(matchShape(shape!, record(2_000_000))).toBeUndefined();
  });
});
