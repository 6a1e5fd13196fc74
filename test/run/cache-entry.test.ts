import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Extent } from "../../src/decode/segment.js";
import { EntryWriter, readEntry } from "../../src/run/cache/entry.js";
import { SegmentCache } from "../../src/run/cache/store.js";

const KEY = "ab".repeat(32);
const SHA256 = "cd".repeat(32);
const SEGMENTS: readonly Extent[] = [
  { begin: 0, end: 10, ...{ wanted: [{ line: 1, told: [{ fields: { "host.name": "node-1" } }] }] } },
  { begin: 10, end: 20, ...{ times: Float64Array.of(1, Number.NaN), words: Int32Array.of(1, 2, 3) } },
  { begin: 20, end: 30, ...{ frames: Buffer.from("frames") } },
];

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "entry-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function read(file: string, key = KEY, sha256 = SHA256): { segments: unknown[]; complete: boolean } {
  const entry = readEntry(file, key, sha256);
  const segments: unknown[] = [];
  for (let next = entry.next(); ; next = entry.next()) {
    if (next.done) return { segments, complete: next.value };
    segments.push(next.value);
  }
}

function written(): string {
  const place = path.join(dir, "entry");
  const writer = new EntryWriter(dir, KEY);
  for (const segment of SEGMENTS) writer.add(segment);
  writer.commit(place, SHA256);
  return place;
}

describe("an entry", () => {
  it("gives the segments that were added, and leaves no other file", () => {
    expect(read(written())).toEqual({ segments: SEGMENTS, complete: true });
    expect(fs.readdirSync(dir)).toEqual(["entry"]);
  });

  it("is nobody else's: neither of another content, nor read in another way", () => {
    const place = written();
    expect(read(place, KEY, "ef".repeat(32))).toEqual({ segments: [], complete: false });
    expect(read(place, "ef".repeat(32))).toEqual({ segments: [], complete: false });
  });

  it("gives nothing that is damaged, whichever byte is", () => {
    const place = written();
    const good = fs.readFileSync(place);
    const damaged = path.join(dir, "damaged");
    for (let at = 0; at < good.length; at++) {
      const bytes = Buffer.from(good);
      bytes[at]! ^= 0x81;
      fs.writeFileSync(damaged, bytes);
      const { segments, complete } = read(damaged);
      expect(complete).toBe(false);
      expect(segments).toEqual(SEGMENTS.slice(0, segments.length));
    }
  });

  it("is known to be cut, wherever it is", () => {
    const place = written();
    const good = fs.readFileSync(place);
    const cut = path.join(dir, "cut");
    for (let length = 0; length < good.length; length++) {
      fs.writeFileSync(cut, good.subarray(0, length));
      const { segments, complete } = read(cut);
      expect(complete).toBe(false);
      expect(segments).toEqual(SEGMENTS.slice(0, segments.length));
    }
  });
});

describe("what is read of a file", () => {
  const folder = () => path.join(dir, "cache");
  const kept = () => fs.readdirSync(folder()).filter((name) => name.endsWith(".segments"));

  /** @returns what was told */
  async function keepWhile(
    happens: (file: string) => void,
    segment: Extent = SEGMENTS[0]!,
  ): Promise<string[]> {
    const told: string[] = [];
    const file = path.join(dir, "evidence.log");
    fs.writeFileSync(file, "text");
    const cache = new SegmentCache(
      { dir: folder(), settledMs: -1000, warn: (message) => void told.push(message) },
      [file],
      "readers",
      async () => SHA256,
    );
    const keeper = cache.keep(cache.keyOf("how"), file)!;
    keeper.add(segment);
    happens(file);
    keeper.complete();
    await cache.close();
    return told;
  }

  it("is not kept when the file was written to meanwhile, or went away", async () => {
    const told = await keepWhile((file) => fs.appendFileSync(file, "more"));
    expect(kept()).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/: 1 file is not kept: written to just now; /)]);
    expect(await keepWhile((file) => fs.rmSync(file))).toEqual([]);
    expect(kept()).toEqual([]);
    expect(fs.readdirSync(folder())).toEqual([]);
  });

  it("is not kept when it is hardly less than the file", async () => {
    const begin = { begin: 0, end: 1 << 20 };
    const told = await keepWhile(() => {}, { ...begin, ...{ frames: Buffer.alloc(2 << 20) } });
    expect(fs.readdirSync(folder())).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/: 1 file is not kept: nearly as much .* reads it again$/)]);
  });

  it("is kept when nothing happened to it", async () => {
    expect(await keepWhile(() => {})).toEqual([]);
    expect(kept()).toHaveLength(1);
  });
});
