import { readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FieldGlance } from "../../../src/decode/strace/field-glance.js";
import { HANDLERS } from "../../../src/decode/strace/handlers.js";
import { judgeStrace, withJudge } from "../../../src/decode/strace/judge.js";
import { KINDS } from "../../../src/decode/strace/kinds.js";
import { straceFields } from "../../../src/decode/strace/line-fields.js";
import { LineGlance } from "../../../src/decode/strace/line-glance.js";
import { CALL_RULES, isIdle } from "../../../src/decode/strace/need.js";
import { matchShape } from "../../../src/grammar/exec.js";
import { joinOneByOne } from "../../../src/grammar/join.js";
import { Verdict } from "../../../src/grammar/types.js";
import { createScanner } from "../../../src/scan/create.js";
import { line } from "./random.js";
import { capture, fixture, grammar } from "./trace.js";

const SEED = 20261122;
const [calls] = grammar.shapes;

/** What a glance tells, in a form to compare. */
const told = ({ kind, part, thread, fd, noted, value }: LineGlance | FieldGlance) => ({
  kind,
  part,
  thread,
  fd,
  noted,
  sign: Math.sign(value),
});

/** A glance at the bytes of a line, and one at the fields that the grammar gives of it; neither when the line is not known at a glance. */
function glances(text: string): { byBytes: LineGlance; byFields: FieldGlance } | undefined {
  // Something stands before and behind, as in a file.
  const bytes = Buffer.from(`x${text}\n= 1`, "latin1");
  const byBytes = new LineGlance();
  if (!byBytes.at(bytes, 1, 1 + text.length)) return undefined;
  calls!.regex.lastIndex = 0;
  const match = calls!.regex.exec(text.replace(/\r$/, ""));
  expect(match).not.toBeNull();
  return { byBytes, byFields: new FieldGlance(calls!.decode(match!)) };
}

describe("a glance at a line", () => {
  it("knows only what the grammar claims, and sees what the grammar's fields tell", () => {
    fc.assert(
      fc.property(line, (text) => {
        const both = glances(text);
        if (!both) return;
        expect(told(both.byBytes)).toEqual(told(both.byFields));
        expect(isIdle(both.byBytes)).toBe(isIdle(both.byFields));
      }),
      { seed: SEED, numRuns: 20_000 },
    );
  });

  it("knows the calls of real traces, as the grammar does", () => {
    for (const name of readdirSync("test/decode/strace/fixtures")) {
      for (const text of fixture(name.replace(".strace", "")).split("\n")) {
        const both = glances(text);
        if (!both) continue;
        expect(told(both.byBytes)).toEqual(told(both.byFields));
        expect(isIdle(both.byBytes)).toBe(isIdle(both.byFields));
      }
    }
  });

  it.each(["glibc-f_tt_T", "python-fork", "node-slow", "glibc-xx"])(
    "knows nearly every line of %s",
    (name) => {
      const lines = fixture(name).trimEnd().split("\n");
      expect(lines.filter((text) => glances(text)).length / lines.length).toBeGreaterThan(0.95);
    },
  );
});

const scanner = createScanner([], { capacity: 64 << 10 });
scanner.knowCalls(CALL_RULES);

