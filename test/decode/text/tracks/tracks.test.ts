import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { neededLiterals } from "../../../../src/decode/text/needed.js";
import { readTextSegment, type SegmentOptions } from "../../../../src/decode/text/read-segment.js";
import { RecordTaker } from "../../../../src/decode/text/record-taker.js";
import { forgetScanners } from "../../../../src/decode/text/scanners.js";
import { grammars } from "../../../../src/grammar/generated.js";
import { runSamples } from "../../../../src/grammar/samples.js";
import { toolboxOf } from "../../../../src/run/survey.js";
import { shippedFiles } from "../../../grammars/shipped.js";
import { recordsOf, withReadStamp } from "../records.js";

const toolbox = toolboxOf(grammars);
const journal = toolbox.envelopes.find(({ name }) => name === "journal-short")!;

/** What is read of a journal of which only some happenings are wanted. */
function read(lines: readonly string[], actions: ReadonlySet<string>, columns: boolean) {
  const wants = (action: string) => actions.has(action);
  const bytes = Buffer.from(`${lines.join("\n")}\n`, "latin1");
  const options: SegmentOptions = {
    path: "journal",
    detection: { ranked: [{ grammar: journal, claimed: 1 }], records: 1, pasted: false },
    envelopes: toolbox.envelopes,
    composer: toolbox.composer.sparing(() => undefined),
    wants,
    literals: neededLiterals(journal, toolbox.messages, wants),
    columns,
  };
  const source = { read: (target: Buffer, at: number) => bytes.copy(target, 0, at) };
  const {
    wanted,
    columns: stored,
    ...rest
  } = readTextSegment(options, source, { from: 0, to: bytes.length }, { at: 0 });
  const records = (stored ? recordsOf(stored) : wanted).map(withReadStamp);
  // A field that a record has not is absent, or undefined.
  return { ...rest, records: JSON.parse(JSON.stringify(records)) };
}

/** Numbers that are the same each time. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
}

const STAMP = /^\d\d/;
const ODD = [
  "\xc3\xa9",
  "\\",
  '"',
  " ",
  "",
  ":",
  "[resolver] ",
  "0",
  "-",
  "A",
  "/",
  "?",
  "error=",
  "\r",
  "9999999999999999999",
];

/** Words that other shapes look for. */
const WORDS = [
  ...new Set(toolbox.messages.flatMap(({ shapes }) => shapes.flatMap(({ literals }) => literals.flat()))),
].filter((word) => !word.includes("\n"));

/** A line with one place changed. */
function changed(line: string, next: (below: number) => number): string {
  const at = next(line.length + 1);
  const kind = next(5);
  if (kind === 4) return `${line.slice(0, at)}${WORDS[next(WORDS.length)]}${line.slice(at)}`;
  if (kind === 0) return `${line.slice(0, at)}${ODD[next(ODD.length)]}${line.slice(at)}`;
  if (kind === 1) return `${line.slice(0, at)}${ODD[next(ODD.length)]}${line.slice(at + 1)}`;
  if (kind === 2) return `${line.slice(0, at)}${line.slice(Math.min(line.length, at + 1 + next(4)))}`;
  return line.replace(/\d/g, () => String(next(10)));
}

const KERNEL = new Set(["kernel-bridge", "kernel-net", "kernel-ring"]);
const plain = (name: string, text: string) =>
  `Nov 22 03:52:37 node-17 ${KERNEL.has(name) ? "kernel" : "dockerd[27]"}: ${text}`;
const quoted = (text: string) =>
  `Nov 22 03:52:37 node-17 dockerd[27]: time="2026-11-22T03:52:37.526690699Z" level=debug msg="${text}"`;

/** Many lines of one kind, as they are, and between them such as are nearly of it. */
function many(line: string, seed: number): string[] {
  const next = generator(seed);
  const lines = Array.from({ length: 60 }, () => line);
  for (let i = 0; i < 60; i++) lines.push(changed(line, next), line);
  return lines;
}

const messages = new Set(toolbox.messages.map(({ name }) => name));
/** Of one in so many grammars one in so many samples: all of them take a minute. */
const SHARE = 4;
const samples = runSamples(shippedFiles.filter((_, i) => i % SHARE === 0))
  .filter(
    ({ grammar, event, text }) =>
      messages.has(grammar) && event !== undefined && !/[\n"\\]/.test(text) && !STAMP.test(text),
  )
  .filter((_, i) => i % SHARE === 0);

describe.each(["wasm", "js"])("records that are read by tracks, with the %s scanner", (kind) => {
  beforeAll(() => {
    process.env["HINDCAST_SCANNER"] = kind;
    forgetScanners();
  });
  afterAll(() => {
    delete process.env["HINDCAST_SCANNER"];
    forgetScanners();
  });

  const taken = jest.spyOn(RecordTaker.prototype, "takeTracked");
  afterEach(() => {
    taken.mockClear();
  });
  const isTracked = () => taken.mock.calls.length > 0;

  it("are those that are read layer by layer, of shipped message shapes, however they are changed", () => {
    let tracked = 0;
    for (const [i, { grammar, event, text }] of samples.entries()) {
      const bytes = Buffer.from(text, "utf8").toString("latin1");
      for (const line of [plain(grammar, bytes), quoted(bytes)]) {
        const lines = many(line, i);
        const actions = new Set([event!]);
        taken.mockClear();
        const got = read(lines, actions, true);
        if (isTracked()) tracked++;
        expect(got).toEqual(read(lines, actions, false));
      }
    }
    expect(tracked).toBeGreaterThan(5);
  });

  it("have the fields of the record, not those of the one that the track was learned of", () => {
    const line = (port: number, state: string) =>
      `Nov 22 03:52:37 node-17 kernel: docker0: port ${port}(veth${port}) entered ${state} state`;
    const lines = Array.from({ length: 200 }, (_, i) => line(i, i % 3 === 0 ? "blocking" : "forwarding"));
    const { records } = read(lines, new Set(["bridge.port_state"]), true);
    expect(isTracked()).toBe(true);
    expect(records[199].told[0].fields).toMatchObject({
      "bridge.name": "docker0",
      "bridge.port": 199,
      "interface.name": "veth199",
      "bridge.state": "forwarding",
    });
  });

  it("are none where the words stand for something only if a certain program says them", () => {
    const said = (program: string) =>
      `Nov 22 03:52:37 node-17 ${program}: docker0: port 1(veth1) entered blocking state`;
    const lines = [...Array.from({ length: 100 }, () => said("kernel")), said("kernfs"), said("kernel")];
    const { records } = read(lines, new Set(["bridge.port_state"]), true);
    expect(isTracked()).toBe(true);
    expect(records).toHaveLength(101);
  });
});
