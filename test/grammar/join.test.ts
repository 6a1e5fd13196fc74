import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Joiner, joinOneByOne } from "../../src/grammar/join.js";
import type { Grammar, Reading, Shape } from "../../src/grammar/types.js";
import type { Fields } from "../../src/model/event.js";

/** More often than a joiner waits before it makes a function for a kind of record. */
const MANY = 40;

function layer(name: string, set: Fields = {}, fixed = true) {
  const grammar = { name, set } as Grammar;
  const shape = { grammar: name, event: name, ...(fixed && { fixed }) } as Shape;
  return (fields: Fields): Reading => ({ grammar, shape, fields });
}

const defined = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

describe("the fields of a record's layers", () => {
  const envelope = layer("envelope", { "event.category": "host", "log.kind": "journal" });
  const body = layer("body");
  const message = layer("message", { "event.category": "network" });
  const error = layer("error", { "event.category": "web", "error.kind": "none" });

  it.each([1, MANY])("the later layer counts, absent values hide nothing (joined %i times)", (times) => {
    const joiner = new Joiner();
    const through = [
      envelope({ host: "a", message: "x", pid: undefined }),
      body({ message: "y", level: "info", host: undefined }),
      message({ pid: 7, level: undefined }),
    ];
    for (let i = 1; i < times; i++) joiner.join(through, []);
    expect(defined(joiner.join(through, []))).toEqual({
      host: "a",
      message: "y",
      level: "info",
      pid: 7,
      "event.category": "network",
      "log.kind": "journal",
    });
  });

  it.each([1, MANY])("those that nobody asks for are left out (joined %i times)", (times) => {
    const joiner = new Joiner((action) => (action === "message" ? new Set(["pid", "log.kind"]) : undefined));
    const whole = [envelope({ host: "a" }), body({ level: "info" })];
    const through = [...whole, message({ pid: 7, level: "warning" })];
    for (let i = 1; i < times; i++) joiner.join(through, []);
    expect(defined(joiner.join(through, []))).toEqual({ pid: 7, "log.kind": "journal" });
    expect(defined(joiner.join(whole, []))).toMatchObject({
      host: "a",
      level: "info",
      "log.kind": "journal",
    });
  });

  it.each([1, MANY])(
    "errors inside say less than the message, but what they set is theirs alone (%i times)",
    (times) => {
      const joiner = new Joiner();
      const through = [envelope({}), message({ "error.message": "outer", url: undefined })];
      const errors = [error({ "error.message": "inner", url: "u" }), error({ url: "v", code: 1 })];
      for (let i = 1; i < times; i++) {
        joiner.join(through, errors);
        joiner.join(through, errors, errors[1]);
      }
      const rest = { code: 1, "event.category": "network", "log.kind": "journal" };
      expect(defined(joiner.join(through, errors))).toEqual({ ...rest, "error.message": "outer", url: "u" });
      expect(defined(joiner.join(through, errors, errors[1]))).toEqual({
        ...rest,
        "error.message": "outer",
        url: "v",
      });
    },
  );

  it("decoders that name other fields each time lose none", () => {
    const loose = layer("loose", {}, false);
    const joiner = new Joiner();
    for (let i = 0; i < MANY; i++)
      expect(joiner.join([loose({ [`field${i}`]: i }), message({ x: 1 })], [])).toMatchObject({
        [`field${i}`]: i,
        x: 1,
      });
  });

  it("falsy values and lists are values; a field named __proto__ is a field", () => {
    const joiner = new Joiner();
    const odd = layer("odd", { tags: ["a", "b"] });
    const through = [body({ n: 1, b: true, t: "x" }), odd({ n: 0, b: false, t: "", ["__proto__"]: "p" })];
    for (let i = 0; i < MANY; i++) joiner.join(through, []);
    const joined = joiner.join(through, []);
    expect(Object.entries(joined).sort()).toEqual([
      ["__proto__", "p"],
      ["b", false],
      ["n", 0],
      ["t", ""],
      ["tags", ["a", "b"]],
    ]);
  });

  it("a joined record is the same however often its kind was met (property)", () => {
    const value = fc.constantFrom(undefined, 0, 1, "", "a", false);
    const fields = fc.record({ a: value, b: value, c: value });
    const layers = [layer("one", { a: "set", d: 4 }), layer("two", { a: "later", e: 5 }), layer("three")];
    const joiner = new Joiner();
    fc.assert(
      fc.property(fc.array(fields, { minLength: 1, maxLength: 3 }), (values) => {
        const through = values.map((one, i) => layers[i]!(one));
        const sets = through.map(({ grammar }) => grammar.set).reverse();
        expect(defined(joiner.join(through, []))).toEqual(joinOneByOne(values, sets));
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
