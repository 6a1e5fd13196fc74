import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import * as esbuild from "esbuild";
import fc from "fast-check";
import { openChunks, PackingError, packingOf, readUnpackedHead } from "../../src/evidence/open.js";
import { ZstdReader } from "../../src/evidence/zstd.js";
import { beginBeside, zstdChunks } from "../../src/evidence/zstd-chunks.js";
import { loadZstd, type ZstdModule } from "../../src/evidence/zstd-module.js";
import { PACKED, rawFrame, skippableFrame, TEXT } from "./zstd-files.js";

const SOURCE = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../src/evidence/zstd-thread.ts");

let dir: string;
let zstd: ZstdModule;
let program: string;

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "zstd-"));
  zstd = await loadZstd();
  program = path.join(dir, "zstd-thread.mjs");
  await esbuild.build({
    entryPoints: [SOURCE],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
  });
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function file(name: string, ...parts: Buffer[]): string {
  const full = path.join(dir, name);
  fs.writeFileSync(full, Buffer.concat(parts));
  return full;
}

/** All that chunks give, and what they end with. */
async function collect(chunks: AsyncIterable<Buffer>): Promise<{ text: string; error: unknown }> {
  const parts: Buffer[] = [];
  let error: unknown;
  try {
    for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  } catch (thrown) {
    error = thrown;
  }
  return { text: Buffer.concat(parts).toString("latin1"), error };
}

const unpack = (name: string, ...parts: Buffer[]) => collect(openChunks(file(name, ...parts), "zstd"));

describe("loading the decoder", () => {
  it("leaves the global objects as they are", () => expect(typeof globalThis.fetch).toBe("function"));
});

describe("a zstd file", () => {
  it("is known by its first frame, be it one to skip", () => {
    expect(packingOf(PACKED)).toBe("zstd");
    expect(packingOf(skippableFrame(Buffer.from("note")))).toBe("zstd");
  });

  it("is unpacked", async () => {
    expect(await unpack("one.zst", PACKED)).toEqual({ text: TEXT, error: undefined });
  });

  it("may have several frames, and some that are skipped", async () => {
    const skipped = skippableFrame(Buffer.from("note"));
    expect(
      await unpack("several.zst", skipped, PACKED, skipped, rawFrame(Buffer.from("more")), skipped),
    ).toEqual({
      text: `${TEXT}more`,
      error: undefined,
    });
  });

  it("tells how much of it was read", async () => {
    let read = 0;
    await collect(
      openChunks(file("told.zst", PACKED), "zstd", (bytes) => {
        read += bytes;
      }),
    );
    expect(read).toBe(PACKED.length);
  });

  it("gives its beginning alone", async () => {
    const head = await readUnpackedHead(file("head.zst", PACKED), "zstd", 100);
    expect(head.toString("latin1")).toBe(TEXT.slice(0, 100));
  });

  it("gives what lies before a cut, then says that it breaks off", async () => {
    const whole = rawFrame(Buffer.from("x".repeat(400_000)));
    const { text, error } = await unpack("cut.zst", whole.subarray(0, 300_000));
    expect(text.length).toBeGreaterThanOrEqual(2 << 17);
    expect(error).toEqual(new PackingError("it breaks off"));
  });

  it("says when a checksum does not fit", async () => {
    const damaged = Buffer.from(PACKED);
    damaged[damaged.length - 1]! ^= 1;
    const { text, error } = await unpack("damaged.zst", damaged);
    expect(error).toEqual(new PackingError("the checksum does not fit the data"));
    expect(text.length).toBeGreaterThan(TEXT.length - (2 << 17));
    expect(TEXT.startsWith(text)).toBe(true);
  });

  it("gives everything before bytes that are no frame, then tells of them", async () => {
    const { text, error } = await unpack("more.zst", PACKED, Buffer.from("no frame"));
    expect(text).toBe(TEXT);
    expect(error).toEqual(new PackingError("what follows is no zstd frame"));
  });
});

