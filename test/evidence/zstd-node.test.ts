import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Attempt } from "../../src/evidence/attempt.js";
import { isLikeBomb } from "../../src/evidence/bomb.js";
import { isLarge, zstdChunks, zstdChunksHere } from "../../src/evidence/zstd-chunks.js";
import { isOneFrame } from "../../src/evidence/zstd-frame.js";
import { hasZstd, isForNode, zstdChunksByNode } from "../../src/evidence/zstd-node.js";
import { PACKED, rawFrame, skippableFrame, TEXT } from "./zstd-files.js";

/** What Node's own packer makes of bytes, with a checksum. */
const packed = (content: Buffer, level = 3): Buffer => {
  const { zstdCompressSync, constants } = zlib as unknown as {
    zstdCompressSync: (content: Buffer, options: object) => Buffer;
    constants: Record<string, number>;
  };
  const { ZSTD_c_checksumFlag: checksum, ZSTD_c_compressionLevel: how } = constants;
  return zstdCompressSync(content, { params: { [checksum!]: 1, [how!]: level } });
};

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "zstd-node-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function fileOf(...parts: Buffer[]): string {
  const file = path.join(dir, "file.zst");
  fs.writeFileSync(file, Buffer.concat(parts));
  return file;
}

/** All that chunks give, and whether they end with an error. */
async function collect(chunks: AsyncIterable<Buffer>): Promise<{ text: string; failed: boolean }> {
  const parts: Buffer[] = [];
  let failed = false;
  try {
    for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  } catch {
    failed = true;
  }
  return { text: Buffer.concat(parts).toString("latin1"), failed };
}

/** Bytes of which 7 bits are random. */
function noise(length: number): Buffer {
  let state = 1;
  const bytes = Buffer.allocUnsafe(length);
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 25;
  }
  return bytes;
}

/** A file with some of its header's bits as given. */
const withDescriptor = (file: Buffer, descriptor: number, ...more: number[]) =>
  Buffer.concat([file.subarray(0, 4), Buffer.from([descriptor, ...more]), file.subarray(5 + more.length)]);

describe("isOneFrame", () => {
  const isOne = (...parts: Buffer[]) => isOneFrame(fileOf(...parts), isLikeBomb);
  const CHECKSUM = Buffer.alloc(4);
  /** Of blocks that are not compressed, with a place for a checksum. */
  const checked = (content: Buffer) => Buffer.concat([withDescriptor(rawFrame(content), 4), CHECKSUM]);
  const content = Buffer.from(TEXT);

  it("knows what usual tools write", () => {
    expect(isOne(PACKED)).toBe(true);
    expect(isOne(checked(content))).toBe(true);
  });

  it("takes nothing that was cut", () => {
    for (let end = 0; end < PACKED.length; end += 3) expect(isOne(PACKED.subarray(0, end))).toBe(false);
  });

  it.each([
    ["bytes behind it", [PACKED, Buffer.from("garbage")]],
    ["another frame behind it", [PACKED, PACKED]],
    ["a frame to skip before it", [skippableFrame(Buffer.from("note")), PACKED]],
    ["no checksum", [rawFrame(content)]],
    ["a dictionary", [withDescriptor(checked(content), 5)]],
    ["what a later version may mean by it", [withDescriptor(checked(content), 4 | 8)]],
    ["a window of more than 8 MiB", [withDescriptor(checked(content), 4, (13 << 3) | 1)]],
    ["one segment of more than 8 MiB", [withDescriptor(PACKED, PACKED[4]!, 0xff, 0xff, 0xff, 0xff)]],
    ["no frame", [content]],
  ])("takes none with %s", (_, parts) => expect(isOne(...parts)).toBe(false));

  it("takes none that may unpack to more than bombs do, nor one with a block of a kind that is none", () => {
    expect(isOneFrame(fileOf(PACKED), (_, unpacked) => unpacked > 128 << 10)).toBe(false);
    const damaged = checked(content);
    damaged[6]! |= 6;
    expect(isOne(damaged)).toBe(false);
  });

  (hasZstd ? it : it.skip)("knows what Node packs, whatever it holds", () =>
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400_000 }), fc.integer({ min: 1, max: 255 }), (length, step) => {
        const bytes = Buffer.from(Array.from({ length }, (_, i) => Math.imul(i, step) >>> (i % 9)));
        expect(isOne(packed(bytes))).toBe(true);
      }),
      { seed: 1, numRuns: 20 },
    ));
});

(hasZstd ? describe : describe.skip)("Node's own decoder", () => {
  const lines = Buffer.from(
    Array.from({ length: 40_000 }, (_, i) => `line ${i} of ${(i * 7919) % 1009}\n`).join(""),
  );
  /** Too much to be unpacked by the calling thread. */
  const large = noise(3 << 20);

  it("gives the same", async () => {
    const file = fileOf(packed(large));
    expect(isLarge(fs.statSync(file).size)).toBe(true);
    const attempt = new Attempt();
    let read = 0;
    const chunks = zstdChunks(
      file,
      (bytes) => {
        read += bytes;
      },
      attempt,
    );
    expect(await collect(chunks)).toEqual({ text: large.toString("latin1"), failed: false });
    expect(attempt.failed).toBe(false);
    expect(read).toBe(fs.statSync(file).size);
  });

  it("may be left before the end", async () => {
    const attempt = new Attempt();
    for await (const _ of zstdChunks(fileOf(packed(large)), undefined, attempt)) break;
    expect(attempt.failed).toBe(false);
  });

  it("makes the attempt fail where something is wrong", async () => {
    const damaged = packed(large);
    damaged[damaged.length - 1]! ^= 1;
    const attempt = new Attempt();
    expect((await collect(zstdChunks(fileOf(damaged), undefined, attempt))).failed).toBe(true);
    expect(attempt.failed).toBe(true);
    expect(() => attempt.throwIfFailed()).toThrow("failed");
  });

  it("finds something wrong wherever the other one does, and gives the same where it does not", async () => {
    const whole = packed(lines);
    const damage = fc.array(
      fc.record({ at: fc.nat({ max: whole.length - 1 }), bits: fc.integer({ min: 1, max: 255 }) }),
      { maxLength: 3 },
    );
    let given = 0;
    await fc.assert(
      fc.asyncProperty(damage, async (places) => {
        const bytes = Buffer.from(whole);
        for (const { at, bits } of places) bytes[at]! ^= bits;
        const file = fileOf(bytes);
        if (!isForNode(file)) return;
        given++;
        const [ours, other] = [await collect(zstdChunksByNode(file)), await collect(zstdChunksHere(file))];
        expect(ours.failed).toBe(other.failed);
        if (!ours.failed) expect(ours.text === other.text).toBe(true);
      }),
      { seed: 1, numRuns: 150 },
    );
    expect(given).toBeGreaterThan(50);
  });
});
