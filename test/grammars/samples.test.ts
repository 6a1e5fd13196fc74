import { basename } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { formatProblem } from "../../src/grammar/compile.js";
import { runSamples } from "../../src/grammar/samples.js";
import { shippedFiles } from "./shipped.js";

const results = runSamples(shippedFiles);

describe("shipped grammars", () => {
  it.each(shippedFiles.map(({ file }) => file))("%s is sound, and its samples say what it reads", (file) => {
    const failed = results.filter((result) => result.file === file && !result.ok);
    expect(failed.map(({ problem }) => (problem ? formatProblem(problem) : ""))).toEqual([]);
  });

  it.each(shippedFiles.filter(({ text }) => !/^layer +values/m.test(text)))(
    "$file has samples and near-misses",
    ({ text }) => {
      expect(text).toMatch(/^sample\b/m);
      expect(text).toMatch(/^reject\b/m);
    },
  );

  it("names its grammars after their files", () => {
    for (const { file, text } of shippedFiles)
      expect(/^grammar +(\S+)/m.exec(text)?.[1]).toBe(basename(file, ".grammar"));
  });
});
