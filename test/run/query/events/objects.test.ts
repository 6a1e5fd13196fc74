import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ObjectCutter } from "../../../../src/run/query/events/objects.js";

describe("the objects of a stream", () => {
  const cut = (text: string, size = text.length) => {
    const cutter = new ObjectCutter();
    const bytes = Buffer.from(text);
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size)
      pieces.push(...cutter.push(bytes.subarray(at, at + size)));
    return [...pieces, ...cutter.end()];
  };
  const values = (text: string) => cut(text).map(({ value, problem }) => value ?? problem);

  it.each<[string, string, unknown[]]>([
    ["one a line", '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ["one after the other", '{"a":1} {"a":2}', [{ a: 1 }, { a: 2 }]],
    ["in an array", '[{"a":1},\n  {"a":[{"b":2}]}]\n', [{ a: 1 }, { a: [{ b: 2 }] }]],
    ["over several lines", '{\n  "a": {\n    "b": "}"\n  }\n}', [{ a: { b: "}" } }]],
    ["behind a byte order mark", '\ufeff{"a":1}', [{ a: 1 }]],
    ["with brackets and quotes in texts", '{"a":"{[\\"]}"}', [{ a: '{["]}' }]],
    ["none", " \n[]\n", []],
  ])("%s", (_, text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each<[string, string, (object | string)[], number[]]>([
    [
      "a line that is none",
      '{"a":1}\noops\n{"a":2}',
      [{ a: 1 }, "no JSON object begins here", { a: 2 }],
      [1, 2, 3],
    ],
    [
      "a line that breaks off",
      '{"a":1\n{"a":2}',
      ["an object that breaks off at the end of a line", { a: 2 }],
      [1, 2],
    ],
    [
      "a text that breaks off",
      '{"a":"x\n{"a":2}',
      ["an object that breaks off at the end of a line", { a: 2 }],
      [1, 2],
    ],
    [
      "an input that breaks off",
      '{"a":1}\n{"a":',
      [{ a: 1 }, "an object that breaks off: the input ends inside it"],
      [1, 2],
    ],
  ])("are found beside %s", (_, text, expected, at) => {
    expect(values(text)).toEqual(expected);
    expect(cut(text).map(({ line }) => line)).toEqual(at);
  });

  it("are the same however the stream is cut", () => {
    const text = '[{"a":"é\\"}"},\n{"b":[1,{"c":2}]}\n]\n{"a":1\n{"d":4}\nno\n{"e":5}';
    const whole = cut(text);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (size) => expect(cut(text, size)).toEqual(whole)),
      { seed: 3 },
    );
  });

  it("never end in an exception", () => {
    const unit = fc.constantFrom("{", "}", "[", "]", '"', "\\", "\n", ",", ":", "a", "1", " ");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        for (const { value, problem } of cut(text)) expect(value === undefined).toBe(problem !== undefined);
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});
