import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FLAG, PACKED } from "../../../../src/decode/journal/binary/layout.js";
import { unpackLz4Block } from "../../../../src/decode/journal/binary/lz4.js";
import { loadUnpackers, MOST_UNPACKED } from "../../../../src/decode/journal/binary/unpack.js";
import { LZ4, lz4Block, XZ, xzStream, ZSTD } from "./writer.js";

const many = (count: number, of: number) =>
  Array.from({ length: count }, (_, i) => `line ${i % of} of many\n`).join("");

/** What liblzma 5.4 makes of {@link LONG}, with a dictionary of 1 MiB and no check, as journald asks for it. */
const XZ_SAMPLE =
  "/Td6WFoAAAD/EtlBAgAhARAAAACocI6G4xUrAftdACaRRsDRlFfklElMy1hoRifmLCRxb+GGfObszxCtZZ8+cfDbvdKtl0gT9y6nCCcReTER8HwW/HMPFtQ2NRcLRnvD4j/q0Tgxy9/abQxYCapT14Is1Iy2VCPXaNq6FCcF9Abe//2TyBa1hc06lt6TynvkRF9s6jxs0NgM9/9CtKoAE1roSnUi6/uxpTQCKypQRoQDIInlNos5609YxwYScB/a3wZ8MhYlMO7jIkqPgyVBN0zn6NfzrAvAkwI4nLHgfU6C3qIIc423qzNBaLc13KUetq0Yj7udeHLdADgFdafJmn4x/bKJ8GxwLTdkEJbQ97Bvs5YXp1jbj7kIMcuUWNQ+kSDFr/NjYbtgNDx2J2JFFvPOzMlskVcZDhj3DxQ9u9XZhXbMNVDk/C5xqtgPlJ/9u3fm3mwOycq1BfMLgrQZFZFdlcaA37XUJ5iwdzJ84hLJurFVzQd1xkylzpbbUqPX1MCXogu/m7BuIC7VrtSWMC70QYAZOZFjkebZmuuRPx7PqZ/SK/IDbe8kMSGn913dluZQkTncggurquQXh2SNkH58ajzOOohoFIpw63iJ337ju+075n4H7xKH+bZXgi6Rm1BzAtKpEY69IrTL1F0buV9VtWKkYDdiJTym6cCp9NH+/4D7rsMBj4AqHNPazRtGbbXk1+JRIWN7AAAAAAGPBKyqDAAX5dSmqAAK/AIAAAAAAFla";
const LONG = `MESSAGE=${many(12_000, 700)}`;

/** What lz4js 0.2 makes of {@link SHORT}. */
const LZ4_SAMPLE =
  "8QhNRVNTQUdFPWxpbmUgMCBvZiBtYW55Cg8AGjEPABoyDwAaMw8AGjQPABo1DwAaNg8AD2kA////Bh94AQD/fYAgdGhlIGVuZLwEYGl0IGFsbA==";
const SHORT = `MESSAGE=${many(60, 7)}${"x".repeat(400)} the end of it all`;

const bytesOf = (text: string) => Buffer.from(text, "base64");
const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("latin1");

describe("packed payloads of a journal file", () => {
  it("are unpacked by what the header announces, and by nothing else", async () => {
    expect([...(await loadUnpackers(0)).keys()]).toEqual([]);
    const all = await loadUnpackers(FLAG.xz | FLAG.lz4 | FLAG.zstd | FLAG.compact | FLAG.keyedHash);
    for (const { flag, pack } of [XZ, LZ4, ZSTD])
      for (const length of [1, 15, 16, 270, 5000, 60_000]) {
        const content = "payload ".repeat(length).slice(0, length);
        expect(textOf(all.get(flag)!(pack(Buffer.from(content))))).toBe(content);
      }
  });

  it("are unpacked as real libraries packed them", async () => {
    const all = await loadUnpackers(FLAG.xz | FLAG.lz4);
    expect(textOf(all.get(PACKED.xz)!(bytesOf(XZ_SAMPLE)))).toBe(LONG);
    const target = new Uint8Array(4096);
    const count = unpackLz4Block(bytesOf(LZ4_SAMPLE), target);
    expect(textOf(target.subarray(0, count))).toBe(SHORT);
  });

  it("are refused when they are longer than any record", async () => {
    const all = await loadUnpackers(FLAG.lz4 | FLAG.zstd);
    const content = Buffer.alloc(MOST_UNPACKED + 1, "x");
    for (const { flag, pack } of [LZ4, ZSTD]) {
      expect(all.get(flag)!(pack(content))).toBeUndefined();
      expect(all.get(flag)!(pack(content.subarray(1)))?.length).toBe(MOST_UNPACKED);
    }
  });

  it("never throw, nor write beside their place, when they are damaged or cut", async () => {
    const all = await loadUnpackers(FLAG.xz | FLAG.lz4 | FLAG.zstd);
    const samples = [
      { flag: PACKED.xz, bytes: bytesOf(XZ_SAMPLE) },
      { flag: PACKED.xz, bytes: xzStream(Buffer.from("payload")) },
      { flag: PACKED.lz4, bytes: Buffer.concat([Buffer.alloc(8), bytesOf(LZ4_SAMPLE)]) },
      { flag: PACKED.zstd, bytes: ZSTD.pack(Buffer.from("payload ".repeat(100))) },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 4 }),
        fc.option(fc.nat(2000)),
        ({ flag, bytes }, writes, cut) => {
          const damaged = Buffer.from(bytes);
          for (const [at, byte] of writes) damaged[at % damaged.length] = byte;
          const result = all.get(flag)!(damaged.subarray(0, cut ?? damaged.length));
          expect(result?.length ?? 0).toBeLessThanOrEqual(MOST_UNPACKED);
        },
      ),
      { seed: 4, numRuns: 600 },
    );
    // What comes after damage is unpacked as before.
    expect(textOf(all.get(PACKED.xz)!(bytesOf(XZ_SAMPLE)))).toBe(LONG);
  });
});

describe("a block of lz4", () => {
  it.each([
    ["literals", lz4Block(Buffer.from("abc")), "abc"],
    ["a match that reaches into itself", Buffer.from([0x1b, 0x61, 1, 0, 0x10, 0x62]), `${"a".repeat(16)}b`],
    ["a long match", Buffer.from([0x2f, 0x61, 0x62, 2, 0, 255, 1, 0x10, 0x63]), `${"ab".repeat(138)}${"a"}c`],
  ])("of %s", (_, block, text) => {
    const target = new Uint8Array(text.length);
    const count = unpackLz4Block(block, target);
    expect(textOf(target.subarray(0, count))).toBe(text);
    expect(unpackLz4Block(block, new Uint8Array(text.length - 1))).toBeUndefined();
  });

  it.each([
    ["no match before its end", [0x10, 0x61, 1, 0]],
    ["a distance of nothing", [0x10, 0x61, 0, 0, 0x10, 0x62]],
    ["a distance beyond what was unpacked", [0x10, 0x61, 2, 0, 0x10, 0x62]],
    ["literals that are missing", [0x30, 0x61]],
    ["a length that goes on behind its end", [0xf0, 255, 255]],
    ["nothing", []],
  ])("with %s is damaged", (_, block) => {
    expect(unpackLz4Block(Uint8Array.from(block), new Uint8Array(100))).toBeUndefined();
  });
});
