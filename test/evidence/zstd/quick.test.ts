import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { QuickReader } from "../../../src/evidence/zstd/quick.js";
import { loadZstd, type ZstdModule } from "../../../src/evidence/zstd-module.js";
import { byReference, drain, readerOf, SAMPLES, sample } from "./samples.js";

let zstd: ZstdModule;
beforeAll(async () => {
  zstd = await loadZstd();
});

async function quickly(packed: Buffer, room = 1 << 20, piece?: number) {
  const reader = new QuickReader(readerOf(packed, piece));
  try {
    const { bytes } = await drain((target) => reader.fill(target), room);
    return { bytes, hasFaltered: reader.hasFaltered };
  } finally {
    reader.close();
  }
}

describe("the quick reader", () => {
  it.each(SAMPLES)("gives what the reference gives: %s", async (_, packed) => {
    const { bytes, hasFaltered } = await quickly(packed);
    expect(hasFaltered).toBe(false);
    expect(bytes.equals((await byReference(zstd, packed)).bytes)).toBe(true);
  });

  it("gives the same whatever pieces come in and go out", async () => {
    const packed = Buffer.concat([sample("narrow"), sample("best"), sample("runs")]);
    const { bytes } = await byReference(zstd, packed);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 100, max: 400_000 }),
        async (piece, room) => {
          const quick = await quickly(packed, room, piece);
          expect(quick.bytes.equals(bytes)).toBe(true);
        },
      ),
      { seed: 3, numRuns: 40 },
    );
  });

  it("leaves no trace in the kernel that the next one borrows", async () => {
    const before = await quickly(sample("best"));
    await quickly(sample("wide").subarray(0, 9000));
    expect(await quickly(sample("best"))).toEqual(before);
  });

  it("falters where a frame asks for a window of more than 8 MiB", async () => {
    const packed = Buffer.from(sample("turning"));
    packed[5] = 14 << 3;
    expect(await quickly(packed)).toEqual({ bytes: Buffer.alloc(0), hasFaltered: true });
  });

  it("falters where a frame was packed with a dictionary", async () => {
    const packed = sample("text");
    const withDictionary = Buffer.concat([packed.subarray(0, 6), Buffer.from([9]), packed.subarray(6)]);
    withDictionary[4]! |= 1;
    expect(await quickly(withDictionary)).toEqual({ bytes: Buffer.alloc(0), hasFaltered: true });
  });

  it("falters over an empty file, which is no zstd file", async () => {
    expect(await quickly(Buffer.alloc(0))).toEqual({ bytes: Buffer.alloc(0), hasFaltered: true });
  });

  it("gives nothing wrong before it falters over a checksum that does not fit", async () => {
    const packed = Buffer.from(sample("turning"));
    packed[packed.length - 1]! ^= 1;
    const { bytes, hasFaltered } = await quickly(packed);
    const whole = (await byReference(zstd, sample("turning"))).bytes;
    expect(hasFaltered).toBe(true);
    // What might be taken back was held back.
    expect(bytes.length).toBeLessThanOrEqual(whole.length - (128 << 10));
    expect(bytes.equals(whole.subarray(0, bytes.length))).toBe(true);
  });
});