describe("ZstdReader", () => {
  const frames = Buffer.concat([
    PACKED,
    skippableFrame(Buffer.alloc(9)),
    rawFrame(Buffer.from(TEXT.slice(0, 999))),
  ]);
  const unpacked = TEXT + TEXT.slice(0, 999);

  /** Reads with input in pieces of one size into rooms of another. */
  function read(bytes: Buffer, piece: number, room: number): { text: string; error: unknown } {
    let at = 0;
    const reader = new ZstdReader(zstd, (target) => {
      const part = bytes.subarray(at, at + Math.min(piece, target.length));
      target.set(part);
      at += part.length;
      return part.length;
    });
    const target = Buffer.alloc(room);
    const parts: Buffer[] = [];
    try {
      for (let count = reader.fill(target); count > 0; count = reader.fill(target))
        parts.push(Buffer.from(target.subarray(0, count)));
    } catch (error) {
      return { text: Buffer.concat(parts).toString("latin1"), error };
    } finally {
      reader.close();
    }
    return { text: Buffer.concat(parts).toString("latin1"), error: undefined };
  }

  it("gives the same whatever pieces come in and go out", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 100, max: 1 << 20 }),
        (piece, room) => {
          expect(read(frames, piece, room)).toEqual({ text: unpacked, error: undefined });
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });

  it("gives a beginning of the text wherever the file is cut, and an error unless it is cut between frames", () => {
    for (let end = 1; end < frames.length; end += 13) {
      const { text, error } = read(frames.subarray(0, end), 4096, 1 << 16);
      expect(unpacked.startsWith(text)).toBe(true);
      expect(error).toBeInstanceOf(PackingError);
    }
    expect(read(PACKED, 4096, 1 << 16)).toEqual({ text: TEXT, error: undefined });
  });

  it("gives its memory back", () => {
    read(frames, 4096, 1 << 16);
    const before = zstd.memory.buffer.byteLength;
    for (let i = 0; i < 50; i++) read(frames, 4096, 1 << 16);
    expect(zstd.memory.buffer.byteLength).toBe(before);
  });
});

describe("a large zstd file, unpacked beside the calling thread", () => {
  const text = TEXT.repeat(5);
  const packed = rawFrame(Buffer.from(text));

  it("gives the same", async () => {
    let read = 0;
    const chunks = zstdChunks(
      file("large.zst", packed),
      (bytes) => {
        read += bytes;
      },
      program,
    );
    expect(await collect(chunks)).toEqual({ text, error: undefined });
    expect(read).toBe(packed.length);
  });

  it("says that it breaks off", async () => {
    const cut = file("large-cut.zst", packed.subarray(0, packed.length - 1000));
    const { text: got, error } = await collect(zstdChunks(cut, undefined, program));
    expect(got.length).toBeGreaterThan(text.length - (2 << 17));
    expect(text.startsWith(got)).toBe(true);
    expect(error).toEqual(new PackingError("it breaks off"));
  });

  it("can be left before its end, while others are read", async () => {
    const left = zstdChunks(file("left.zst", packed), undefined, program);
    const read = zstdChunks(file("read.zst", packed), undefined, program);
    await left.next();
    const first = Buffer.from((await read.next()).value as Buffer).toString("latin1");
    await left.return(undefined);
    expect(await collect(read)).toEqual({ text: text.slice(first.length), error: undefined });
  });

  it("may be begun before it is read, by a thread that is kept for others", async () => {
    const own = path.join(dir, "own-thread.mjs");
    fs.copyFileSync(program, own);
    const begun = file("first.zst", packed);
    const end = beginBeside(begun, own)!;
    const first = zstdChunks(begun, undefined, own);
    expect(await collect(first)).toEqual({ text, error: undefined });
    // No other thread could be started.
    fs.rmSync(own);
    const second = zstdChunks(file("second.zst", packed), undefined, own);
    expect(await collect(second)).toEqual({ text, error: undefined });
    await end();
    const third = zstdChunks(file("third.zst", packed), undefined, own);
    expect((await collect(third)).error).toBeDefined();
  });

  it("may be begun and never read", async () => {
    const end = beginBeside(file("unread.zst", packed), program)!;
    await end();
    const again = zstdChunks(file("unread.zst", packed), undefined, program);
    expect(await collect(again)).toEqual({ text, error: undefined });
  });

  it("tells the system's error", async () => {
    const gone = file("gone.zst", packed);
    const chunks = zstdChunks(gone, undefined, program);
    fs.rmSync(gone);
    expect((await collect(chunks)).error).toMatchObject({ code: "ENOENT" });
  });
});
