import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { SourceClock, UNKNOWN } from "../../../src/clock/source-clock.js";
import { TextAssembly } from "../../../src/decode/text/assembly.js";
import { detect } from "../../../src/decode/text/detect.js";
import { neededLiterals } from "../../../src/decode/text/needed.js";
import { readTextSegment, type SegmentOptions } from "../../../src/decode/text/read-segment.js";
import { TextReader } from "../../../src/decode/text/reader.js";
import type { TextSegment } from "../../../src/decode/text/segment.js";
import { grammars } from "../../../src/grammar/generated.js";
import type { Event } from "../../../src/model/event.js";
import { toolboxOf } from "../../../src/run/survey.js";
import { rounds } from "../../rounds.js";
import { evidence } from "./evidence.js";

const toolbox = toolboxOf(grammars);
// http.error is told by the error inside registry.v2_error, which nobody wants.
const WANTED = new Set(["http.error", "registry.attempt", "link.state", "nat.rule"]);
const wants = (action: string) => WANTED.has(action) || action.startsWith("process.");

/** How a text is read by the program when only some happenings are of interest; with `all`, without passing over any record. */
function optionsFor(
  text: string,
  all = false,
): SegmentOptions & { literals?: readonly string[] | undefined } {
  const detection = detect(text.slice(0, 128 << 10), toolbox.envelopes);
  const primary = detection.ranked[0]?.grammar;
  const literals = primary && (primary.wants ?? neededLiterals(primary, toolbox.messages, wants));
  return {
    path: "evidence",
    detection,
    envelopes: toolbox.envelopes,
    composer: toolbox.composer,
    wants,
    everyStamp: literals === undefined,
    literals: all ? undefined : literals,
  };
}

const clock = () => new SourceClock({ ...UNKNOWN, origin: 0 });

/** All that a reading gave, for comparison. */
function outcome(assembly: TextAssembly, events: readonly Event[]) {
  const { records, parsed, unparsed, from, to, problems, claimedBy } = assembly;
  return { records, parsed, unparsed, from, to, problems, claims: [...claimedBy].sort(), events };
}

/** Reads a text in chunks, from its beginning to its end. */
function inChunks(text: string, size: number, all = false) {
  const bytes = Buffer.from(text, "latin1");
  const events: Event[] = [];
  const reader = new TextReader({
    ...optionsFor(text, all),
    source: 3,
    stamper: clock(),
    emit: (event) => events.push(event),
  });
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  return outcome(reader, events);
}

/** Reads it in stretches, each for itself, as columns at times, and again those that supposed wrongly where they begin. */
function inStretches(text: string, cuts: readonly number[]) {
  const bytes = Buffer.from(text, "latin1");
  const source = { read: (target: Buffer, offset: number) => bytes.copy(target, 0, offset) };
  const options = { ...optionsFor(text), columns: cuts.length % 2 === 1 };
  const edges = [0, ...cuts, bytes.length];
  const stretches = edges.slice(1).map((to, i) => ({ from: edges[i]!, to }));
  const supposed = stretches.map((stretch) => readTextSegment(options, source, stretch));
  const events: Event[] = [];
  const assembly = new TextAssembly({
    source: 3,
    path: "evidence",
    stamper: clock(),
    emit: (event) => events.push(event),
  });
  let wrong = 0;
  let open: TextSegment["open"];
  let reopened = 0;
  supposed.forEach((segment, i) => {
    const { next } = assembly;
    if (segment.begin !== next) wrong++;
    if (open) reopened++;
    const taken =
      segment.begin === next && !open
        ? segment
        : readTextSegment(options, source, stretches[i]!, { at: next, open });
    assembly.take(taken);
    open = taken.open;
  });
  assembly.end();
  return { wrong, reopened, result: outcome(assembly, events), end: assembly.next };
}

/** Reads it piece by piece, each as long as gives some records. */
function inParts(text: string, enough: number) {
  const bytes = Buffer.from(text, "latin1");
  const source = { read: (target: Buffer, offset: number) => bytes.copy(target, 0, offset) };
  const options = optionsFor(text);
  const events: Event[] = [];
  const assembly = new TextAssembly({
    source: 3,
    path: "evidence",
    stamper: clock(),
    emit: (event) => events.push(event),
  });
  let parts = 0;
  let open: TextSegment["open"];
  for (let isPartial = true; isPartial; parts++) {
    const stretch = { from: assembly.next, to: bytes.length };
    const segment = readTextSegment(options, source, stretch, { at: stretch.from, open }, enough);
    open = segment.open;
    assembly.take(segment);
    isPartial = segment.partial === true;
  }
  assembly.end();
  return { parts, result: outcome(assembly, events) };
}

