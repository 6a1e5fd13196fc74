import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bytesOf } from "../../src/grammar/bytes.js";
import { jsonExtent } from "../../src/grammar/document/extent.js";
import { runSamples } from "../../src/grammar/samples.js";
import type { Fields } from "../../src/model/event.js";
import { rounds } from "../rounds.js";
import { compile, grammarText, problemsOf } from "./helpers.js";

const WATER = `
accepts .sensor and .kind in ("water", "rain")
token SITE = /[a-z]+/
event water.level when .level
  { @timestamp = .at as epoch_ms
    water.level = .level
    water.site = .place.name as lower
    .sensor = ("s-" water.sensor:INT)
    water.state = "high" when .level in (9, 10)
    water.state = "usual"
    water.tags = .tags[].name
    water.range = .range as "{.low}-{.high}"
    water.page = .page as "{.id first 4}:{.link after /}"
    message = .note }
event water.pump each .pumps when not .off
  { pump.name = key  pump.power = .power as int  water.level = $.level  pump.alarm = .alarms[.code = 7].text }
`;

const read = (body: string, document: unknown): Fields[] =>
  compile(body, "document")
    .document!.read(bytesOf(JSON.stringify(document)))
    .map(({ shape, fields }) => ({ event: shape.event, ...fields }));
const recognises = (body: string, text: string) =>
  compile(body, "document").document!.recognises(bytesOf(text));

