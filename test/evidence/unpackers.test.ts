import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  openChunks,
  type Packing,
  PackingError,
  packingOf,
  readUnpackedHead,
} from "../../src/evidence/open.js";
import { reread } from "../../src/evidence/reread.js";

/** `printf 'first line\n'` and `printf 'second line\n'`, packed by xz 5.4 and bzip2 1.0.8. */
const FIRST = {
  xz: "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAKZmlyc3QgbGluZQoAACKDzwV2cU5UAAEjC8Ib/QkftvN9AQAAAAAEWVo=",
  bzip2: "QlpoMTFBWSZTWZqsPOgAAAHRgAAQQAADJRwAIAAiAYmhADC2sRKjn4u5IpwoSE1WHnQA",
};
const SECOND = {
  xz: "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQALc2Vjb25kIGxpbmUKAJoi6jGrtu1uAAEkDKYY2NgftvN9AQAAAAAEWVo=",
  bzip2: "QlpoOTFBWSZTWThAYMYAAAXRgAAQQAAOJYgAIAAiA0HqEAMEo1jsAPF3JFOFCQOEBgxg",
};
/** One byte with a SHA-256, which the decoder of xz cannot verify. */
const UNUSUAL =
  "/Td6WFoAAArh+wyhAgAhARYAAAB0L+WjAQABeAoAAABzyzhYpoeoSUyjMjBTAWKC89rTnULPYspOed2iqsfZrAABMgJ2gPgjGJtLmgEAAAAAClla";
const PLAIN = { encoding: "bytes", bom: 0 } as const;
const KINDS = ["xz", "bzip2"] as const;

const bytesOf = (base64: string) => Buffer.from(base64, "base64");
const isInstalled = (program: string) => spawnSync(program, ["--version"]).error === undefined;

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "unpackers-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function fileOf(...parts: Buffer[]): string {
  const file = path.join(dir, `file-${fs.readdirSync(dir).length}`);
  fs.writeFileSync(file, Buffer.concat(parts));
  return file;
}

async function unpack(file: string, packing: Packing): Promise<{ got: string; error: unknown }> {
  const parts: Buffer[] = [];
  let error: unknown;
  try {
    for await (const chunk of openChunks(file, packing)) parts.push(Buffer.from(chunk));
  } catch (thrown) {
    error = thrown;
  }
  return { got: Buffer.concat(parts).toString("latin1"), error };
}

describe.each(KINDS)("%s", (kind) => {
  const [first, second] = [bytesOf(FIRST[kind]), bytesOf(SECOND[kind])];

  it("is told by its first bytes", () => expect(packingOf(first)).toBe(kind));

  it("is unpacked, several streams too, as parallel packers write them", async () =>
    expect(await unpack(fileOf(first, second), kind)).toEqual({
      got: "first line\nsecond line\n",
      error: undefined,
    }));

  it.each([1, 12, 30])(
    "gives what is whole of a file that was cut by %d bytes, then says that it breaks off",
    async (cut) => {
      const { got, error } = await unpack(fileOf(first, second.subarray(0, -cut)), kind);
      expect(error).toBeInstanceOf(PackingError);
      expect((error as Error).message).toMatch(/breaks off/);
      expect("first line\nsecond line\n".startsWith(got)).toBe(true);
      expect(got).toMatch(/^first line\n/);
    },
  );

  it("gives nothing of what its checksum does not fit", async () => {
    for (let at = 0; at < second.length; at++) {
      const damaged = Buffer.from(second);
      damaged[at]! ^= 0x10;
      const { got, error } = await unpack(fileOf(first, damaged), kind);
      // Few bits mean nothing: those that pad the end of the last byte.
      if (error === undefined) expect(got).toBe("first line\nsecond line\n");
      else expect(error).toBeInstanceOf(PackingError);
      expect(got).toMatch(/^first line\n/);
    }
  });

  it("says that garbage follows, and gives what came before", async () => {
    const { got, error } = await unpack(fileOf(first, Buffer.from("What a mess of garbage.")), kind);
    expect(got).toBe("first line\n");
    expect(error).toBeInstanceOf(PackingError);
  });

  it("gives its beginning, and stretches of it again", async () => {
    const file = fileOf(first, second);
    expect((await readUnpackedHead(file, kind, 5)).toString()).toBe("first");
    const texts = await reread(file, kind, PLAIN, [{ offset: 11, length: 6 }]);
    expect(texts.get(11)).toBe("second");
  });

  (isInstalled(kind) ? it : it.skip)("is unpacked as the program itself does, with any content", async () => {
    const runs = Buffer.concat(Array.from({ length: 600 }, (_, i) => Buffer.alloc(i, i)));
    const lines = Buffer.from(
      Array.from({ length: 60_000 }, (_, i) => `line ${i} of ${(i * 7919) % 1009}\n`).join(""),
    );
    const noise = Buffer.from(
      Array.from({ length: 100_000 }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 13) & 255),
    );
    for (const content of [Buffer.alloc(0), Buffer.alloc(3_000_000), runs, lines, noise])
      for (const level of ["-1", "-9"]) {
        const packed = execFileSync(kind, ["-c", level], { input: content, maxBuffer: 1 << 24 });
        const { got, error } = await unpack(fileOf(packed), packingOf(packed));
        expect(error).toBeUndefined();
        expect(Buffer.from(got, "latin1").equals(content)).toBe(true);
      }
  });
});

describe("xz", () => {
  it("may be padded with zeros between streams", async () =>
    expect((await unpack(fileOf(bytesOf(FIRST.xz), Buffer.alloc(8), bytesOf(SECOND.xz)), "xz")).got).toBe(
      "first line\nsecond line\n",
    ));

  it("unpacks several files side by side", async () => {
    const file = fileOf(bytesOf(FIRST.xz), bytesOf(SECOND.xz));
    const both = [openChunks(file, "xz"), openChunks(file, "xz")];
    const begun = await Promise.all(both.map((chunks) => chunks.next()));
    expect(begun.map(({ value }) => String(value))).toEqual(Array(2).fill("first line\nsecond line\n"));
  });

  it("says what to do where a stream is of a kind that is not known", async () => {
    const { got, error } = await unpack(fileOf(bytesOf(UNUSUAL)), "xz");
    expect(got).toBe("");
    expect((error as Error).message).toMatch(/xz -d/);
  });
});
