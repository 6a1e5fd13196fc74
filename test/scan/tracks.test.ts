import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ByteSet } from "../../src/grammar/bytes.js";
import { programOf, wayOf } from "../../src/grammar/track/program.js";
import type { Step, Track } from "../../src/grammar/track/step.js";
import { createScanner } from "../../src/scan/create.js";
import { STAMP_FORMS } from "../../src/scan/stamps.js";
import { From, Halt, MOST_ROWS, type TrackFollower, type TrackTable } from "../../src/scan/tracks.js";
import { rounds } from "../rounds.js";
import { KINDS, latin1 } from "./scanners.js";
import { FORMS, stampText } from "./stamp-texts.js";

const bytes = (text: string): Step => ({ kind: "bytes", bytes: text });
const unless = (text: string): Step => ({ kind: "unless", bytes: text });
const run = (set: ByteSet, min: number, max = Number.POSITIVE_INFINITY, last?: ByteSet): Step => ({
  kind: "run",
  set,
  min,
  max,
  ...(last && { last }),
});
const group = (number: number, ...steps: Step[]): Step[] => [
  { kind: "open", group: number },
  ...steps,
  { kind: "close", group: number },
];

const DIGIT = ByteSet.range(48, 57);
const LETTER = ByteSet.range(97, 122);
const WORD = ByteSet.range(33, 126);
const UNENDED = WORD.union(ByteSet.of(" "));

const STATE = [bytes("port "), ...group(0, run(DIGIT, 1)), bytes(" is "), ...group(1, run(UNENDED, 1))];
const CODE: Track = [
  bytes("got "),
  ...group(0, run(ByteSet.of("12345"), 1, 1), run(DIGIT, 2, 2)),
  bytes(" from "),
  ...group(1, bytes("http"), run(ByteSet.of("s"), 0, 1), bytes("://"), run(WORD, 1, 9999, LETTER)),
];
const NAME: Track = [
  bytes("port "),
  unless("x"),
  ...group(0, run(ByteSet.of("-"), 0, 1), run(WORD.minus(ByteSet.of("/")), 1, 40)),
  bytes("/"),
  ...group(1, run(ByteSet.of(" 0123456789"), 3, 3)),
];

const tracks = [STATE, CODE, NAME];
const table: TrackTable = {
  program: programOf(tracks.map(wayOf), () => true)!,
  sources: [
    [
      [From.NUMBER, 0],
      [From.TEXT, 2],
      [From.NOTHING, 0],
    ],
    [
      [From.NUMBER, 0],
      [From.TEXT, 2],
      [From.MADE_OF_ORIGIN, 2],
    ],
    [
      [From.NUMBER, 0],
      [From.MADE, 2],
    ],
  ],
};
const LITERALS = ["port ", "got "];
/** Lines go on behind a line that begins so. */
const CONTINUING = new Uint8Array(256);
CONTINUING[latin1(" ")[0]!] = 1;

/** A scanner that was asked about a text, all of whose lines that begin with a letter fit a head. */
function scanned(kind: "js" | "wasm", text: string) {
  const chunk = latin1(text);
  const scanner = createScanner(LITERALS, { kind, capacity: chunk.length + 64 });
  chunk.copy(scanner.bytes);
  scanner.addHead({ low: latin1("a"), high: latin1("z") });
  const lines = scanner.findEnds(chunk.length);
  scanner.findHits(chunk.length);
  scanner.findOdd(0, lines);
  scanner.tracks.know(table, CONTINUING);
  return { follower: scanner.tracks, lines };
}

/** What the rows say, each with its part of the columns. */
function rowsOf({ rows }: TrackFollower) {
  let change = 0;
  let text = 0;
  return Array.from({ length: rows.count }, (_, i) => ({
    line: rows.lines[i],
    offset: rows.offsets[i],
    length: rows.lengths[i],
    kind: rows.kinds[i],
    changes: [...rows.changes.subarray(change, (change += rows.changed[i]!))],
    texts: latin1Text(rows.texts.subarray(text, (text += rows.textLengths[i]!))),
  }));
}

const latin1Text = (text: Uint8Array) => Buffer.from(text).toString("latin1");

