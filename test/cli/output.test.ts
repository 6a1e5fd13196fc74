import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { writeWhole } from "../../src/cli/output.js";
import { progressLine } from "../../src/cli/progress.js";

describe("the progress line", () => {
  it("tells how far, how fast, and how long it takes at that rate", () => {
    expect(progressLine(250e6, 1000e6, 500)).toBe("reading: 25 % of 1000.0 MB, 500 MB/s, 2 s left");
    expect(progressLine(1e9, 100e9, 6000)).toBe("reading: 1 % of 100000.0 MB, 167 MB/s, 10 min left");
  });

  it("never says that all is done, and nothing of an end that it can't foresee", () => {
    expect(progressLine(1001, 1000, 1000)).toMatch(/^reading: 99 % /);
    expect(progressLine(0, 0, 500)).toBe("reading: 0 % of 0.0 MB, 0 MB/s");
  });
});

describe("writing a report", () => {
  let dir: string;
  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "output-"));
  });
  afterEach(() => fs.rmSync(dir, { recursive: true }));

  it("replaces an ordinary file, and leaves nothing beside it", () => {
    const file = path.join(dir, "report.md");
    writeWhole(file, "old");
    writeWhole(file, "new");
    expect(fs.readFileSync(file, "utf8")).toBe("new");
    expect(fs.readdirSync(dir)).toEqual(["report.md"]);
  });

  it("writes into what is no ordinary file, in place of replacing it", () => {
    // A link to a device stands for one: replacing it would leave an ordinary file.
    const link = path.join(dir, "null");
    fs.symlinkSync("/dev/null", link);
    writeWhole(link, "a report");
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
    expect(fs.statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("says what to do where it cannot write", () => {
    expect(() => writeWhole(path.join(dir, "no", "such.md"), "")).toThrow(/choose another place/);
  });
});
