import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { expand } from "../../../src/evidence/archive/expand.js";
import { LIMITS, type Limits } from "../../../src/evidence/archive/limits.js";
import { tarOf, zipOf } from "./makers.js";

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "expand-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** Opens a file with these bytes: what comes of it, and whether something is left behind. */
async function opened(shown: string, bytes: Buffer, limits: Partial<Limits> = {}) {
  const place = fs.mkdtempSync(path.join(dir, "case-"));
  const absolute = path.join(place, "file");
  fs.writeFileSync(absolute, bytes);
  const tmp = path.join(place, "tmp");
  fs.mkdirSync(tmp);
  const { files, close } = await expand([{ absolute, shown, bytes: bytes.length }], {
    dir: tmp,
    limits: { ...LIMITS, ...limits },
  });
  const texts = Object.fromEntries(
    files
      .filter(({ archive }) => !archive)
      .map((file) => [file.shown, fs.readFileSync(file.absolute, "latin1")]),
  );
  const modes = fs.readdirSync(tmp).map((name) => fs.statSync(path.join(tmp, name)).mode & 0o777);
  close();
  expect(fs.readdirSync(tmp)).toEqual([]);
  expect(fs.readFileSync(absolute)).toEqual(bytes);
  return {
    files,
    texts,
    modes,
    messages: files.flatMap(({ problems = [] }) =>
      problems.map(({ path: at, message }) => `${at}: ${message}`),
    ),
  };
}

