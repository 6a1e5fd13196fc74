import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

/** The built program, as users run it: `npm ci` builds it. */
const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "dist/hindcast.js");
const built = fs.existsSync(program) ? describe : describe.skip;

const incident = (name: string) => path.join(root, "fixtures/incidents", name);
const [good, bad] = [incident("lost-nat-fixed-mac"), incident("lost-nat-bridge-mac")];

function compare(args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "compare", ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"]! },
  });
  return { status, stdout, stderr };
}

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "compare-cli-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

built("hindcast compare", () => {
  it("prints what differs, the most telling first, with records", () => {
    const { status, stdout, stderr } = compare([good, bad]);
    expect([status, stderr]).toEqual([0, ""]);
    const numbered = [...stdout.matchAll(/^ {2}\d {2}(\S+)/gm)].map(([, what]) => what);
    expect(numbered[0]).toBe("bridge-mac-change");
    expect(stdout).toMatch(/^GOOD /m);
    expect(stdout).toMatch(/^ {11}\S+:\d+ /m);
  });

  it("prints one JSON document, the same with any number of threads", () => {
    const one = compare([good, bad, "-f", "json", "--jobs", "1"]).stdout;
    expect(JSON.parse(one)).toMatchObject({ schema: "hindcast.compare/1" });
    expect(compare([good, bad, "-f", "json", "--jobs", "3"]).stdout).toBe(one);
  });

  it("writes Markdown to a file, whole", () => {
    const file = path.join(dir, "compare.md");
    expect(compare([good, bad, "-f", "markdown", "-o", file])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(fs.readFileSync(file, "utf8")).toMatch(/^# A good run and a bad one\n/);
  });

  it("says so where one side cannot be read", () => {
    const { status, stdout } = compare([path.join(dir, "nowhere"), bad]);
    expect(status).toBe(3);
    expect(stdout).toContain("READ WITH TROUBLE");
    expect(stdout).toMatch(/GOOD .*nowhere/);
  });

  it("needs two paths", () => {
    expect(compare([good])).toMatchObject({ status: 2, stdout: "" });
  });
});