describe("a grammar of documents", () => {
  it("takes fields from paths, with types, templates, conditions and patterns", () => {
    expect(
      read(WATER, {
        kind: "water",
        sensor: "s-17",
        at: 1795319188123,
        level: 9,
        place: { name: "Würm" },
        tags: [{ name: "a" }, {}, { name: "b" }],
        range: { low: 1, high: 12 },
        page: { id: "0123456789", link: "http://site.test/a/b" },
        note: "tïde",
      }),
    ).toEqual([
      {
        event: "water.level",
        "@timestamp": "1795319188.123",
        "@timestamp.kind": "epoch",
        "water.level": 9,
        "water.site": "würm",
        "water.sensor": 17,
        "water.state": "high",
        "water.tags": ["a", "b"],
        "water.range": "1-12",
        "water.page": "0123:b",
        message: bytesOf("tïde"),
      },
    ]);
  });

  it("leaves fields absent whose values are missing, null, empty or of another type", () => {
    expect(
      read(WATER, {
        kind: "rain",
        sensor: "x17",
        level: 1,
        place: null,
        tags: [],
        range: { low: 1 },
        note: "",
      }),
    ).toEqual([{ event: "water.level", "water.level": 1, "water.state": "usual" }]);
  });

  it("keeps every digit of numbers that a float64 does not hold, and of texts that hold such digits", () => {
    const body =
      "accepts .at\nevent water.level { @timestamp = .at as epoch_ns  water.note = .note  water.level = .level }";
    const text =
      '{"at":1795349665835499422,"note":"\\"level\\": 12345678901234567, 1","level":1.2345678901234567}';
    expect(compile(body, "document").document!.read(bytesOf(text))[0]!.fields).toMatchObject({
      "@timestamp": "1795349665.835499422",
      "water.note": '"level": 12345678901234567, 1',
      "water.level": 1.2345678901234567,
    });
  });

  it("tells of each element of an array or of an object", () => {
    const pumps = {
      north: {
        power: "12",
        alarms: [
          { code: 1, text: "a" },
          { code: 7, text: "b" },
        ],
      },
      south: { off: true },
    };
    expect(read(WATER, { kind: "water", sensor: "s-1", level: 2, pumps }).slice(1)).toEqual([
      { event: "water.pump", "pump.name": "north", "pump.power": 12, "water.level": 2, "pump.alarm": "b" },
    ]);
  });

  it("finds the first element that has one of several members, be they null", () => {
    const body = "accepts .all\nevent x { a = .all[.drop or .code = 7].name }";
    expect(read(body, { all: [{ name: "x" }, { name: "y", drop: null }] })[0]!["a"]).toBe("y");
    expect(
      read(body, {
        all: [
          { name: "x", code: 1 },
          { name: "z", code: 7 },
        ],
      })[0]!["a"],
    ).toBe("z");
    expect(read(body, { all: [] })[0]!["a"]).toBeUndefined();
  });

  it("reads arrays and lists of its documents, and no others", () => {
    const one = { kind: "water", sensor: "s-1", level: 1 };
    const two = { ...one, level: 2 };
    expect(read(WATER, [one, {}, two]).map((each) => each["water.level"])).toEqual([1, 2]);
    expect(read(WATER, { kind: "List", items: [one, two] })).toHaveLength(2);
    expect(recognises(WATER, JSON.stringify([one, { kind: "wine" }]))).toBe(false);
    expect(recognises(WATER, "[]")).toBe(false);
    expect(recognises(WATER, '{"kind":"water","sensor":"s-1"')).toBe(false);
    expect(recognises(WATER, 'water {"kind":"water","sensor":"s-1"}')).toBe(false);
  });

  it.each([
    [1795319188, "1795319188"],
    [1795319188.25, "1795319188.25"],
    [1795319188123, "1795319188.123"],
    ["1795319188123456789", "1795319188.123456789"],
    ["2026-11-22T03:52:37.5Z", "2026-11-22T03:52:37.5Z"],
    ["2026-11-22 03:52:37,123", "2026-11-22 03:52:37,123"],
    ["yesterday", undefined],
    [17, undefined],
  ])("takes %s for a time, if it can be one", (time, text) => {
    const [event] = read("accepts .time\nevent x { @timestamp = .time as time }", { time });
    expect(event!["@timestamp"]).toBe(text);
  });

  it.each([
    ["event x { a = .b }", "does not say by what a document is recognised"],
    ["accepts .a", "describes no event"],
    ['accepts .a\nevent x = "a"', "x has a pattern, but test reads documents"],
    ["accepts .a\nevent x { a = .b as colour }", "there is no type colour"],
    ["accepts .a\nevent x { a = .b[ }", "expected `}`, found `[`"],
    ["accepts .a\nevent x { a = .b[c] }", "a path begins with `.`"],
    ["accepts .a\nevent x { .a = (p:/x/) }", "expected"],
    ["accepts .a\nevent x { @timestamp = .b[] }", "a record has one time"],
    ['accepts .a\nevent x { .a = (x:WORD " "? WORD) }', "can be read in two ways"],
  ])("refuses %s", (body, message) => {
    expect(problemsOf(body, "document").join("\n")).toContain(message);
  });

  it("refuses documents' statements in a grammar of lines", () => {
    expect(problemsOf('accepts .a\nevent x = "a"')[0]).toContain("reads lines, not documents");
  });

  it("has samples that name the events in their order", () => {
    const outcomes = (samples: string) =>
      runSamples([{ file: "x", text: grammarText(`${WATER}${samples}`, "document") }])
        .map(({ problem }) => problem?.message)
        .filter((message) => message !== undefined);
    const text = '  > {"kind":"water","sensor":"s-1","level":2,"pumps":[{"power":1}]}\n';
    expect(
      outcomes(`sample\n${text}  -> water.level { water.level: 2 } -> water.pump { pump.name: "0" }`),
    ).toEqual([]);
    expect(outcomes(`sample\n${text}  -> water.pump -> water.level`)[0]).toContain(
      "no water.level with these fields",
    );
    expect(outcomes(`reject\n${text}`)).toEqual(["this must not be recognised, but it is"]);
    expect(outcomes('sample "{}"')[0]).toContain("this is no document of this format");
  });
});

/** The records that a text is cut into, with what each is. */
function records(text: string): [state: string, record: string][] {
  const found: [string, string][] = [];
  for (let at = 0; at < text.length; ) {
    const { end, state, from, to } = jsonExtent(text, at, text.length, true)!;
    found.push([state, state === "whole" ? text.slice(from, to).replace(/\s+/g, "") : text.slice(at, end)]);
    at = end + 1;
  }
  return found;
}

