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

describe("the program that the build has made ready", () => {
  for (const args of [
    ["-f", "json", "-q"],
    ["-f", "json", "-q", "--jobs", "2", "--no-prefilter"],
    ["-f", "terminal"],
    ["-f", "html", "--redact", "-q"],
    ["--tmp", "/no/such/folder"],
    ["--reference", "nobody"],
    ["--jobs", "many"],
    ["--help"],
  ])
    it(`says what its modules say: ${args.join(" ")}`, () => {
      expect(run([], evidence, ...args)).toEqual(run(OTHER_FLAGS, evidence, ...args));
    });

  it("and so do the commands that were not made ready", () => {
    for (const args of [
      [],
      ["formats"],
      ["rules", "show", "lost-nat"],
      ["timeline", evidence],
      ["no", "such"],
    ])
      expect(run([], ...args)).toEqual(run(OTHER_FLAGS, ...args));
  });

  const ending = `-${process.version}-${process.platform}-${process.arch}.bin`;
  const compiled = (name: string) => path.join(ready, `${name}${ending}`);
  const withCode = fs.existsSync(compiled("main")) ? it : it.skip;
  const taken = (...node: string[]) => {
    const program = path.join(import.meta.dirname, "taken.mjs");
    const { stdout } = spawnSync(process.execPath, [...node, program, ready], { encoding: "utf8" });
    return stdout.trim().split("\n");
  };

  withCode("is taken by the V8 that the build ran on, all of it", () => {
    const all = taken();
    expect(all).toEqual(expect.arrayContaining(["main: taken", "reader: taken"]));
    // The analysis, and what it loads when it is wanted.
    expect(all.length).toBeGreaterThan(5);
    for (const told of all) expect(told).toMatch(/: taken$/);
  });

  withCode("is not taken by one with other flags", () => {
    for (const told of taken(...OTHER_FLAGS)) expect(told).toMatch(/: rejected$/);
  });

  /** The files of `ready/` that a run opens under one version of Node's. */
  const opened = (version: string) => {
    const told = path.join(import.meta.dirname, "opened.cjs");
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--require", told, program, evidence, "-f", "json", "-q"],
      {
        encoding: "utf8",
        env: { ...process.env, VERSION: version },
      },
    );
    const names = stderr.match(/^opened: .*/gm)?.map((line) => path.basename(line)) ?? [];
    return { status, code: names.filter((name) => name.endsWith(".bin")) };
  };

  withCode(
    "is not taken by another release of Node, which may have the same version of V8 and another way to keep code",
    () => {
      const here = opened(process.version);
      expect(here.code.length).toBeGreaterThan(2);
      expect(opened("v20.0.1")).toEqual({ status: here.status, code: [] });
    },
  );

  it("an analysis finds Node's own modules loaded before flags were set, under which their compiled code is not taken", () => {
    const plain = path.join(root, "fixtures/incidents/docker-bad-dns");
    const late = path.join(import.meta.dirname, "late.cjs");
    const { stderr } = spawnSync(process.execPath, ["--require", late, program, plain, "-f", "json", "-q"], {
      encoding: "utf8",
    });
    // It is named without being loaded: `process` is there anyway.
    expect(stderr.trim()).toBe("late: process");
  });

  // V8 crashed on it, and in the wild where the slow way was taken by chance: an interrupt in the middle of a match, once in a thousand runs.
  it("expressions that Node ran before flags were set still match texts that V8 matches in its slow way", () => {
    const before = path.join(import.meta.dirname, "flattened.cjs");
    const { status, stderr } = spawnSync(process.execPath, ["--require", before, program, "--version"], {
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, "matched: 20 20\n"]);
  });
});