/** All that a follower says of a text, whose caller writes the rows it is asked to write; of one in so many it finds that it cannot. */
function story(kind: "js" | "wasm", text: string, refused = 5): unknown[] {
  const { follower, lines } = scanned(kind, text);
  const said: unknown[] = [];
  let asked = 0;
  for (let from = 0; from < lines; ) {
    const line = follower.follow(from, lines, 1000, 5_000_000_000);
    const { halt, lastRow, rows } = follower;
    said.push(halt, line, lastRow, rowsOf(follower));
    said.push([...rows.numbers.subarray(0, rows.numberCount)]);
    said.push([...rows.lengthsOfTexts.subarray(0, rows.textCount)]);
    if (halt === Halt.VALUES) {
      const { track, marks, changed, numbers } = follower;
      const sources = table.sources[track]!;
      for (const [i, [from, mark]] of sources.entries())
        said.push(
          changed[i],
          from === From.NUMBER ? numbers[i] : undefined,
          from === From.NOTHING ? undefined : [marks[mark], marks[mark + 1]],
        );
      follower.setKind(track, ++asked % refused === 0 ? -1 : 10 + track);
    }
    from = halt === Halt.ROOM ? line : line + 1;
  }
  return said;
}

describe.each(KINDS)("lines that the %s scanner follows", (kind) => {
  const follow = (text: string) => {
    const { follower, lines } = scanned(kind, text);
    for (const track of tracks.keys()) follower.setKind(track, 10 + track);
    return { follower, line: follower.follow(0, lines, 0, 0) };
  };

  test("become rows where they are of a track; those without a literal are passed", () => {
    const { follower, line } = follow(
      "nothing\nport 7 is up\nnothing\nport 7 is down\nport 8 is down\nhere\n",
    );
    expect([line, follower.halt, follower.lastRow]).toEqual([6, Halt.LINE, 4]);
    expect(rowsOf(follower)).toEqual([
      { line: 1, offset: 8, length: 12, kind: 10, changes: [1, 4], texts: "up" },
      { line: 3, offset: 29, length: 14, kind: 10, changes: [4], texts: "down" },
      { line: 4, offset: 44, length: 14, kind: 10, changes: [1], texts: "" },
    ]);
  });

  test.each([
    ["is of no track", "port 7 was up\n", 0],
    ["begins unlike the others", "one\n1 port\n", 1],
    ["may be continued by the next", "one\nport 7 is up\n go\n", 1],
    ["stands before an odd one that may continue it", "one\ntwo\n go\n", 1],
    ["ends with a blank", "port 7 is up \n", 0],
    ["has more digits than a number", "port 1234567890123456 is up\n", 0],
    ["has what must not follow", "port x/ 12\n", 0],
  ])("end at one that %s", (_, text, line) => {
    expect(follow(text).line).toBe(line);
  });

  test("end at one whose value must be made, and at one for which there is no kind", () => {
    const { follower, line } = follow("port 7 is up\ngot 200 from http://a.b/c\n");
    expect([line, follower.halt, follower.track]).toEqual([1, Halt.VALUES, 1]);
    expect(scanned(kind, "port 7 is up\n").follower.follow(0, 1, 0, 0)).toBe(0);
  });

  test("go on behind it: what stands behind the slash of a URL has no say in what is made of its origin", () => {
    const { follower } = follow(
      "got 200 from http://a.b/c\ngot 200 from http://a.b/d/e\ngot 200 from http://a.c/d\n",
    );
    follower.setKind(1, 11);
    expect(follower.follow(1, 3, 0, 0)).toBe(2);
    expect(rowsOf(follower)).toMatchObject([{ line: 1, changes: [4], texts: "http://a.b/d/e" }]);
  });

  test("end where there is no room for more rows, and go on from there", () => {
    const { follower, line } = follow("port 7 is up\n".repeat(MOST_ROWS + 1));
    expect([line, follower.halt]).toEqual([MOST_ROWS, Halt.ROOM]);
    expect(follower.follow(line, MOST_ROWS + 1, 0, 0)).toBe(MOST_ROWS + 1);
    expect(rowsOf(follower)).toHaveLength(1);
  });
});

