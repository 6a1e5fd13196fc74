import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { compileGrammars, formatProblem } from "../../src/grammar/compile.js";
import { readGrammar } from "../../src/grammar/language/read.js";
import { problemsOf } from "./helpers.js";

const golden = new URL("./golden/", import.meta.url);

describe("mistakes in a grammar file", () => {
  it("are all reported, with place, reason and next step (golden; UPDATE_GOLDEN=1 rewrites it)", () => {
    const text = readFileSync(new URL("broken.grammar", golden), "utf8");
    const { problems, grammars } = compileGrammars([{ file: "broken.grammar", text }]);
    const printed = problems.map(formatProblem).join("\n") + "\n";
    const file = new URL("broken.txt", golden);
    if (process.env["UPDATE_GOLDEN"]) writeFileSync(file, printed);
    expect(printed).toBe(readFileSync(file, "utf8"));
    // What is sound in the file is still usable.
    expect(grammars[0]!.shapes.map((shape) => shape.event)).toContain("fine");
  });

  it("are never told in the parser generator's own words", () => {
    const text = readFileSync(new URL("broken.grammar", golden), "utf8");
    for (let cut = 0; cut < text.length; cut += 37) {
      for (const { message, hint } of readGrammar("x", text.slice(0, cut)).problems) {
        expect(`${message} ${hint}`).not.toMatch(/undefined |Kw_|Expecting|token sequences/);
      }
    }
  });

  it.each([
    ["", /does not say which grammar/],
    ['grammar a "a"', /has no layer/],
    ['grammar a "a"\nlayer message', /describes no event/],
    ['grammar a "a"\nlayer message\nevent x = y:WORD', /requires no literal text/],
    ['grammar a "a"\nlayer message\nevent x = "\\"" y:INT "\\""', /requires no literal text/],
    ['grammar a "a"\nlayer envelope\nset { a = $b }\nevent x = "x"', /cannot copy/],
    ['grammar a "a"\nlayer envelope\nevent x = ""', /empty text/],
    ['grammar a "a"\nlayer envelope\nstamps middle\nevent x = "x"', /start, the end or the moment/],
    ['grammar a "a"\nlayer envelope\nstamps "end"\nevent x = "x"', /expected/],
    ['grammar a "a"\nlayer envelope\nrule r = "a" r\nevent x = r', /contains itself/],
    ['grammar a "a"\nlayer envelope\nevent x = (a:WORD) as b', /expected|does not fit/],
    ['grammar a "a"\nlayer envelope\nevent x = a:(b:WORD " " c:INT)', /other fields are captured/],
    ['grammar a "a"\nlayer envelope\nevent x = upto (a:WORD) ","', /cannot capture/],
    [
      'grammar a "a"\nlayer envelope\ntoken Q = /"[^"]*"?/\nevent x = upto outside Q "\\"" "\\""',
      /same byte/,
    ],
    ['grammar a "a"\nlayer envelope\ntoken N = /a*/\nevent x = upto N "b"', /matches the empty text/],
    ['grammar a "a"\nlayer envelope\nevent x = "a" (b:WORD as nubmer)', /no type nubmer/],
    ['grammar a "a"\nlayer envelope\nevent x = list("a", ",")', /values grammars/],
    ['grammar a "a"\nlayer envelope\ntoken N = /a/\ntoken N = /b/\nevent x = N', /declared twice/],
  ])("%j", (text, reason) => {
    const { problems } = compileGrammars([{ file: "x", text }]);
    expect(problems.map((problem) => problem.message).join("\n")).toMatch(reason);
  });

  it("a name that is nearly right gets a suggestion", () => {
    expect(problemsOf('event x = a:WROD "!"')[0]).toMatch(/did you mean WORD\?/);
  });

  it("two files with one name", () => {
    const file = { file: "a", text: 'grammar a "a"\nlayer envelope\nevent x = "a"' };
    const { problems, grammars } = compileGrammars([file, { ...file, file: "b" }]);
    expect(problems[0]!.message).toMatch(/already in a/);
    expect(grammars).toHaveLength(1);
  });
});

describe("words of the language", () => {
  it("only those that begin a statement or a piece are reserved", () => {
    expect(
      problemsOf('event x = file:WORD " " to:WORD " " line:WORD " " in:WORD " " matches:WORD " " and:WORD'),
    ).toEqual([]);
  });

  it("comments, CRLF and a byte order mark are fine", () => {
    expect(
      problemsOf('\uFEFFgrammar a "a" # name\r\nlayer envelope\r\n# all of it\r\nevent x = "a"\r\n'),
    ).toEqual([]);
  });

  it("what the format is, and the commands that print it, are for people", () => {
    const text =
      'grammar a "a"\nabout "It is this," "and that: \u{e9}."\ncommand "x -l", "x -v"\ncommand "y"\nlayer envelope';
    const { ast, problems } = readGrammar("x", text);
    expect(problems).toEqual([]);
    expect(ast).toMatchObject({ about: "It is this, and that: é.", commands: ["x -l", "x -v", "y"] });
    expect(readGrammar("x", 'grammar a "a"\nlayer envelope').ast).toMatchObject({ about: "", commands: [] });
    expect(problemsOf("about it")[0]).toContain('one or more quoted texts: about "what the format is"');
  });

  it("a raw sample's lines are one record", () => {
    const text = 'grammar a "a"\nlayer envelope\nevent x = "a\\n\\tb"\nsample\n  > a\n  > \tb\n  -> x';
    expect(readGrammar("x", text).ast!.samples[0]).toMatchObject({
      text: "a\n\tb",
      event: "x",
      reject: false,
    });
  });

  it("escapes in quoted texts are bytes", () => {
    const text = 'grammar a "a"\nlayer envelope\nevent x = "\\x1b\\e\\t\\u{e9}é\\"\\\\"';
    expect(readGrammar("x", text).ast!.events[0]!.body).toMatchObject({
      kind: "literal",
      bytes: '\x1b\x1b\t\xc3\xa9\xc3\xa9"\\',
    });
  });
});
