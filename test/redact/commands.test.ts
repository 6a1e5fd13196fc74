import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { documents, FORMATS, PLANTS } from "./plants.js";

/** The built program: what it prints is what leaves the house. */
const PROGRAM = path.join(import.meta.dirname, "../../dist/hindcast.js");
const built = fs.existsSync(PROGRAM) ? describe : describe.skip;

built("secrets planted in evidence are in nothing that a command prints with --redact", () => {
  let dir: string;
  const { files, secrets } = documents();
  const all = [...secrets, ...PLANTS.flatMap((plant) => plant.secrets)];
  const left = (text: string) => all.filter((secret) => text.includes(secret));
  const printed = (...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, ...args], {
      encoding: "latin1",
      maxBuffer: 1 << 28,
    });
    return { text: stdout + stderr, status };
  };

  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-redact-"));
    for (const [name, write] of Object.entries(FORMATS))
      fs.writeFileSync(path.join(dir, name), write(PLANTS));
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(dir, name), text);
  });
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  it("is true of the evidence: without the flag they are shown", () => {
    expect(left(printed("timeline", dir, "-f", "jsonl").text).length).toBeGreaterThan(100);
  });

  it.each([
    [["timeline", "-f", "jsonl"]],
    [["query", "any where true", "-f", "csv", "--fetch-size", "100000"]],
    [["clocks", "-f", "json"]],
    [["export", "--to", "ecs"]],
    [["export", "--to", "csv"]],
    [["export", "--to", "otlp"]],
  ])("%j", ([command, ...rest]) => {
    const eql = command === "query" ? [rest.shift()!] : [];
    const { text, status } = printed(command!, ...eql, dir, ...rest, "--redact=secrets");
    expect([0, 4]).toContain(status);
    expect(text.length).toBeGreaterThan(command === "clocks" ? 100 : 10_000);
    expect(left(text)).toEqual([]);
  });
});
