import { describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { SourceClock, UNKNOWN } from "../../../src/clock/source-clock.js";
import { adapt } from "../../../src/decode/adapters.js";
import { TextAssembly } from "../../../src/decode/text/assembly.js";
import { detect } from "../../../src/decode/text/detect.js";
import { RecordFramer } from "../../../src/decode/text/framer.js";
import { readTextSegment } from "../../../src/decode/text/read-segment.js";
import { TextReader } from "../../../src/decode/text/reader.js";
import { grammars } from "../../../src/grammar/generated.js";
import type { Event } from "../../../src/model/event.js";
import { toolboxOf } from "../../../src/run/survey.js";

const toolbox = toolboxOf(grammars);
const strace = toolbox.envelopes.find(({ name }) => name === "strace")!;
const detection = detect("4669  10:00:00.000001 close(3) = 0\n".repeat(9), toolbox.envelopes);

const clock = () => new SourceClock({ ...UNKNOWN, origin: 0 });
const common = (isSelective: boolean) => ({
  path: "daemon.strace",
  detection,
  envelopes: toolbox.envelopes,
  composer: toolbox.composer,
  literals: isSelective ? strace.wants : undefined,
});

/** What a trace tells, and the accounts of its source. */
function told(assembly: TextAssembly, events: readonly Event[]) {
  const { records, parsed, unparsed, from, to, problems } = assembly;
  return { records, parsed, unparsed, from, to, problems, events };
}

/** Reads a trace in pieces; selectively, or every record of it. */
function read(text: string, isSelective: boolean, size = 1 << 20) {
  const events: Event[] = [];
  const adapter = adapt({ path: "daemon.strace", emit: (event) => events.push(event) });
  const reader = new TextReader({
    ...common(isSelective),
    source: 0,
    stamper: clock(),
    passOver: adapter.passOver,
    emit: (event) => adapter.push(event),
  });
  const bytes = Buffer.from(text, "latin1");
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  adapter.end();
  return told(reader, events);
}

/** The same in two stretches, the second from where the first ended. */
function inStretches(text: string, cut: number) {
  const bytes = Buffer.from(text, "latin1");
  const source = { read: (target: Buffer, offset: number) => bytes.copy(target, 0, offset) };
  const events: Event[] = [];
  const adapter = adapt({ path: "daemon.strace", emit: (event) => events.push(event) });
  const assembly = new TextAssembly({
    source: 0,
    path: "daemon.strace",
    stamper: clock(),
    emit: (event) => adapter.push(event),
  });
  for (const to of [cut, bytes.length])
    assembly.take(
      readTextSegment(
        common(true),
        source,
        { from: assembly.next, to },
        { at: assembly.next, open: undefined },
      ),
    );
  assembly.end();
  adapter.end();
  return told(assembly, events);
}

const STACK = [
  " > /usr/lib/x86_64-linux-gnu/libc.so.6(__read+0x13) [0xfd893]",
  " > /usr/bin/daemon(net::Socket::close(int)+0x2a1) [0x4c8b1]",
];
const IDLE = '4669  10:00:00.000001 read(21, "text", 4096) = 4 <0.000010>';

/** How many records of a trace are framed from their texts. */
function framed(text: string): number {
  const frame = jest.spyOn(RecordFramer.prototype, "frame");
  try {
    read(text, true);
    return frame.mock.calls.length;
  } finally {
    frame.mockRestore();
  }
}

/** A hundred times these lines. */
const hundred = (...lines: string[]) => `${Array(100).fill(lines.join("\n")).join("\n")}\n`;

describe("a trace with the stack below each call (-k)", () => {
  it("has calls that tell of nothing counted with their stacks, without making them text", () => {
    const text = hundred(IDLE, ...STACK);
    expect(read(text, true)).toMatchObject({ records: 100, parsed: 100, unparsed: 0 });
    // The first and the last: a sample, and one that might go on.
    expect(framed(text)).toBeLessThan(10);
  });

  it.each([
    ["may matter", ["4669  10:00:00.000001 close(3) = 0", ...STACK]],
    ["is not over", ["4669  10:00:00.000001 futex(0x55, FUTEX_WAIT, 0 <unfinished ...>", ...STACK]],
    ["is no call", ["4669  10:00:00.000001 +++ exited with 0 +++", ...STACK]],
    [
      "matters by a word that stands below it",
      ["4669  10:00:00.000001 poll([{fd=3, events=POLLIN}], 1, 5) = 1", " > handle(POLLERR) [0x1]"],
    ],
  ])("has a record looked at that %s", (_, lines) => {
    const text = hundred(...lines);
    expect(framed(text)).toBeGreaterThanOrEqual(100);
    expect(read(text, true)).toEqual(read(text, false));
  });

  it("ends a stack at a line that only looks like one of it", () => {
    for (const line of [" >", " >/usr/lib", "  > /usr/lib", ">", ""]) {
      const text = hundred(IDLE, STACK[0]!, line, STACK[1]!);
      expect(read(text, true)).toEqual(read(text, false));
    }
  });

  it("has the time of the last of them, when it was counted", () => {
    const last = IDLE.replace("10:00:00", "10:00:09");
    const text = `${hundred(IDLE, ...STACK)}${[last, ...STACK].join("\n")}\njunk\njunk\n`;
    expect(read(text, true).to).toBe((36_000 + 9) * 1e6 + 1);
    expect(read(text, true)).toEqual(read(text, false));
  });

  it("says of a NUL in a stack where it is", () => {
    const text = hundred(IDLE, ...STACK) + hundred(IDLE, " > \0 [0x1]");
    const { problems } = read(text, true);
    expect(problems).toHaveLength(1);
    expect(problems).toEqual(read(text, false).problems);
  });

  const stampOf = (i: number) => `10:00:${String(i).padStart(2, "0")}.000001`;
  const line = fc.constantFrom(
    '4669  STAMP read(21, "text", 4096) = 4 <0.000010>',
    '4669  STAMP write(1, "", 0) = 0',
    "4669  STAMP futex(0x55d0c8, FUTEX_WAKE_PRIVATE, 1) = 1",
    "4670  STAMP socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 7 <0.000020>",
    '4670  STAMP connect(7, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, 16) = 0',
    "4670  STAMP poll([{fd=7, events=POLLIN}], 1, 5000 <unfinished ...>",
    "4670  STAMP <... poll resumed>) = 0 (Timeout) <5.000001>",
    "4670  STAMP read(7, 0xc000a3c000, 4096) = -1 EAGAIN (Resource temporarily unavailable)",
    "     STAMP close(7) = 0",
    "4669  STAMP --- SIGALRM {si_signo=SIGALRM} ---",
    "junk",
  );
  const below = fc.array(fc.constantFrom(...STACK, ...STACK, " > [unexpected end of stack]", " >", " > \0"), {
    maxLength: 4,
  });
  const trace = fc
    .array(fc.tuple(line, below, fc.constantFrom("\n", "\n", "\n", "\r\n")), { minLength: 1, maxLength: 50 })
    .map((calls) =>
      [...calls, ["4670  STAMP close(9) = 0", [], "\n"] as const]
        .map(([call, stack, end], i) => [call.replace("STAMP", stampOf(i)), ...stack].join(end) + end)
        .join(""),
    );

  it("tells what it tells where every record is read, wherever pieces end", () => {
    fc.assert(
      fc.property(trace, fc.integer({ min: 30, max: 3000 }), (text, size) => {
        expect(read(text, true, size)).toEqual(read(text, false));
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  it("tells the same in stretches, wherever they are cut", () => {
    fc.assert(
      fc.property(trace, fc.nat(999), (text, thousandth) => {
        const cut = Math.floor((text.length * thousandth) / 1000);
        const { events: _, ...all } = read(text, false);
        expect(inStretches(text, cut)).toMatchObject(all);
      }),
      { seed: 42, numRuns: 300 },
    );
  });
});
