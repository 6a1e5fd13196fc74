import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { walk } from "../../src/evidence/walk.js";

let dir: string;

beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "walk-"));
  fs.mkdirSync(path.join(dir, "b/deep"), { recursive: true });
  fs.writeFileSync(path.join(dir, "b/deep/two.log"), "2");
  fs.writeFileSync(path.join(dir, "a one.log"), "1");
  fs.symlinkSync("..", path.join(dir, "b/loop"));
  fs.symlinkSync("a one.log", path.join(dir, "same.log"));
  fs.symlinkSync("nowhere", path.join(dir, "dangling"));
  execFileSync("mkfifo", [path.join(dir, "pipe")]);
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

describe("walk", () => {
  it("finds the files of a folder in the order of their names, relative to it", async () => {
    const { files } = await walk([dir]);
    expect(files.map(({ shown, bytes }) => [shown, bytes])).toEqual([
      ["a one.log", 1],
      ["b/deep/two.log", 1],
    ]);
  });

  it("reports loops, pipes, dangling links and files that it has read under another name, and opens none of them", async () => {
    const { problems } = await walk([dir]);
    const told = Object.fromEntries(problems.map(({ path: place, message }) => [place, message]));
    expect(told["b/loop"]).toMatch(/loop/);
    expect(told["pipe"]).toMatch(/named pipe/);
    expect(told["dangling"]).toMatch(/no such file/);
    expect(told["same.log"]).toMatch(/same file/);
    expect(problems).toHaveLength(4);
  });

  it("tells where links lead that lead to nothing, for a bundle's are of the host it was made on", async () => {
    const { links, problems } = await walk([dir]);
    expect(links).toEqual([{ shown: "dangling", target: "nowhere" }]);
    expect(problems.find(({ path: place }) => place === "dangling")?.severity).toBe("warning");
  });

  it("reports a path that is missing, with the next step", async () => {
    const { files, problems } = await walk([path.join(dir, "missing")]);
    expect(files).toEqual([]);
    expect(problems[0]).toMatchObject({
      severity: "error",
      message: expect.stringContaining("check the path"),
    });
  });

  it("expands a pattern where no file has that very name", async () => {
    const { files } = await walk([path.join(dir, "**/*.log")]);
    expect(files.map(({ shown }) => path.basename(shown)).sort()).toEqual(["a one.log", "two.log"]);
  });

  it("never opens a device", async () => {
    const { files, problems } = await walk(["/dev/null"]);
    expect(files).toEqual([]);
    expect(problems[0]!.message).toMatch(/a device/);
  });
});
