import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { hashing } from "../../src/evidence/hash.js";

describe("hashing", () => {
  it.each([
    ["a small file, on the way", 3],
    ["a large file, in a thread beside", 17 << 20],
  ])("gives the SHA-256 of %s", async (_, bytes) => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "hash-"));
    const file = path.join(dir, "f");
    const content = Buffer.alloc(bytes, "evidence");
    fs.writeFileSync(file, content);
    const hash = hashing(file, bytes);
    hash.update(content);
    expect(await hash.digest()).toBe(crypto.createHash("sha256").update(content).digest("hex"));
    fs.rmSync(dir, { recursive: true });
  });

  it("fails, and does not hang, where a large file has gone", async () => {
    await expect(hashing("/nonexistent", 17 << 20).digest()).rejects.toThrow(/ENOENT/);
  });
});
