import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Hasher } from "../../src/evidence/hash.js";

const SMALL = 3;
const LARGE = 17 << 20;

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "hash-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function make(name: string, bytes: number): { absolute: string; bytes: number; sha256: string } {
  const absolute = path.join(dir, name);
  const content = Buffer.alloc(bytes, `evidence ${name}`);
  fs.writeFileSync(absolute, content);
  return { absolute, bytes, sha256: crypto.createHash("sha256").update(content).digest("hex") };
}

describe("hashing", () => {
  it("takes little evidence when it is asked for", async () => {
    const file = make("small", SMALL);
    const hasher = new Hasher([file], 2);
    expect(await hasher.digest(file.absolute)).toBe(file.sha256);
    expect(hasher.bytes).toBe(0);
    await expect(hasher.digest("/nonexistent")).rejects.toThrow(/ENOENT/);
  });

  it.each([1, 2, 7])("takes much evidence beside the reading, in %d threads", async (threads) => {
    const files = [make("small", SMALL), ...["a", "b", "c"].map((name, i) => make(name, LARGE + i))];
    const hasher = new Hasher(files, threads);
    for (const { absolute, sha256 } of files) expect(await hasher.digest(absolute)).toBe(sha256);
    expect(hasher.bytes).toBe(SMALL + 3 * LARGE + 3);
    await hasher.close();
  });

  it("fails, and does not hang, where a file has gone, and hashes the others", async () => {
    const file = make("there", LARGE);
    const hasher = new Hasher([{ absolute: "/nonexistent", bytes: 2 * LARGE }, file], 1);
    await expect(hasher.digest("/nonexistent")).rejects.toThrow(/ENOENT/);
    expect(await hasher.digest(file.absolute)).toBe(file.sha256);
    await hasher.close();
  });

  it("fails, and does not hang, when it is ended early", async () => {
    const file = make("long", 4 * LARGE);
    const hasher = new Hasher([file], 1);
    const digest = hasher.digest(file.absolute);
    await Promise.all([hasher.close(), expect(digest).rejects.toThrow(/ended/)]);
  });
});