const whole = (...values: unknown[]) => values.map((value) => ["whole", JSON.stringify(value)]);
const ITEMS = [{ a: [1, { b: "]},{" }] }, { a: 2 }, { a: 'x\\"' }];

describe("the end of a JSON record", () => {
  it("is that of its line, for JSON lines", () => {
    expect(records('{"a":1}\n{"a":{"b":[]}}\r\n')).toEqual([
      ["whole", '{"a":1}'],
      ["whole", '{"a":{"b":[]}}'],
    ]);
  });

  it.each([1, 2, 4, "\t"])("is that of the element in an array indented by %j", (indent) => {
    expect(records(JSON.stringify(ITEMS, null, indent))).toEqual(whole(...ITEMS));
  });

  it("is that of the item in a list", () => {
    const list = { apiVersion: "v1", items: ITEMS, kind: "List", metadata: { resourceVersion: "" } };
    expect(records(JSON.stringify(list, null, 4))).toEqual(whole(...ITEMS));
    expect(records(JSON.stringify({ ...list, items: [] }, null, 4))).toEqual(whole({ ...list, items: [] }));
  });

  it("is that of the whole array, where its elements share their lines", () => {
    expect(records(`[ {\n  "a": 1\n },{\n  "a": 2\n } ]\n`)).toEqual(whole([{ a: 1 }, { a: 2 }]));
    expect(records(`[\n {\n  "a": 1\n }, {\n  "a": 2\n }\n]\n`)).toEqual(whole([{ a: 1 }, { a: 2 }]));
    expect(records('[{"a":1},{"a":2}]')).toEqual(whole([{ a: 1 }, { a: 2 }]));
  });

  it("costs a broken element nothing but itself", () => {
    const text = JSON.stringify([{ a: 1 }, { a: 2, b: 3 }, { a: 4 }], null, 2).replace('"a": 2', '"a": ?');
    expect(records(text).map(([state]) => state)).toEqual(["whole", "broken", "whole"]);
  });

  it("is before the line that interrupts it", () => {
    expect(records('{\n  "a": 1,\nNov 22 03:52:37 host kernel: x\n{"b":1}')).toEqual([
      ["broken", '{\n  "a": 1,'],
      ["none", "Nov 22 03:52:37 host kernel: x"],
      ["whole", '{"b":1}'],
    ]);
  });

  it.each([
    "[2026-11-22 03:52:37] text",
    "[  12.345678] kernel",
    "{ curly } words",
    "[1]",
    "}",
    "",
    "[error] x",
  ])("is none in %j", (line) => {
    expect(jsonExtent(line, 0, line.length, true)).toMatchObject({ state: "none", end: line.length });
  });

  it("is the same, however much of the text is seen", () => {
    const value = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(1, -2.5, true, null, "x", 'a"b\\', "}{", "é"),
        fc.array(tie("json"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "items", "b c"), tie("json"), { maxKeys: 3 }),
      ),
    })).json;
    const text = fc
      .tuple(
        fc.array(fc.tuple(value, fc.constantFrom(undefined, 1, 4)), { minLength: 1, maxLength: 3 }),
        fc.nat(999),
      )
      .map(([all, cut]) => {
        const joined = all.map(([one, indent]) => JSON.stringify(one, null, indent)).join("\n");
        return cut < 500 ? joined : joined.slice(0, Math.floor((joined.length * cut) / 999));
      });
    let records = 0;
    fc.assert(
      fc.property(text, (all) => {
        for (let at = 0; at < all.length; ) {
          const final = jsonExtent(all, at, all.length, true)!;
          expect(final.end).toBeGreaterThanOrEqual(at);
          // Readers see whole lines.
          const line = all.indexOf("\n", at);
          for (let length = line + 1; line >= 0 && length < all.length; length++) {
            const early = jsonExtent(all.slice(0, length), at, length, false);
            if (early) expect(early).toEqual(final);
          }
          if (final.state === "whole") JSON.parse(all.slice(final.from, final.to));
          records++;
          at = final.end + 1;
        }
      }),
      { seed: 4, numRuns: rounds(120) },
    );
    expect(records).toBeGreaterThan(120);
  });
});
