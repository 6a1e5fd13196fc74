import { existsSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { checkSync } from "recheck";
import { grammarFiles } from "../../src/grammar/build.js";
import { compileGrammars } from "../../src/grammar/compile.js";

/** Milliseconds for a shape: most are decided by then; the others count as not found vulnerable. */
const TIMEOUT = 120;

const dir = new URL("../../grammars", import.meta.url).pathname;
const shapes = existsSync(dir)
  ? compileGrammars(grammarFiles(dir)).grammars.flatMap(({ shapes: all }) => all)
  : [];

describe("a second opinion on the proof", () => {
  it("recheck finds no accepted shape vulnerable", () => {
    const vulnerable = shapes.filter(
      ({ regex }) => checkSync(`^${regex.source}`, "", { timeout: TIMEOUT }).status === "vulnerable",
    );
    expect(vulnerable.map(({ grammar, event }) => `${grammar} ${event}`)).toEqual([]);
  }, 90_000);

  it("recheck would find a vulnerable one", () => {
    expect(checkSync("^(a+)+$", "", { timeout: 5000 }).status).toBe("vulnerable");
  }, 20_000);
});
