import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";

const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "dist/hindcast.js");
const ready = path.join(root, "dist/ready");
const evidence = path.join(root, "fixtures/clocks");

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

  for (const part of ["analyze", "reader"]) {
    const compiled = path.join(ready, `${part}-${process.versions.v8}.bin`);
    const withCode = fs.existsSync(compiled) ? it : it.skip;
    const isTaken = (...node: string[]) => {
      const taken = path.join(import.meta.dirname, "taken.mjs");
      const { stdout } = spawnSync(process.execPath, [...node, taken, ready, part], { encoding: "utf8" });
      return stdout.trim();
    };

    withCode(`is taken by the V8 that the build ran on: ${part}`, () => {
      expect(isTaken()).toBe("taken");
    });

    withCode(`is not taken by one with other flags: ${part}`, () => {
      expect(isTaken(...OTHER_FLAGS)).toBe("rejected");
    });
  }
});
