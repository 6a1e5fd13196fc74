import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { gunzip } from "../../src/evidence/gzip.js";
import { openChunks, PackingError, packingOf, readHead } from "../../src/evidence/open.js";
import { reread } from "../../src/evidence/reread.js";

const PLAIN = { encoding: "bytes", bom: 0 } as const;
const text = Array.from({ length: 200_000 }, (_, i) => `line ${i}\n`).join("");
let dir: string;
const at = (name: string) => path.join(dir, name);

beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "open-"));
  fs.writeFileSync(at("plain"), text);
  const half = text.length >> 1;
  fs.writeFileSync(
    at("two-members.gz"),
    Buffer.concat([zlib.gzipSync(text.slice(0, half)), zlib.gzipSync(text.slice(half))]),
  );
  fs.writeFileSync(at("cut.gz"), zlib.gzipSync(text).subarray(0, 200_000));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

async function collect(name: string): Promise<{ got: string; error: unknown }> {
  const parts: Buffer[] = [];
  try {
    for await (const chunk of openChunks(at(name), packingOf(readHead(at(name), 512))))
      parts.push(Buffer.from(chunk));
  } catch (error) {
    return { got: Buffer.concat(parts).toString(), error };
  }
  return { got: Buffer.concat(parts).toString(), error: undefined };
}

describe("openChunks", () => {
  it("gives a plain file's bytes", async () => expect((await collect("plain")).got).toBe(text));

  it("unpacks all members of a gzip file", async () =>
    expect((await collect("two-members.gz")).got).toBe(text));

  it("gives what a cut gzip file still holds, then says that it breaks off", async () => {
    const { got, error } = await collect("cut.gz");
    expect(error).toBeInstanceOf(PackingError);
    expect(got.length).toBeGreaterThan(100_000);
    expect(text.startsWith(got)).toBe(true);
  });
});

describe("gunzip", () => {
  const packed = async function* () {
    yield zlib.gzipSync(text);
  };

  it("gives the memory of a piece back when the next is asked for", async () => {
    const chunks: Buffer[] = [];
    let got = "";
    for await (const chunk of gunzip(packed())) {
      for (const before of chunks) expect(before).toHaveLength(0);
      chunks.push(chunk);
      got += chunk.toString();
    }
    expect(got).toBe(text);
    expect(chunks.length).toBeGreaterThan(2);
  });

  it("goes on when it is asked again long after", async () => {
    let got = "";
    for await (const chunk of gunzip(packed())) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      got += chunk.toString();
    }
    expect(got).toBe(text);
  });
});

describe("reread", () => {
  const offset = text.indexOf("line 150000\n");
  const ranges = [
    { offset, length: 11 },
    { offset: 0, length: 6 },
  ];

  it.each(["plain", "two-members.gz"])("reads stretches of %s again", async (name) => {
    const texts = await reread(at(name), packingOf(readHead(at(name), 512)), PLAIN, ranges);
    expect(texts.get(offset)).toBe("line 150000");
    expect(texts.get(0)).toBe("line 0");
  });
});
