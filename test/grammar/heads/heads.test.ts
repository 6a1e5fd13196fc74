import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { grammars } from "../../../src/grammar/generated.js";
import { HeadMaker } from "../../../src/grammar/heads/heads.js";
import type { Grammar, Shape } from "../../../src/grammar/types.js";
import type { Head } from "../../../src/scan/scanner.js";
import { shippedFiles } from "../../grammars/shipped.js";

const named = (name: string) => grammars.find((grammar) => grammar.name === name)!;

function claims({ regex }: Shape, text: string): boolean {
  regex.lastIndex = 0;
  return regex.test(text);
}

const shapeOf = (grammar: Grammar, text: string) => grammar.shapes.find((shape) => claims(shape, text));

/** The head of a line, written as one class per byte. */
function shown(grammar: Grammar, line: string): string | undefined {
  const head = new HeadMaker(grammar).derive(shapeOf(grammar, line)!, line);
  return head && [...head.low].map((low, i) => range(low, head.high[i]!)).join("");
}

function range(low: number, high: number): string {
  const byte = (code: number) =>
    code > 32 && code < 127 ? String.fromCharCode(code) : code === 32 ? "_" : `\\${code}`;
  return low === high ? byte(low) : `[${byte(low)}-${byte(high)}]`;
}

/** A text that fits the head, and goes on in any way within the line. */
const fitting = ({ low, high }: Head): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.tuple(...[...low].map((from, i) => fc.integer({ min: from, max: high[i]! }))),
      fc.array(
        fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 10),
        { maxLength: 40 },
      ),
    )
    .map(([beginning, rest]) => String.fromCharCode(...beginning, ...rest));

/** Lines of all shipped envelopes' own samples, with the head of each. */
const samples = grammars
  .filter(({ layer }) => layer === "envelope")
  .flatMap((grammar) => {
    const maker = new HeadMaker(grammar);
    const file = shippedFiles.find(({ file: name }) => name.endsWith(`/${grammar.name}.grammar`))!;
    const lines = file.text.split("\n").map((line) => line.replace(/^\s*(sample\s+)?\S?\s?/, ""));
    return [...new Set([...lines, ...file.text.split("\n").map((line) => line.trim())])].flatMap((line) => {
      const shape = line === "" ? undefined : shapeOf(grammar, line);
      const head = shape && maker.derive(shape, line);
      return head ? [{ grammar, shape: shape!, line, head }] : [];
    });
  });

describe("the head of a line", () => {
  it("lets at each byte stand what leads the automaton to the same place", () => {
    expect(shown(named("go-log"), "2026/11/22 03:52:37 listening on :53")).toBe(
      "[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]_[0-9][0-9]:[0-9][0-9]:[0-9][0-9]_[a-z]",
    );
  });

  it("covers other seconds, hosts and processes of the same lengths, and any message", () => {
    const journal = named("journal-short");
    const line = "Nov 22 03:52:37 corpdev1 dockerd[2706]: one";
    const { low, high } = new HeadMaker(journal).derive(shapeOf(journal, line)!, line)!;
    const fits = (text: string) => [...low].every((from, i) => inRange(text.charCodeAt(i), from, high[i]!));
    expect(low).toHaveLength("Nov 22 03:52:37 corpdev1 dockerd[2706]: ".length);
    expect(fits("Nov 23 13:00:00 buildvm7 kubelet[9999]: ")).toBe(true);
    expect(fits("Dec 23 13:00:00 buildvm7 kubelet[9999]: ")).toBe(false);
    expect(fits("Nov 23 13:00:00 buildvm7 kernel[10999]: ")).toBe(false);
  });

  it("is known for the stamped formats whose records end in a message", () => {
    expect([...new Set(samples.map(({ grammar }) => grammar.name))]).toEqual(
      expect.arrayContaining(["compose", "coredns", "docker-logs", "journal-short", "syslog"]),
    );
  });

  it("is kept by claimed lines only, whatever follows it", () => {
    expect(samples.length).toBeGreaterThan(40);
    for (const { shape, head, line } of samples) {
      expect([
        line,
        [...head.low].every((from, i) => inRange(line.charCodeAt(i), from, head.high[i]!)),
      ]).toEqual([line, true]);
      fc.assert(
        fc.property(fitting(head), (text) => claims(shape, text)),
        { numRuns: 60, seed: 17 },
      );
    }
  });

  it("is kept by no line that continues the record before it", () => {
    for (const { grammar, head } of samples) {
      const { continuation } = grammar.framing;
      if (!continuation) continue;
      fc.assert(
        fc.property(fitting(head), (text) => {
          continuation.lastIndex = 0;
          return !continuation.test(text);
        }),
        { numRuns: 60, seed: 17 },
      );
    }
  });

  it("is not derived where a record's end matters, or where its lines do not tell where it ends", () => {
    expect(shown(named("resolv-conf"), "nameserver 127.0.0.11")).toBeUndefined();
    const journal = named("journal-short");
    const line = "Nov 22 03:52:37 corpdev1 dockerd[2706]: one";
    const framed = { ...journal, framing: { ...journal.framing, end: () => 0 } };
    expect(shown(framed, line)).toBeUndefined();
    const continued = { ...journal, framing: { ...journal.framing, continuation: /N/y } };
    expect(shown(continued, line)).toBeUndefined();
    const unreadable = { ...journal, framing: { ...journal.framing, continuation: /\s/y } };
    expect(shown(unreadable, line)).toBeUndefined();
  });

  it("is sound where only a look-ahead would let a text through", () => {
    const shape = (source: string): Grammar => ({
      ...named("go-log"),
      shapes: [{ ...named("go-log").shapes[0]!, regex: new RegExp(source, "y") }],
    });
    expect(shown(shape("a(?:(?!b)[^]|c)[^]*$"), "acx")).toBe("ac");
    expect(shown(shape("a(?:(?!b)[^]|c)[^]*$"), "adx")).toBeUndefined();
    expect(shown(shape("a|b[^]*$"), "bx")).toBeUndefined();
    expect(shown(shape("ab(?=c)[^]*$"), "abc")).toBeUndefined();
    expect(shown(shape("a[^]*"), "abc")).toBeUndefined();
  });
});

function inRange(byte: number, from: number, to: number): boolean {
  return byte >= from && byte <= to;
}
