import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { PackingError } from "../../../src/evidence/packing-error.js";
import { SureReader } from "../../../src/evidence/zstd/sure.js";
import { loadZstd, type ZstdModule } from "../../../src/evidence/zstd-module.js";
import { byReference, drain, SAMPLES, sample } from "./samples.js";

let zstd: ZstdModule;
beforeAll(async () => {
  zstd = await loadZstd();
});

async function surely(packed: Buffer, room: number) {
  const reader = new SureReader((target, position) => {
    const piece = packed.subarray(position, position + target.length);
    target.set(piece);
    return piece.length;
  });
  try {
    return { ...(await drain((target) => reader.fill(target), room)), packed: reader.packed };
  } finally {
    reader.close();
  }
}

/** One and the same, also what is said of damage and how much is given before it. */
async function expectSame(packed: Buffer, room: number): Promise<void> {
  const expected = await byReference(zstd, packed, room);
  const { bytes, error } = await surely(packed, room);
  expect(error).toEqual(expected.error);
  expect(bytes.equals(expected.bytes)).toBe(true);
}

const packedFile = fc.constantFrom(...SAMPLES.map(([, packed]) => packed));
const room = fc.constantFrom(256 << 10, 1 << 20);

describe("the sure reader", () => {
  it.each(SAMPLES)("gives what the reference gives: %s", async (_, packed) => {
    await expectSame(packed, 1 << 20);
  });

  it("tells how much of the packed file was read", async () => {
    const packed = sample("turning");
    expect((await surely(packed, 1 << 20)).packed).toBe(packed.length);
    expect((await surely(packed.subarray(0, 20_000), 1 << 20)).packed).toBe(20_000);
  });

  it("unpacks with the reference what needs a window of more than 8 MiB", async () => {
    const packed = Buffer.from(sample("turning"));
    packed[5] = 14 << 3;
    const { bytes, error } = await surely(packed, 1 << 20);
    expect({ bytes: bytes.length, error }).toEqual({ bytes: 6 << 20, error: undefined });
  });

  it("says of a cut file what the reference says, after the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(packedFile, fc.nat(), room, async (packed, cut, size) => {
        await expectSame(packed.subarray(0, cut % packed.length), size);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it("says of damaged bytes what the reference says, after the same bytes", async () => {
    const damage = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 })),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(packedFile, damage, fc.boolean(), room, async (packed, places, early, size) => {
        const damaged = Buffer.from(packed);
        // The beginning has most of what blocks are described by.
        const length = early ? Math.min(400, packed.length) : packed.length;
        for (const [place, change] of places) damaged[Math.floor(place * (length - 1))]! ^= change;
        await expectSame(damaged, size);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it("says in each call that there is no more", async () => {
    const packed = sample("text").subarray(0, 6000);
    const reader = new SureReader((target, position) => {
      const piece = packed.subarray(position, position + target.length);
      target.set(piece);
      return piece.length;
    });
    const target = new Uint8Array(1 << 20);
    while ((await reader.fill(target).catch(() => 0)) > 0);
    await expect(reader.fill(target)).rejects.toEqual(new PackingError("it breaks off"));
    reader.close();
  });

  it("passes the system's error on", async () => {
    const reader = new SureReader(() => {
      throw Object.assign(new Error("no such device"), { code: "EIO" });
    });
    await expect(reader.fill(new Uint8Array(1 << 20))).rejects.toMatchObject({ code: "EIO" });
    reader.close();
  });
});
