import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { compileGrammars } from "../../src/grammar/compile.js";
import { runSamples } from "../../src/grammar/samples.js";

const file = "grammars/strace/strace.grammar";
const files = [{ file, text: readFileSync(file, "utf8") }];

describe("grammars/strace/strace.grammar", () => {
  it("can be read in only one way", () => {
    expect(compileGrammars(files).problems).toEqual([]);
  });

  it("reads its samples", () => {
    const failed = runSamples(files).filter((sample) => !sample.ok);
    expect(failed.map((sample) => `${sample.line}: ${sample.problem?.message}`)).toEqual([]);
  });
});
