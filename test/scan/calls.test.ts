import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { judgeStrace } from "../../src/decode/strace/judge.js";
import { Kind } from "../../src/decode/strace/kinds.js";
import { CALL_RULES } from "../../src/decode/strace/need.js";
import { Verdict } from "../../src/grammar/types.js";
import { FACTS, Fact, TAG_SHIFT } from "../../src/scan/calls.js";
import { createScanner, type ScannerKind } from "../../src/scan/create.js";
import { line, trace } from "../decode/strace/random.js";

const SEED = { seed: 20_261_122, numRuns: 3000 };

const CAPACITY = 64 << 10;
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
  facts = facts.map((numbers) => (numbers[2] === 0 ? [] : numbers));
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
    '7 openat(AT_FDCWD, "/etc/ld.so.cache) = 1',
    " > /usr/lib/libc.so.6(__poll+0x13) [0xfd893]",
    "7 +++ exited with 0 +++",
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
      expect(facts).toEqual([
        [17, 5, Fact.CALL | Fact.FAILED | Fact.AGAIN | (READ << TAG_SHIFT)],
        [17, 5, Fact.CALL | Fact.BEGUN | Fact.NOTED | (CLOSE << TAG_SHIFT)],
        [-1, -1, Fact.CALL | Fact.ENDED | (CLOSE << TAG_SHIFT)],
        [],
      ]);
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
          const verdict = judgeStrace(Buffer.from(text, "latin1"), 0, text.length);
          if (!found.includes(i)) expect(verdict).toBe(Verdict.IDLE);
          else expect(verdict === Verdict.UNKNOWN).toBe(facts[found.indexOf(i)]!.length === 0);
        }
      }),
      SEED,
    );
  });
});