describe("archives among the evidence", () => {
  it("leave other files alone, packed or not", async () => {
    for (const bytes of [Buffer.from("a line\n"), zlib.gzipSync("a line\n"), Buffer.alloc(0)]) {
      const { files, modes } = await opened("log", bytes);
      expect(files).toEqual([{ absolute: expect.anything(), shown: "log", bytes: bytes.length }]);
      expect(modes).toEqual([]);
    }
  });

  it("become files behind their archive, in the order of their names, which nobody else can read meanwhile", async () => {
    const { files, texts, modes } = await opened(
      "bundle.tar",
      tarOf(
        { name: "./var/log/messages", text: "2" },
        { name: "etc/hostname", text: "1" },
        { name: "d", type: "5" },
      ),
    );
    expect(files.map(({ shown }) => shown)).toEqual([
      "bundle.tar",
      "bundle.tar!/etc/hostname",
      "bundle.tar!/var/log/messages",
    ]);
    expect(files[0]!.archive).toBe("tar");
    expect(texts).toEqual({ "bundle.tar!/etc/hostname": "1", "bundle.tar!/var/log/messages": "2" });
    expect(modes).toEqual([0o700]);
  });

  it("are opened inside of each other, whatever they are packed with", async () => {
    const inner = zlib.gzipSync(tarOf({ name: "a.log", text: "1" }));
    const zip = zipOf({ name: "inner.tgz", text: inner }, { name: "b.log", text: "2" });
    const { texts, messages } = await opened("outer.zip.gz", zlib.gzipSync(zip));
    expect(texts).toEqual({
      "outer.zip.gz!/outer.zip!/b.log": "2",
      "outer.zip.gz!/outer.zip!/inner.tgz!/a.log": "1",
    });
    expect(messages).toEqual([]);
  });

  it("never write where their paths lead, follow no links, and say so", async () => {
    const { texts, messages } = await opened(
      "evil.tar",
      tarOf(
        { name: "../../../../tmp/evil", text: "1" },
        { name: "/etc/cron.d/evil", text: "2" },
        { name: "passwd", type: "2", link: "/etc/passwd" },
        { name: "passwd", text: "3" },
        { name: "passwd", text: "4" },
        { name: "null", type: "3" },
      ),
    );
    expect(texts).toEqual({
      "evil.tar!/../../../../tmp/evil": "1",
      "evil.tar!/etc/cron.d/evil": "2",
      "evil.tar!/passwd": "3",
      "evil.tar!/passwd (2)": "4",
    });
    expect(messages).toEqual([
      "evil.tar: 1 of its entries are links, which are not followed; the first is passwd",
      "evil.tar: 1 of its entries are devices, pipes or other things without contents; the first is null",
      "evil.tar: 2 of its entries have paths that lead out of the archive: they were read, and written nowhere; the first is ../../../../tmp/evil",
    ]);
  });

  it("give what can be read of damaged ones, with the place", async () => {
    const text = "x".repeat(3000);
    const { texts, messages } = await opened(
      "cut.tar",
      tarOf({ name: "a", text }, { name: "b", text }).subarray(0, 3584 + 512 + 1000),
    );
    expect(texts).toEqual({ "cut.tar!/a": text, "cut.tar!/b": text.slice(0, 1000) });
    expect(messages).toEqual([
      expect.stringMatching(
        /^cut.tar: the archive could not be read to its end: it breaks off inside b; what came before was read/,
      ),
      expect.stringMatching(/^cut.tar!\/b: its end is missing \(it breaks off 2000 bytes before its end\)/),
    ]);
  });

  it("say that there is nothing in them", async () => {
    for (const bytes of [zipOf(), zlib.gzipSync(tarOf({ name: "d/", type: "5" }))])
      expect((await opened("empty", bytes)).messages).toEqual(["empty: the archive is empty"]);
  });

  it.each<[string, Partial<Limits>, RegExp]>([
    ["more bytes than they may have", { bytes: 5000 }, /unpacks to more than/],
    ["more entries", { entries: 2 }, /more than 2 entries/],
    ["bytes that were packed too tightly", { ratio: 2, ratioFrom: 4000 }, /2 times its length/],
    ["archives inside of each other too deeply", { depth: 0 }, /lies in 0 archives/],
  ])("are not read on when they have %s; what came before is kept", async (_, limits, message) => {
    const text = "1".repeat(3000);
    const inner = tarOf({ name: "c", text: "3" });
    const { texts, messages } = await opened(
      "bomb.tgz",
      zlib.gzipSync(tarOf({ name: "a", text }, { name: "b", text: inner }, { name: "d", text })),
      limits,
    );
    expect(texts["bomb.tgz!/a"]).toBe(text);
    expect(messages[0]).toMatch(message);
    expect(Object.keys(texts)).not.toEqual(["bomb.tgz!/a", "bomb.tgz!/b!/c", "bomb.tgz!/d"]);
  });

  it("say where no temporary file can be written", async () => {
    const absolute = path.join(dir, "plain.tar");
    fs.writeFileSync(absolute, tarOf({ name: "a", text: "1" }));
    const { files, close } = await expand([{ absolute, shown: "plain.tar", bytes: 1 }], {
      dir: path.join(dir, "none"),
    });
    close();
    expect(files).toHaveLength(1);
    expect(files[0]!.problems![0]!.message).toMatch(
      /no file could be written in .*none \(ENOENT\); choose another place with --tmp/,
    );
  });

  it.each(["SIGTERM", "SIGINT", "exit"])("leave nothing behind when the program ends by %s", (how) => {
    const place = fs.mkdtempSync(path.join(dir, "ended-"));
    const program = `
      import { SpillFolder } from ${JSON.stringify(path.resolve("src/evidence/archive/spill-folder.ts"))};
      const file = new SpillFolder(process.argv[1]).create();
      file.write(Buffer.from("secret"));
      file.close();
      ${how === "exit" ? "process.exit(0)" : `process.kill(process.pid, "${how}"); setTimeout(() => {}, 5000)`};`;
    const bundle = path.join(place, "program.mjs");
    spawnSync(
      "node_modules/.bin/esbuild",
      ["--bundle", "--platform=node", "--format=esm", "--loader=ts", `--outfile=${bundle}`],
      { input: program },
    );
    const tmp = path.join(place, "tmp");
    fs.mkdirSync(tmp);
    const source = fs.readFileSync(bundle, "utf8").replace("process.argv[1]", JSON.stringify(tmp));
    const { signal, status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source]);
    expect([signal, status, String(stderr)]).toEqual(how === "exit" ? [null, 0, ""] : [how, null, ""]);
    expect(fs.readdirSync(tmp)).toEqual([]);
  });
});
