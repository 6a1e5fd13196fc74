import { describe, expect, it } from "@jest/globals";
import { plainRegex } from "../../src/grammar/ir/regex.js";
import { parseSubset } from "../../src/grammar/ir/subset.js";
import { prove } from "../../src/grammar/prove.js";
import { compile, problemsOf } from "./helpers.js";

describe("regexes that can be read in only one way", () => {
  it.each([
    "\\d+(\\.\\d+)?s",
    "[^\\s]+: .*",
    ".*foo",
    "a*b*c*",
    "(a|b)*c",
    "(?:a|bc|bd)+",
    "(ab?c)*",
    '"(?:[^"\\\\]|\\\\.)*"',
    "\\d{1,3}(\\.\\d{1,3}){3}",
    "(?:\\d+(?:\\.\\d+)?(?:h|m|s|ms))+",
    "/\\*(?:[^*]|\\*[^/])*\\*/".replace(/\//g, "\\/"),
    "-?\\d+",
    "[a-f]{0,64}x",
  ])("/%s/ is accepted", (source) => {
    expect(prove(parseSubset(source))).toBeUndefined();
  });

  it.each([
    ["x?[a-z]+", "xa"],
    [".*foo.*bar", "foofoobar"],
    [".*,.*,.*", ",,,"],
    ["(\\w+ ?)*", "aa"],
    ["a*a*", "a"],
    ["(a|a)b", "ab"],
    ["(a|ab)(c|bc)", "abc"],
    ["\\s*-\\s*\\s*x", "- x"],
    ["(?:a+)+b", "aab"],
    ["\\d+\\d+", "000"],
    ["(?:[a-z]+|[a-z]+d?)x", "ax"],
  ])("/%s/ is rejected, with a witness", (source, witness) => {
    const unsafe = prove(parseSubset(source))!;
    expect(unsafe.witness).toBe(witness);
    // The witness really is matched by the whole expression.
    expect(new RegExp(`^(?:${plainRegex(parseSubset(source))})$`).test(unsafe.witness!)).toBe(true);
  });

  it.each(["(a?)*", "(a*)*", "(a*)?", "(a?|b?)", "(?:a?b?)+", "(?:|a?)"])(
    "/%s/ is rejected: it is empty in two ways",
    (source) => {
      expect(prove(parseSubset(source))!.message).toMatch(/empty in two ways/);
    },
  );

  it("sizes are bounded: a pattern that is too large is rejected", () => {
    for (const source of [
      "(?:(?:(?:a{1,60}b){1,60}c){1,60}d){1,60}",
      "(?:[ab]{1,1000}c?){1,50}d",
      "(?:a|b|c|d){900}(?:a{900}){900}",
    ]) {
      expect(prove(parseSubset(source))?.message).toMatch(/too large|two ways/);
    }
  });
});

describe("shapes", () => {
  const header = 'grammar test "test"\nlayer envelope\n';

  it("the witness names both readings and stands at the later piece", () => {
    const text = `${header}token CALL = /[a-z]+/\ntoken ANY = /[^\\n]*/\nevent call = name:CALL "(" args:ANY ") = " ret:ANY`;
    expect(problemsOf(text)).toEqual([
      [
        'test.grammar:5:37: call: "a() = ) = " can be read in two ways: as args:ANY and as ") = "',
        '  5 | event call = name:CALL "(" args:ANY ") = " ret:ANY',
        `    | ${" ".repeat(36)}^`,
        "  let only one of them begin with that text, or say which wins: ordered(first | second), ordered PIECE?",
      ].join("\n"),
    ]);
  });

  it.each([
    ['upto ", " ", " rest', "rest begins where upto stops"],
    ['a:upto " - " " - " b:rest', "a STOP that overlaps itself"],
    ['a:upto "aa" "aa" b:rest', "a STOP that repeats one byte"],
    ['ordered("a" a:rest | b:rest)', "branches of an ordered choice may overlap"],
    ['ordered (a:WORD " ")? b:rest', "an ordered option may overlap what follows"],
    ['a:upto outside QUOTED "\\n" ("\\n" b:rest)?', "a quoted text is skipped"],
  ])("%s is accepted: %s", (pattern) => {
    expect(problemsOf(`${header}event x = ${pattern}`)).toEqual([]);
  });

  it.each([
    ['a:upto ":" b:rest', /two ways/, "nothing says where upto ends"],
    ["a:WORD b:rest", /two ways/, "the rest can begin anywhere"],
    ['(ordered ("a" | "ab") "c")*', /ordered/, "ordered inside a repetition"],
    ['upto SLOW "b"', /STOP repeats "a"/, "the look-ahead would be quadratic"],
    ['upto AMBIGUOUS "c"', /STOP: "ab"/, "the STOP itself is ambiguous"],
    ['(SP? "a"?)? "b"', /empty in two ways/, "an optional part that can be empty"],
    [
      'ordered ("a" | "ab" | "abc") ordered ("a" | "ab" | "abc") ordered ("a" | "ab" | "abc") ordered ("a" | "ab" | "abc") ordered ("a" | "ab" | "abc") ordered ("a" | "ab" | "abc")',
      /729 ordered combinations/,
      "too many ordered combinations",
    ],
  ])("%s is rejected (%s): %s", (pattern, reason) => {
    const text = `${header}token SLOW = /a+b/\ntoken AMBIGUOUS = /a?b|ab/\nevent x = ${pattern}`;
    expect(problemsOf(text).join("\n")).toMatch(reason);
  });

  it("an unsafe shape is left out, the others stay", async () => {
    const { compileGrammars } = await import("../../src/grammar/compile.js");
    const text = `${header}event bad = a:WORD b:WORD\nevent good = "good"`;
    const { grammars } = compileGrammars([{ file: "x", text }]);
    expect(grammars[0]!.shapes.map((shape) => shape.event)).toEqual(["good"]);
  });

  it("conditions and continuations are proven too", () => {
    expect(problemsOf(`${header}continuation /(?: *)*x/\nevent x = "a"`)[0]).toMatch(/continuation/);
    expect(problemsOf(`${header}accepts a matches /.*a.*b/\nevent x = "a"`)[0]).toMatch(/accepts a/);
  });

  it("records are matched in linear time: accepted shapes on pumped texts", () => {
    const grammar = compile(
      `${header}event x = a:upto outside QUOTED ") = " ") = " b:INT
       event y = ordered("[" a:upto "]" "] " b:rest | c:(WORD (" " WORD)*) "!")`,
    );
    for (const shape of grammar.shapes) {
      for (const pump of ['"', ")", ") = ", '"a', "[", "a ", " ", '\\"', "]"]) {
        const text = pump.repeat(60_000 / pump.length);
        shape.regex.lastIndex = 0;
        // Backtracking into every byte would not come to an end.
        expect(shape.regex.exec(text)?.[0].length ?? 0).toBeLessThanOrEqual(text.length);
      }
    }
  });
});
