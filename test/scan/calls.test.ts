import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { judgeStrace } from "../../src/decode/strace/judge.js";
import { Kind } from "../../src/decode/strace/kinds.js";
import { CALL_RULES } from "../../src/decode/strace/need.js";
import { Verdict } from "../../src/grammar/types.js";
import { createScanner, type ScannerKind } from "../../src/scan/create.js";
import { FACTS, Fact, FactAt, STAMP_SHIFT, STAMPS, TAG_SHIFT, UNTOLD } from "../../src/scan/facts.js";
import { GATHERED } from "../../src/scan/scanner.js";
import { line, trace } from "../decode/strace/random.js";
import { rounds } from "../rounds.js";

const SEED = { seed: 20_261_122, numRuns: rounds(500) };

const CAPACITY = 128 << 10;
const scanners = {
  js: createScanner([], { kind: "js", capacity: CAPACITY }),
  wasm: createScanner([], { kind: "wasm", capacity: CAPACITY }),
};
for (const scanner of Object.values(scanners)) scanner.knowCalls(CALL_RULES);

/** What the last call of {@link odd} noted of its lines. */
let facts: number[][] = [];

/** Numbers of the lines that a scanner finds odd. */
function odd(kind: ScannerKind, lines: readonly string[]): number[] {
  const scanner = scanners[kind];
  const text = lines.map((each) => `${each}\n`).join("");
  // What an earlier chunk has left behind the end is no part of any line.
  scanner.bytes.fill('"\\ ) = 1', 0, "latin1");
  scanner.bytes.write(text, "latin1");
  scanner.findEnds(text.length);
  const count = scanner.findOdd(0, lines.length);
  facts = Array.from({ length: count }, (_, i) => [...scanner.facts.subarray(i * FACTS, (i + 1) * FACTS)]);
  // Where no call is known, the other numbers mean nothing.
  facts = facts.map((numbers) => (numbers[FactAt.BITS] === 0 ? [] : numbers));
  return [...scanner.odd.subarray(0, count)];
}