describe("the kernel and its reference", () => {
  const piece = fc.constantFrom(
    ...[
      "port ",
      "got ",
      "7",
      "200",
      "-0",
      "-",
      "0",
      " is ",
      " from ",
      "http://",
      "https://",
      "a.b/",
      "/",
      "://",
    ],
    ...[
      " ",
      "x",
      "up",
      "down",
      "c",
      "\r",
      "\xe9",
      "\0",
      " 12",
      "a".repeat(111),
      "b".repeat(112),
      "c".repeat(300),
    ],
  );
  const whole = fc.constantFrom(
    ...[
      "port 7 is up",
      "port -0 is up",
      "port 0/ 12",
      "port -0/ 12",
      "port 7/012",
      "got 200 from http://a.b/c",
    ],
    ...[
      "got 404 from https://a.b/c?d",
      "got 200 from http://a",
      "got 200 from http://a/",
      " go on",
      "nothing",
    ],
    ...[
      "port 7 is down\r",
      `port 7 is ${"w".repeat(112)}`,
      `got 200 from http://${"h".repeat(120)}/c`,
      "1 odd",
    ],
  );
  const broken = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
  const line = fc.oneof({ arbitrary: whole, weight: 3 }, { arbitrary: broken, weight: 1 });

  test("say the same of all texts", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const text = lines.map((one) => `${one}\n`).join("");
        expect(story("wasm", text)).toEqual(story("js", text));
      }),
      { seed: 20_261_123, numRuns: rounds(80) },
    );
  });

  test("say the same where text is more than there is room for", () => {
    const long = (letter: string, bytes: number) => `port 7 is ${letter.repeat(bytes)}\n`;
    const text = `${long("a", 10)}${long("b", 90_000)}${long("c", 90_000)}${long("d", 200_000)}${long("d", 200_000)}`;
    expect(story("wasm", text)).toEqual(story("js", text));
  });
});

describe("stamps along tracks", () => {
  const ANYTHING = ByteSet.range(32, 126);
  const stamped: TrackTable = {
    program: programOf(
      FORMS.map((form) => wayOf([bytes(`${form} `), ...group(0, run(ANYTHING, 1))])),
      () => true,
    )!,
    sources: FORMS.map((form) => [[STAMP_FORMS[form], 0]] as const),
  };

  /** The lines that are records, and the bits of their stamps, of those that differ from the one before. */
  function stampsOf(kind: "js" | "wasm", text: string) {
    const chunk = latin1(text);
    const scanner = createScanner(
      FORMS.map((form) => `${form} `),
      { kind, capacity: chunk.length + 64 },
    );
    chunk.copy(scanner.bytes);
    const lines = scanner.findEnds(chunk.length);
    scanner.findHits(chunk.length);
    scanner.addHead({ low: latin1("a"), high: latin1("z") });
    scanner.findOdd(0, lines);
    scanner.tracks.know(stamped, CONTINUING);
    for (const track of FORMS.keys()) scanner.tracks.setKind(track, track);
    const found: unknown[] = [];
    for (let from = 0; from < lines; from++) {
      from = scanner.tracks.follow(from, lines, 0, 0);
      const { rows } = scanner.tracks;
      const numbers = rows.numbers.slice(0, rows.numberCount);
      found.push(rowsOf(scanner.tracks), [...new Uint32Array(numbers.buffer)]);
    }
    return found;
  }

  test("are the same in the kernel and its reference", () => {
    const line = fc
      .constantFrom(...FORMS)
      .chain((form) => stampText[form].map((text) => `${form} ${text}\n`));
    fc.assert(
      fc.property(fc.array(line, { minLength: 20, maxLength: 60 }), (lines) => {
        expect(stampsOf("wasm", lines.join(""))).toEqual(stampsOf("js", lines.join("")));
      }),
      { seed: 20_261_123, numRuns: 60 },
    );
  });
});

describe("a program", () => {
  test("is none that is longer than any may be", () => {
    const way = wayOf([bytes("x".repeat(5000))]);
    const others = Array.from({ length: 60 }, (_, i) => [...wayOf([bytes(`${i}.`)]), ...way]);
    expect(programOf([way], () => true)).toBeDefined();
    expect(programOf(others, () => true)).toBeUndefined();
  });

  test("knows ASCII only", () => {
    expect(() => wayOf([run(ByteSet.of("\xe9").union(DIGIT), 1)])).toThrow(RangeError);
  });
});