describe("the fields of a line, read without an expression", () => {
  /** Those that were found, by the bytes of the line and by the expression. */
  const fields = (text: string) => {
    scanner.findEnds(scanner.bytes.write(text, "latin1"));
    const read = scanner.findOdd(0, 1) === 1 ? straceFields(text, scanner.facts, 0) : undefined;
    if (read === undefined) return undefined;
    const match = matchShape(calls!, text);
    expect(match).toBeDefined();
    return { byBytes: joinOneByOne([read], []), byExpression: joinOneByOne([match!], [grammar.set]) };
  };

  it("are those that the grammar gives", () => {
    fc.assert(
      fc.property(line, (text) => {
        const both = fields(text.replace(/\r$/, ""));
        if (both) expect(both.byBytes).toEqual(both.byExpression);
      }),
      { seed: SEED, numRuns: 20_000 },
    );
  });

  it.each([
    ['7 10:00:00 send(5, "caf\xc3\xa9"..., 512) = 5 <0.000020>  ', { "@timestamp.kind": "hms" }],
    ["[pid    17] 1795319188.965449 close(5)  = ?", { "@timestamp": "1795319188.965449", "strace.ret": "?" }],
    ["1795319188 close(5)            = 0", { "@timestamp.kind": "epoch" }],
    ["     0.000113 close(5 <unfinished ...>", { "@timestamp.kind": "delta", "strace.args": "5 " }],
    ["17 <... close resumed>) = -1 EBADF (Bad file descriptor)", { "strace.resumed": true }],
    ["close(5</etc/hosts>) = 0", { "strace.args": "5</etc/hosts>" }],
  ])("of %s", (text, some) => {
    const both = fields(text)!;
    expect(both.byBytes).toMatchObject(some);
    expect(both.byBytes).toEqual(both.byExpression);
  });

  it("are read of real traces", () => {
    let read = 0;
    for (const name of readdirSync("test/decode/strace/fixtures")) {
      for (const text of fixture(name.replace(".strace", "")).split("\n")) {
        const both = fields(text);
        if (!both) continue;
        expect(both.byBytes).toEqual(both.byExpression);
        read++;
      }
    }
    expect(read).toBeGreaterThan(500);
  });
});

describe("the judge of lines", () => {
  const verdict = (text: string) => judgeStrace(Buffer.from(text, "latin1"), 0, text.length);

  it.each([
    'openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 9 <0.000020>',
    "7 10:00:00.000001 futex(0xc000, FUTEX_WAIT_PRIVATE, 0, NULL <unfinished ...>",
    "7 10:00:00.000001 <... futex resumed>) = 0 <0.000014>",
    '[pid     7] read(5, "GET / HTTP/1.1\\r\\n"..., 4096) = 120',
    '7 <... read resumed>"GET / HTTP/1.1\\r\\n"..., 4096) = 120',
    "7 epoll_wait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 128, -1) = 1",
    "7 epoll_pwait(4, [], 128, 0, NULL, 0)   = 0",
    "7 fcntl(3, F_GETFL) = 0x2 (flags O_RDWR)",
  ])("passes over %s", (text) => expect(verdict(text)).toBe(Verdict.IDLE));

  it.each([
    "7 close(5) = 0",
    '7 read(5, "\\0224\\201\\200\\0\\1\\0\\1"..., 512) = 51',
    "7 read(5, 0xc000, 4096) = -1 EAGAIN (Resource temporarily unavailable)",
    "7 read(5,  <unfinished ...>",
    "7 epoll_pwait(4, [], 128, 5000, NULL, 0) = 0",
    "7 poll([{fd=3, events=POLLIN}], 1, 5000) = 1 ([{fd=3, revents=POLLERR}])",
  ])("looks at %s", (text) => expect(verdict(text)).toBe(Verdict.WANTED));

  it.each([
    "hello",
    "",
    '7 10:00:00 read(5, "a',
    "7 +++ exited with 0 +++",
    "clone(flags=CLONE_VMstrace: Process 4243 attached",
    "17620 <... futex resumed> <unfinished ...>) = ?",
  ])("leaves %s to the grammar", (text) => expect(verdict(text)).toBe(Verdict.UNKNOWN));

  it("judges for the built-in grammar, and for no other of that name", () => {
    expect(withJudge(grammar).judge).toBe(judgeStrace);
    expect(withJudge({ ...grammar, shapes: grammar.shapes.slice(1) }).judge).toBeUndefined();
  });

  it("knows every call that something follows", () => {
    expect([...HANDLERS.keys()].filter((name) => !KINDS.has(name))).toEqual([]);
  });
});

describe("real traces beside the project", () => {
  const names = ["docker-daemon.1-dns-timeout-fallback", "org-payments-pull.notime"].map(
    (name) => `e-skew-control/${name}.strace`,
  );
  it.each(names)("%s: the glance agrees with the grammar", (name) => {
    for (const text of capture(name)?.split("\n") ?? []) {
      const both = glances(text);
      if (both) expect(isIdle(both.byBytes)).toBe(isIdle(both.byFields));
    }
  });
});
