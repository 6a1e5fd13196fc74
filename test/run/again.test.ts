import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { rules } from "../../src/rules/generated.js";
import { SecondReading } from "../../src/run/again.js";
import { analyze } from "../../src/run/analyze.js";
import { generator } from "../timeline/settler/traffic.js";

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "again-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

const written = (name: string, bytes: string | Buffer): string => {
  const file = path.join(dir, name);
  fs.writeFileSync(file, bytes);
  return file;
};

describe("a second reading", () => {
  it("gives the bytes at an offset behind the byte order mark", () => {
    const again = new SecondReading(written("text", "\xef\xbb\xbfabcdef"), 6, (reason) => {
      throw new Error(reason);
    });
    expect(again.read(1, 3).toString()).toBe("bcd");
  });

  it("gives the same bytes whether they are near each other or far apart, in any order", () => {
    const random = generator(7);
    const bytes = Buffer.from(Array.from({ length: 200_000 }, () => random(256)));
    const again = new SecondReading(written("bytes", bytes), 0, (reason) => {
      throw new Error(reason);
    });
    for (let n = 0, at = 0; n < 2000; n++) {
      const length = 1 + random(random(50) === 0 ? 50_000 : 300);
      at = random(20) === 0 ? random(150_000) : Math.min(150_000, Math.max(0, at + random(2000) - 200));
      expect(again.read(at, length).equals(bytes.subarray(at, at + length))).toBe(true);
    }
  });

  it("gives nothing, and says why once, where the file has become shorter or is gone", () => {
    const reasons: string[] = [];
    const shorter = new SecondReading(written("text", "abc"), 0, (reason) => reasons.push(reason));
    expect([shorter.read(1, 3), shorter.read(0, 9)].map(({ length }) => length)).toEqual([0, 0]);
    const gone = new SecondReading(path.join(dir, "gone"), 0, (reason) => reasons.push(reason));
    expect(gone.read(0, 1)).toHaveLength(0);
    expect(reasons).toEqual(["it has become shorter", "there is no such file or folder; check the path"]);
  });
});

/** Look-ups as Go makes them: it reads before there is an answer, and waits with epoll. */
function trace(lineEnd: string): string {
  const lines: string[] = [];
  const line = (call: string) => {
    const us = String(lines.length * 700).padStart(9, "0");
    lines.push(`7 10:00:${us.slice(1, 3)}.${us.slice(3)} ${call}`);
  };
  for (let id = 1; id <= 60; id++) {
    const words = `\\0\\${id.toString(8).padStart(3, "0")}`;
    const name = "\\10registry\\7example\\3net\\0";
    line("socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 5");
    line('connect(5, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, 16) = 0');
    line(`write(5, "${words}\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${name}\\0\\1\\0\\1", 38 <unfinished ...>`);
    line("<... write resumed>) = 38");
    line("read(5, 0xc000, 512) = -1 EAGAIN (Resource temporarily unavailable)");
    line("epoll_pwait(4, [], 128, 5, NULL, 0) = 0");
    line("read(5,  <unfinished ...>");
    line(
      `<... read resumed>"${words}\\201\\202\\0\\1\\0\\0\\0\\0\\0\\0${name}\\0\\1\\0\\1", 512) = 38${id % 2 ? " <0.000011>" : ""}`,
    );
    line("close(5) = 0");
  }
  return lines.map((text) => `${text}${lineEnd}`).join("");
}

describe("a trace", () => {
  it.each([
    ["line feeds", "\n"],
    ["carriage returns", "\r\n"],
  ])(
    "tells the same whether its brief calls are read again, come with their texts, or are all read (%s)",
    async (_, end) => {
      const text = trace(end);
      const told = async (file: string, prefilter: boolean) => {
        const { findings, sources } = await analyze([file], { grammars, rules, version: "test", prefilter });
        const { records, from, to, problems } = sources[0]!;
        const found = findings.map(({ rule, count, evidence }) => ({
          rule,
          count,
          lines: evidence.map((each) => each.line),
        }));
        return { found, records, from, to, problems };
      };
      const again = await told(written("go.strace", text), true);
      expect(again.found.map(({ rule, count }) => [rule, count])).toContainEqual(["dns-servfail", 60]);
      expect(await told(written("go.strace.gz", zlib.gzipSync(text)), true)).toEqual(again);
      expect(await told(written("go.strace", text), false)).toEqual(again);
    },
  );
});
