import { describe, expect, it } from "@jest/globals";
import { runSamples } from "../../src/grammar/samples.js";
import { grammarText } from "./helpers.js";

function outcomes(samples: string): (string | undefined)[] {
  const text = grammarText(`event a = "a " x:INT\nevent b = "b " y:WORD\nevent c = "b 1"\n${samples}`);
  return runSamples([{ file: "x", text }]).map(({ problem }) => problem?.message);
}

describe("samples", () => {
  it("that do what they say", () => {
    expect(
      outcomes('sample "a 1" -> a { x: 1 }\nsample "a 2"\nreject "a b"\nsample "b x" -> b { y: "x", }'),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each([
    ['sample "c"', "no event of this grammar reads this sample"],
    ['sample "a 1" -> b', "read as a, not as b"],
    ['sample "a 1" -> a { x: "1" }', 'x is 1, not "1"'],
    ['sample "a 1" -> a { z: 1 }', "z is absent, not 1"],
    ['reject "a 1"', "this must not match, but a reads it"],
    ['sample "b 1"', "b and c both read this sample: only one may"],
  ])("%s fails", (sample, reason) => {
    expect(outcomes(sample)).toEqual([reason]);
  });

  it("that nobody reads say who got farthest", () => {
    const [result] = runSamples([{ file: "x", text: grammarText('event a = "a " x:INT\nsample "a b"') }]);
    expect(result!.problem!.hint).toBe("a reads it up to column 3 and expected x:INT there");
  });
});
