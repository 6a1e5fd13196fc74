import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { tarEntries } from "../../../src/evidence/archive/tar.js";
import { PackingError } from "../../../src/evidence/packing-error.js";
import { paxText, tarEntry, tarOf } from "./makers.js";
import { inPieces, readAll } from "./read.js";

const LONG = "log line\n".repeat(200);

async function entriesIn(bytes: Buffer, piece = 700) {
  const complaints: string[] = [];
  const { read, error } = await readAll(
    tarEntries(inPieces(bytes, piece), (message) => complaints.push(message)),
  );
  return {
    read,
    error,
    complaints,
    texts: read.filter(({ kind }) => kind === "file").map(({ name, text }) => [name, text]),
  };
}

describe("a tar archive", () => {
  it.each([1, 511, 512, 513, 100_000])("gives its files, read %d bytes at a time", async (piece) => {
    const { texts, error, complaints } = await entriesIn(
      tarOf(
        { name: "var/log/messages", text: LONG },
        { name: "empty" },
        { name: "etc/hostname", text: "node-1\n" },
      ),
      piece,
    );
    expect(texts).toEqual([
      ["var/log/messages", LONG],
      ["empty", ""],
      ["etc/hostname", "node-1\n"],
    ]);
    expect([error, complaints]).toEqual([undefined, []]);
  });

  it("passes over what nobody reads", async () => {
    const names: string[] = [];
    const chunks = inPieces(tarOf({ name: "a", text: LONG }, { name: "b", text: LONG }), 700);
    for await (const { name } of tarEntries(chunks, () => {})) names.push(name);
    expect(names).toEqual(["a", "b"]);
  });

  it("tells folders, links and devices from files, also where a name that ends in a slash is all that says so", async () => {
    const { read } = await entriesIn(
      tarOf(
        { name: "d/", type: "5" },
        { name: "old/", type: "\0" },
        { name: "soft", type: "2", link: "/etc/passwd" },
        { name: "hard", type: "1", link: "a" },
        { name: "pipe", type: "6" },
        { name: "a", text: "1" },
      ),
    );
    expect(read.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "d/ folder",
      "old/ folder",
      "soft link",
      "hard link",
      "pipe special",
      "a file",
    ]);
  });

  it("takes names and lengths from where each form of the format keeps long ones", async () => {
    const name = `${"folder/".repeat(20)}журнал.log`;
    const { texts } = await entriesIn(
      Buffer.concat([
        tarEntry({ name: "@LongLink", type: "L", text: `${name}\0` }),
        tarEntry({ name: "cut", text: "gnu" }),
        tarEntry({ name: "PaxHeaders/x", type: "x", text: paxText({ mtime: "1795319188.5", path: name }) }),
        tarEntry({ name: "cut", text: "posix" }),
        tarOf({ name: "messages", prefix: "sosreport/var/log", text: "ustar" }),
      ]),
    );
    expect(texts).toEqual([
      [name, "gnu"],
      [name, "posix"],
      ["sosreport/var/log/messages", "ustar"],
    ]);
  });

  it("goes on behind an end mark, as archives that were joined have it", async () =>
    expect((await entriesIn(Buffer.concat([tarOf({ name: "a" }), tarOf({ name: "b" })]))).texts).toEqual([
      ["a", ""],
      ["b", ""],
    ]));

  it("gives what is there of one that was cut, and says where", async () => {
    const whole = tarOf({ name: "first", text: LONG }, { name: "second", text: LONG });
    for (let end = 2560 + 513; end < 2560 + 512 + LONG.length; end += 97) {
      const { texts, read, error } = await entriesIn(whole.subarray(0, end));
      expect(texts).toEqual([
        ["first", LONG],
        ["second", LONG.slice(0, end - 2560 - 512)],
      ]);
      expect(read[1]!.error).toMatch(/breaks off/);
      expect(error).toBeInstanceOf(PackingError);
      expect((error as Error).message).toMatch(/inside second/);
    }
  });

  it("says that one without an end mark may have been cut", async () =>
    expect((await entriesIn(tarEntry({ name: "a" }))).complaints).toEqual([
      expect.stringMatching(/no end mark/),
    ]));

  it("finds the next entry behind a damaged head, and says what was lost", async () => {
    const parts = [
      { name: "first", text: LONG },
      { name: "second", text: LONG },
      { name: "third", text: LONG },
    ];
    const bytes = tarOf(...parts);
    bytes[2560 + 3]! ^= 1;
    const { texts, complaints } = await entriesIn(bytes);
    expect(texts.map(([name]) => name)).toEqual(["first", "third"]);
    expect(complaints).toEqual([
      expect.stringMatching(/^byte 2560 of the archive .* 2560 bytes were passed over/),
    ]);
  });

  it("never hangs or crashes, whatever byte is damaged", async () => {
    const bytes = tarOf(
      { name: "a", text: paxText({ path: "b" }), type: "x" },
      { name: "first", text: "1" },
      { name: "s", type: "S", text: "22" },
    );
    for (let at = 0; at < bytes.length; at += 3) {
      const damaged = Buffer.from(bytes);
      damaged[at] = 0xff;
      const { error } = await entriesIn(damaged);
      expect(error === undefined || error instanceof PackingError).toBe(true);
    }
  });
});

const hasGnuTar = /GNU tar/.test(String(spawnSync("tar", ["--version"]).stdout ?? ""));

(hasGnuTar ? describe : describe.skip)("what GNU tar writes", () => {
  let dir: string;
  const name = `${"a-long-folder-name/".repeat(8)}messages`;
  const hollow = Buffer.concat([
    Buffer.from("begin"),
    Buffer.alloc(3 << 20),
    Buffer.from("middle"),
    Buffer.alloc(1 << 20),
    Buffer.from("end"),
  ]);
  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "tar-"));
    fs.mkdirSync(path.join(dir, "in", path.dirname(name)), { recursive: true });
    fs.writeFileSync(path.join(dir, "in", name), LONG);
    const fd = fs.openSync(path.join(dir, "in/hollow"), "w");
    // Written in parts, so that the holes are none of the disk's blocks.
    fs.writeSync(fd, "begin", 0);
    fs.writeSync(fd, "middle", 5 + (3 << 20));
    fs.writeSync(fd, "end", 11 + (4 << 20));
    fs.closeSync(fd);
  });
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  it.each([
    ["--format=gnu"],
    ["--format=posix"],
    ["--format=oldgnu"],
    ["--format=gnu", "--sparse"],
    ["--format=posix", "--sparse"],
  ])("is read: %s %s", async (...flags) => {
    const bytes = execFileSync("tar", ["-c", ...flags, "-C", path.join(dir, "in"), "."], {
      maxBuffer: 1 << 26,
    });
    const { read, error, complaints } = await entriesIn(bytes, 64 << 10);
    expect([error, complaints]).toEqual([undefined, []]);
    const texts = new Map(
      read.filter(({ kind }) => kind === "file").map((entry) => [entry.name, entry.text]),
    );
    expect([...texts.keys()].sort()).toEqual([`./${name}`, "./hollow"].sort());
    expect(texts.get(`./${name}`)).toBe(LONG);
    expect(texts.get("./hollow") === hollow.toString("latin1")).toBe(true);
  });
});