describe("a text that is read in stretches", () => {
  it("gives what one reading gives, wherever it is cut", () => {
    let supposed = 0;
    let wrong = 0;
    let events = 0;
    const actions = new Set<string>();
    const places = fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(evidence, places, (text, thousandths) => {
        const cuts = [...new Set(thousandths.map((part) => Math.floor((part * text.length) / 1000)))].sort(
          (a, b) => a - b,
        );
        const whole = inChunks(text, 1 << 20);
        const cut = inStretches(text, cuts);
        expect(cut.result).toEqual(whole);
        expect(cut.end).toBe(text.length);
        for (const { action } of whole.events) actions.add(action);
        supposed += cuts.length;
        wrong += cut.wrong;
        events += whole.events.length;
      }),
      { seed: 20_261_122, numRuns: rounds(60) },
    );
    expect(events).toBeGreaterThan(100);
    expect([...actions].sort()).toEqual([
      "http.error",
      "link.state",
      "nat.rule",
      "process.syscall",
      "registry.attempt",
    ]);
    // What is supposed is right as a rule, and wrong at times: both ways were gone.
    expect(wrong).toBeGreaterThan(0);
    expect(wrong).toBeLessThan(supposed / 2);
  });

  it("knows what the lines above say, though they lie in a stretch before", () => {
    const lines = fc.array(
      fc.constantFrom("*nat", "*filter", "-A POSTROUTING -s 10.1.0.0/16 -j MASQUERADE", "COMMIT", "", "junk"),
      { minLength: 2, maxLength: 30 },
    );
    let inherited = 0;
    let reopened = 0;
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 999 }), (all, thousandth) => {
        const text = all.join("\n");
        const whole = inChunks(text, 1 << 20);
        const cut = inStretches(text, [Math.max(1, Math.floor((thousandth * text.length) / 1000))]);
        expect(cut.result).toEqual(whole);
        expect(inChunks(text, 17)).toEqual(whole);
        reopened += cut.reopened;
        for (const { fields } of whole.events) if (fields["iptables.table"] !== undefined) inherited++;
      }),
      { seed: 20_261_122, numRuns: rounds(60) },
    );
    expect(inherited).toBeGreaterThan(25);
    expect(reopened).toBeGreaterThan(10);
  });

  it("reads a record that is much longer than the stretch in which it begins", () => {
    const line =
      'Nov 22 03:52:37 host docker[1]: time="2026-11-22T03:52:37.5Z" level=debug msg="Trying to pull shop from https://repo.example.net v2"\n';
    const long = `Nov 22 03:52:37 host dockerd[7]: ${"x".repeat(500_000)}\n`;
    const text = line.repeat(80) + long + line;
    const { result, end } = inStretches(text, [line.length * 80 + 10]);
    expect(result).toEqual(inChunks(text, 1 << 20));
    expect(result.records).toBe(82);
    expect(result.events).toHaveLength(81);
    expect(end).toBe(text.length);
  });

  it("gives the same when a stretch is read in parts", () => {
    let several = 0;
    fc.assert(
      fc.property(evidence, fc.integer({ min: 1, max: 20 }), (text, enough) => {
        const long = text.repeat(Math.ceil((150 << 10) / (text.length + 1)));
        const { parts, result } = inParts(long, enough);
        expect(result).toEqual(inChunks(long, 1 << 20));
        if (parts > 1) several++;
      }),
      { seed: 20_261_122, numRuns: rounds(12) },
    );
    expect(several).toBeGreaterThan(6);
  });

  it("gives what any chunks give", () => {
    fc.assert(
      fc.property(evidence, fc.integer({ min: 1, max: 700 }), (text, size) => {
        const chunk = text.length > 1 << 20 ? size * 1000 : size;
        expect(inChunks(text, chunk)).toEqual(inChunks(text, 1 << 20));
      }),
      { seed: 20_261_122, numRuns: rounds(60) },
    );
  });

  it("gives what reading every record gives", () => {
    fc.assert(
      fc.property(evidence, (text) => {
        // Records that only their parsing would show to be none count as read when nobody needs them.
        const judged = ({ events, from, to }: ReturnType<typeof inChunks>) => ({ events, from, to });
        expect(judged(inChunks(text, 1 << 20))).toEqual(judged(inChunks(text, 1 << 20, true)));
      }),
      { seed: 20_261_122, numRuns: rounds(60) },
    );
  });
});
