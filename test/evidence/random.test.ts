import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { inBuffer, openPlain, openUnpacked, type RandomAccess } from "../../src/evidence/random.js";

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 9)) & 255));

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "random-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function fileOf(bytes: Buffer): string {
  const file = path.join(dir, `file-${fs.readdirSync(dir).length}`);
  fs.writeFileSync(file, bytes);
  return file;
}

function expectContent(file: RandomAccess, content: Buffer): void {
  expect(file.size).toBe(content.length);
  const target = Buffer.alloc(1000);
  for (const at of [0, 1, 65_535, 299_500, 299_999, 300_000, 900_000]) {
    const count = file.read(target, at);
    expect(target.subarray(0, count)).toEqual(content.subarray(at, at + 1000));
  }
  file.close();
}

describe("a file of which any part can be read", () => {
  it("is read as it lies on disk", () => expectContent(openPlain(fileOf(CONTENT)), CONTENT));

  it("is bytes at hand", () => expectContent(inBuffer(CONTENT), CONTENT));

  it.each([
    ["memory", 1 << 30],
    ["a temporary file", 1000],
  ])("is unpacked into %s", async (_, inMemory) => {
    const temporary = path.join(dir, `temporary-${inMemory}`);
    fs.mkdirSync(temporary);
    let packed = 0;
    const bytes = zlib.gzipSync(CONTENT);
    const file = await openUnpacked(fileOf(bytes), "gzip", {
      dir: temporary,
      inMemory,
      tap: (count) => {
        packed += count;
      },
    });
    // Nobody finds it, and nothing is left of it however the program ends.
    expect(fs.readdirSync(temporary)).toEqual([]);
    expect(file.failure).toBeUndefined();
    expect(packed).toBe(bytes.length);
    expectContent(file, CONTENT);
  });

  it.each([1 << 30, 1000])(
    "is what could be unpacked of a damaged one, with the reason (%d)",
    async (inMemory) => {
      const cut = zlib.gzipSync(CONTENT, { level: 0 }).subarray(0, 200_000);
      const file = await openUnpacked(fileOf(cut), "gzip", { dir, inMemory });
      expect(file.failure?.message).toMatch(/unexpected end/);
      expect(file.size).toBeGreaterThan(100_000);
      expectContent(file, CONTENT.subarray(0, file.size));
    },
  );

  it("throws what the system says", async () => {
    expect(() => openPlain(path.join(dir, "none"))).toThrow("ENOENT");
    await expect(openUnpacked(path.join(dir, "none"), "gzip")).rejects.toThrow("ENOENT");
    const file = fileOf(zlib.gzipSync(CONTENT));
    await expect(
      openUnpacked(file, "gzip", { dir: path.join(dir, "no-folder"), inMemory: 10 }),
    ).rejects.toThrow("ENOENT");
  });
});
