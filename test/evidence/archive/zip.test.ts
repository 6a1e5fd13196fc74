import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { zipEntries } from "../../../src/evidence/archive/zip.js";
import { PackingError } from "../../../src/evidence/packing-error.js";
import { zipOf } from "./makers.js";
import { readAll } from "./read.js";

const LONG = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join("");

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "zip-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

async function entriesIn(bytes: Buffer) {
  const file = path.join(dir, `${fs.readdirSync(dir).length}.zip`);
  fs.writeFileSync(file, bytes);
  const complaints: string[] = [];
  const { read, error } = await readAll(zipEntries(file, (message) => complaints.push(message)));
  return { read, error, complaints, texts: read.map(({ name, text }) => [name, text]) };
}

describe("a zip archive", () => {
  it("gives its files, packed or not, streamed or not", async () => {
    const { texts, error, complaints } = await entriesIn(
      zipOf(
        { name: "logs/stored", text: LONG, method: 0 },
        { name: "logs/deflated", text: LONG },
        { name: "logs/streamed", text: LONG, streamed: true },
        { name: "empty", text: "", method: 0 },
      ),
    );
    expect(texts).toEqual([
      ["logs/stored", LONG],
      ["logs/deflated", LONG],
      ["logs/streamed", LONG],
      ["empty", ""],
    ]);
    expect([error, complaints]).toEqual([undefined, []]);
  });

  it("tells folders and links from files, and reads names as Windows writes them", async () => {
    const { read } = await entriesIn(
      zipOf(
        { name: "d/", text: "", method: 0, mode: 0o40755 },
        { name: "soft", text: "/etc/passwd", mode: 0o120777 },
        { name: "logs\\dockerd.log", text: "1", mode: 0 },
      ),
    );
    expect(read.map(({ name, kind }) => [name, kind])).toEqual([
      ["d/", "folder"],
      ["soft", "link"],
      ["logs/dockerd.log", "file"],
    ]);
  });

  it("says of what it cannot open why, and what to do", async () => {
    const { read } = await entriesIn(
      zipOf(
        { name: "secret", text: "x", encrypted: true },
        { name: "lzma", text: "x", method: 14 },
        { name: "good", text: "y" },
      ),
    );
    expect(read.map(({ unreadable }) => unreadable)).toEqual([
      expect.stringMatching(/encrypted.*password/),
      expect.stringMatching(/method 14/),
      undefined,
    ]);
    expect(read[2]!.text).toBe("y");
  });

  it("hands on as it is what is packed by a method that is undone when a file is read", async () => {
    const packed = Buffer.from(
      "QlpoOTFBWSZTWThAYMYAAAXRgAAQQAAOJYgAIAAiA0HqEAMEo1jsAPF3JFOFCQOEBgxg",
      "base64",
    );
    const { texts } = await entriesIn(zipOf({ name: "a", text: "second line\n", method: 12, packed }));
    expect(texts).toEqual([["a", packed.toString("latin1")]]);
  });

  it("says of damaged data that it is damaged, and reads the others", async () => {
    const packed = zlib.deflateRawSync(LONG);
    packed.fill(0xff, packed.length >> 1);
    const { read, error } = await entriesIn(
      zipOf(
        { name: "wrong sum", text: "1", crc: 7 },
        { name: "torn", text: LONG, packed },
        { name: "good", text: LONG },
      ),
    );
    expect(read.map((entry) => entry.error !== undefined)).toEqual([true, true, false]);
    expect(read[0]!.error).toMatch(/checksum/);
    expect(read[1]!.text.slice(0, 1000)).toBe(LONG.slice(0, 1000));
    expect(read[2]!.text).toBe(LONG);
    expect(error).toBeUndefined();
  });

  it.each([false, true])(
    "gives what is there of one that was cut (streamed: %s), and says where",
    async (streamed) => {
      const whole = zipOf(
        { name: "d/", text: "", method: 0 },
        { name: "first", text: LONG, streamed },
        { name: "second", text: LONG, streamed },
      );
      for (const end of [whole.length - 30, whole.length - 1000, whole.length - 8000]) {
        const { read, error, complaints } = await entriesIn(whole.subarray(0, end));
        expect(complaints).toEqual([expect.stringMatching(/directory can't be read/)]);
        const files = read.filter(({ kind }) => kind === "file");
        expect(files.map(({ name }) => name)).toEqual(["first", "second"]);
        expect(files[0]).toEqual({ name: "first", kind: "file", text: LONG });
        expect(LONG.startsWith(files[1]!.text)).toBe(true);
        if (end < whole.length - 900) {
          expect(files[1]!.error).toBeDefined();
          if (!streamed) expect(error).toBeInstanceOf(PackingError);
        }
      }
    },
  );

  it("never hangs or crashes, whatever byte is damaged", async () => {
    const bytes = zipOf({ name: "first", text: "1".repeat(50) }, { name: "second", text: "2", method: 0 });
    for (let at = 0; at < bytes.length; at += 2) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0xff;
      const { error } = await entriesIn(damaged);
      expect(error === undefined || error instanceof PackingError).toBe(true);
    }
  });

  it("throws what the system says", async () =>
    expect((await readAll(zipEntries(path.join(dir, "none"), () => {}))).error).toMatchObject({
      code: "ENOENT",
    }));

  it("is empty where there is nothing but its end", async () =>
    expect(await entriesIn(zipOf())).toMatchObject({ texts: [], error: undefined, complaints: [] }));

  (canRun("python3") ? it : it.skip)("is read as Python writes it", async () => {
    const file = path.join(dir, "python.zip");
    const script =
      "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\nz.writestr('журнал.log','x'*99999)\nz.close()";
    execFileSync("python3", ["-c", script, file]);
    expect((await entriesIn(fs.readFileSync(file))).texts).toEqual([["журнал.log", "x".repeat(99_999)]]);
  });
});

function canRun(program: string): boolean {
  try {
    execFileSync(program, ["-c", ""]);
    return true;
  } catch {
    return false;
  }
}
