import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";

const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "dist/hindcast.js");
const ready = path.join(root, "dist/ready");
const evidence = path.join(root, "fixtures/clocks");
const compiled = `analyze-${process.versions.v8}.bin`;

/** Any flag of V8's is as good: what was compiled without it is not taken. */
const OTHER_FLAGS = ["--stack-size=900"];

function run(node: readonly string[], ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, program, ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("the analysis that the build has made ready", () => {
  for (const args of [
    ["-f", "json", "-q"],
    ["-f", "json", "-q", "--jobs", "2", "--no-prefilter"],
    ["-f", "terminal"],
    ["-f", "html", "--redact", "-q"],
    ["--tmp", "/no/such/folder"],
    ["--reference", "nobody"],
  ])
    it(`says what its modules say: ${args.join(" ")}`, () => {
      expect(run([], evidence, ...args)).toEqual(run(OTHER_FLAGS, evidence, ...args));
    });

  const withCode = fs.existsSync(path.join(ready, compiled)) ? it : it.skip;
  const isTaken = (...node: string[]) => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        ...node,
        path.join(import.meta.dirname, "taken.mjs"),
        path.join(ready, "analyze.cjs"),
        path.join(ready, compiled),
      ],
      { encoding: "utf8" },
    );
    return stdout.trim();
  };

  withCode("is taken by the V8 that the build ran on", () => {
    expect(isTaken()).toBe("taken");
  });

  withCode("is not taken by one with other flags", () => {
    expect(isTaken(...OTHER_FLAGS)).toBe("rejected");
  });
});