describe("lines that show system calls", () => {
  test.each([
    'openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 9 <0.000020>',
    "7 10:00:00.000001 futex(0xc000, FUTEX_WAIT_PRIVATE, 0, NULL <unfinished ...>",
    "[pid     7] 1795319188.965449 <... futex resumed>) = ? <0.000014>",
    '7 read(5, "GET / HTTP/1.1\\r\\n"..., 4096) = 120\r',
    '7 <... read resumed>"GET / HTTP/1.1\\r\\n"..., 4096) = 120',
    "7 epoll_wait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 128, -1) = 1",
    "7 epoll_pwait(4, [], 128, 0, NULL, 0)   = 0",
    "7 poll([{fd=9, events=POLLIN}], 1, 5000) = 1 ([{fd=9, revents=POLLIN}])",
  ])("are plain where nobody needs a look: %s", (text) => {
    for (const kind of ["js", "wasm"] as const) expect(odd(kind, [text])).toEqual([]);
  });

  test.each([
    "7 close(5) = 0",
    '7 read(5, "\\0224\\201\\200\\0\\1\\0\\1"..., 512) = 51',
    '7 write(5, "\\x02\\x34\\x00\\x01\\x00\\x00"..., 512) = 51',
    "7 read(5, 0xc000, 4096) = -1 EAGAIN (Resource temporarily unavailable)",
    "7 read(5,  <unfinished ...>",
    "7 epoll_pwait(4, [], 128, 5000, NULL, 0) = 0",
    "7 poll([{fd=9, events=POLLIN}], 1, 5000) = 0 (Timeout)",
    "7 poll([{fd=9, events=POLLIN}], 1, 5000) = 1 ([{fd=9, revents=POLLERR}])",
    "7 poll([{fd=9<UDP:[10.0.0.2:4000->192.0.2.53:53]>, events=POLLIN}], 1, 5000) = 1 ([{fd=9, revents=POLLIN}])",
    "7 <... poll resumed>) = 1 ([{fd=9, revents=POLLIN}])",
    '7 openat(AT_FDCWD, "/etc/ld.so.cache) = 1',
    " > /usr/lib/libc.so.6(__poll+0x13) [0xfd893]",
    "7 +++ exited with 0 +++",
    "7 getpid() = 7\r\r",
    "",
  ])("are odd otherwise: %s", (text) => {
    for (const kind of ["js", "wasm"] as const) expect(odd(kind, [text])).toEqual([0]);
  });

  test("are noted with thread, descriptor and outcome where somebody may need them", () => {
    const lines = [
      "[pid    17] 10:00:00 read(5, 0xc000, 4096) = -1 EAGAIN (Resource temporarily unavailable)",
      "17 close(5</etc/hosts> <unfinished ...>",
      "<... close resumed>) = ?",
      "hello",
    ];
    for (const kind of ["js", "wasm"] as const) {
      odd(kind, lines);
      const { READ, CLOSE } = Kind;
      const HMS = STAMPS.indexOf("hms");
      expect(facts.map((numbers) => numbers.slice(0, 4))).toEqual([
        [
          17,
          5,
          Fact.CALL | Fact.FAILED | Fact.AGAIN | Fact.BRIEF | (READ << TAG_SHIFT) | (HMS << STAMP_SHIFT),
          UNTOLD,
        ],
        [17, 5, Fact.CALL | Fact.BEGUN | Fact.NOTED | (CLOSE << TAG_SHIFT), UNTOLD],
        [-1, -1, Fact.CALL | Fact.ENDED | (CLOSE << TAG_SHIFT), UNTOLD],
        [],
      ]);
    }
  });

  test.each([
    ["4243", 4243],
    ["0", 0],
    ["-0", 0],
    ["0004243", 4243],
    ["0x0", 0],
    ["0x7f0d278", UNTOLD],
    ["999999999", 999_999_999],
    ["1000000000", UNTOLD],
    ["18446744073709551615", UNTOLD],
    ["-1 EINTR (Interrupted system call)", UNTOLD],
    ["?", UNTOLD],
  ])("are noted with their result: %s", (result, told) => {
    for (const kind of ["js", "wasm"] as const) {
      odd(kind, [`7 clone(flags=CLONE_THREAD) = ${result}`]);
      expect(facts[0]![FactAt.RESULT]).toBe(told);
    }
  });

  test("are known by a thread and a stamp like those of the line before, and by others", () => {
    const call = "close(5) = 0 <0.000011>";
    const leads = [
      ...[
        "27012 03:46:29.776817 ",
        "27013 23:59:59.999999 ",
        "9 03:46:29.776817 ",
        "27012  03:46:29.776817 ",
      ],
      ...[
        "27012 03:46:29.776817  ",
        "27012 03:46:29.77681x ",
        "27012 03-46:29.776817 ",
        "27012 03:46:29.776817 7",
      ],
      ...["[pid    17] 10:00:00 ", "[pid    18] 10:00:01 ", "1795319188.965449 ", "1795319189.965449 ", ""],
      ...["27012<daemon> 03:46:29.776817 ", "[pid    17<a b>] ", "27012<> ", "27012<a", "27012<a<b> "],
      ...[
        "27012 03:46:29.776817 [   7] ",
        "27012 03:46:29.776817 [00007fc8a1b2c3d4] ",
        "[ 17] [????????] ",
        "27012 [7]",
      ],
      ...["27012 [12345] ", "27012 [00007fc8A1b2c3d4] ", "27012 [7] [8] "],
    ];
    const threads = leads.map((lead) => {
      const shown = (["js", "wasm"] as const).map((kind) => {
        odd(kind, [`27012 03:46:29.776817 ${call}`, lead + call]);
        return facts[1]![FactAt.THREAD];
      });
      expect(shown[0]).toBe(shown[1]);
      return shown[0];
    });
    expect(threads).toEqual([
      ...[27012, 27013, 9, 27012, 27012, undefined, undefined, undefined],
      ...[17, 18, -1, -1, -1],
      ...[27012, 17, undefined, undefined, undefined],
      ...[27012, 27012, -1, undefined],
      ...[undefined, undefined, undefined],
    ]);
  });

  test("are noted with the places of their parts, where these are near", () => {
    const near = "[pid    17] 10:00:00 close(5)   = -1 EBADF (Bad file descriptor)";
    const far = `7 write(5, "${"a".repeat(0xffff)}", 9) = 9 <0.000011>`;
    for (const kind of ["js", "wasm"] as const) {
      odd(kind, ["7 close(6) = 0", near, "7 close(5", far.replace("9) = 9", "9) = -1 EIO (x)")]);
      const [, , , , starts, ends] = facts[1]!;
      const parts = [starts! & 255, (starts! >> 8) & 255, (starts! >> 16) & 255, starts! >>> 24];
      expect(parts).toEqual(["10:00:00", " close", "close", "5)"].map((part) => near.indexOf(part)));
      expect([ends! & 0xffff, ends! >>> 16]).toEqual([near.indexOf(")  "), near.indexOf(" EBADF")]);
      expect(facts.at(-1)!.slice(4)).toEqual([0, 0]);
    }
  });

  test.each([
    ["fcntl(5, F_SETFL, O_RDWR|O_NONBLOCK) = 0", true],
    ["fcntl(5, F_DUPFD_CLOEXEC, 0) = 7", true],
    ["fcntl(5, F_DUPFD_CLOEXEC, 0) = -1 EMFILE (Too many open files)", false],
    ["fcntl(5, F_GETFL) = 0x2 (flags O_RDWR)", false],
    ["fcntl(5, F_SETFL, O_RDWR <unfinished ...>", true],
    ["fcntl(5, F_GETFL <unfinished ...>", false],
    ["<... fcntl resumed>) = 0", true],
  ])("of fcntl are odd by their commands: %s", (text, isOdd) => {
    for (const kind of ["js", "wasm"] as const) {
      expect(odd(kind, [`7 ${text}`])).toEqual(isOdd ? [0] : []);
      if (isOdd) expect((facts[0]![FactAt.BITS]! & Fact.DUPLICATES) !== 0).toBe(text.includes("F_DUPFD"));
    }
  });

  test.each([
    ["read(5,  <unfinished ...>", true],
    ["read(5, 0xc000, 4096) = -1 EAGAIN (Resource temporarily unavailable)", true],
    ["<... read resumed>0xc000, 4096) = -1 EAGAIN (Resource temporarily unavailable)", true],
    ["write(5, <unfinished ...>", true],
    ["<... write resumed>) = 12", true],
    ["epoll_pwait(4, [], 128, 5000, NULL, 0) = 0", true],
    ["read(5</etc/hosts>,  <unfinished ...>", false],
    ["read(5, 0xc000, 4096) = -1 ECONNREFUSED (Connection refused)", false],
    ["read(5, 0xc000, 4096) = ?", false],
    ['read(5, "\\0224\\201\\200\\0\\1\\0\\1"..., 512) = 51', false],
    ["write(5, 0xc000, 12) = -1 EPIPE (Broken pipe)", false],
    ["close(5) = 0", false],
    ["fcntl(5, F_SETFL, O_RDWR|O_NONBLOCK) = 0", false],
  ])("are brief where what is noted tells all: %s", (text, isBrief) => {
    for (const kind of ["js", "wasm"] as const) {
      expect(odd(kind, [`7 ${text}`])).toEqual([0]);
      expect((facts[0]![FactAt.BITS]! & Fact.BRIEF) !== 0).toBe(isBrief);
    }
  });

  test("are put one behind the other, all of them or those that are not brief, with their places", () => {
    const first = { line: 70, offset: 2 ** 40, text: 900 };
    const ended = fc.tuple(line, fc.constantFrom("", "\r"));
    fc.assert(
      fc.property(fc.array(ended, { maxLength: 20 }), fc.boolean(), (lines, all) => {
        const texts = lines.map(([text, end]) => text + end);
        const from = Math.min(1, odd("js", texts).length);
        const rows = odd("js", texts).slice(from);
        const shown = rows.map((row, i) =>
          all || ((facts[from + i]![FactAt.BITS] ?? 0) & Fact.BRIEF) === 0
            ? texts[row]!.replace(/\r$/, "")
            : "",
        );
        for (const kind of ["js", "wasm"] as const) {
          odd(kind, texts);
          const scanner = scanners[kind];
          const size = scanner.gather(from, from + rows.length, first, all);
          expect(Buffer.from(scanner.texts.subarray(0, size)).toString("latin1")).toBe(shown.join(""));
          const told = Object.entries(scanner.rows).map(([name, column]) => [
            name,
            [...column.subarray(0, rows.length)],
          ]);
          expect(Object.fromEntries(told)).toEqual({
            lines: rows.map((row) => 70 + row),
            offsets: rows.map((row) => 2 ** 40 + texts.slice(0, row).join("\n").length + Math.min(row, 1)),
            lengths: rows.map((row) => texts[row]!.length),
            ends: rows.map((_, i) => 900 + shown.slice(0, i + 1).join("").length),
          });
        }
      }),
      SEED,
    );
  });

  test("are counted up to one that is no call, or may go on with the line before", () => {
    const lines = [
      "7 close(5) = 0",
      "7 getpid() = 7",
      "7 close(6) = 0",
      "hello",
      "7 close(7) = 0",
      "8 close(8) = 0",
    ];
    const continuing = Uint8Array.from({ length: 256 }, (_, byte) => (byte === "8".charCodeAt(0) ? 1 : 0));
    for (const kind of ["js", "wasm"] as const) {
      const scanner = scanners[kind];
      expect(odd(kind, lines)).toEqual([0, 2, 3, 4, 5]);
      expect([0, 1, 2, 3, 4].map((row) => scanner.countCalls(row, 5, 6))).toEqual([2, 1, 0, 2, 1]);
      expect(scanner.countCalls(0, 5, 2)).toBe(1);
      expect(scanner.countCalls(0, 1, 6)).toBe(1);
      scanner.knowCalls(CALL_RULES, continuing);
      odd(kind, lines);
      expect([3, 4].map((row) => scanner.countCalls(row, 5, 6))).toEqual([0, 0]);
      scanner.knowCalls(CALL_RULES);
    }
  });

  test("are gathered as many at a time as there is room for", () => {
    const lines = Array.from({ length: GATHERED }, (_, i) => `7 close(${i}) = 0`);
    for (const kind of ["js", "wasm"] as const) {
      const scanner = scanners[kind];
      expect(odd(kind, lines)).toHaveLength(GATHERED);
      const size = scanner.gather(0, GATHERED, { line: 0, offset: 0, text: 0 }, true);
      expect(size).toBe(lines.join("").length);
      expect(scanner.rows.ends[GATHERED - 1]).toBe(size);
      expect(scanner.rows.lines[GATHERED - 1]).toBe(GATHERED - 1);
    }
  });

  test("are odd again when their rules are forgotten", () => {
    const scanner = createScanner([], { capacity: 100 });
    scanner.knowCalls(CALL_RULES);
    scanner.knowCalls(undefined);
    scanner.findEnds(scanner.bytes.write("7 getpid() = 7\n", "latin1"));
    expect(scanner.findOdd(0, 1)).toBe(1);
  });

  test("are the same for both scanners", () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(line, { maxLength: 20 }), trace(true)), (lines) => {
        const found = [odd("wasm", lines), facts];
        expect(found).toEqual([odd("js", lines), facts]);
      }),
      SEED,
    );
  });

  test("are plain only where the judge calls them idle, and shown where it knows them", () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(line, { maxLength: 20 }), trace(true)), (lines) => {
        const found = odd("js", lines);
        for (const [i, text] of lines.entries()) {
          const shown = Buffer.from(text.replace(/\r$/, ""), "latin1");
          const verdict = judgeStrace(shown, 0, shown.length);
          if (!found.includes(i)) expect(verdict).toBe(Verdict.IDLE);
          else expect(verdict === Verdict.UNKNOWN).toBe(facts[found.indexOf(i)]!.length === 0);
        }
      }),
      SEED,
    );
  });
});
