import { describe, expect, it } from "@jest/globals";
import { flat } from "../../../../src/run/query/events/flat.js";
import { nested } from "../../../../src/run/query/nested.js";

describe("fields", () => {
  it("are flat, with dotted names; null and empty lists are none", () => {
    expect({ ...flat({ a: { b: 1, "c.d": "x" }, e: null, f: [], g: true }) }).toEqual({
      "a.b": 1,
      "a.c.d": "x",
      g: true,
    });
  });

  it("of lists and of objects in lists are lists", () => {
    expect({ ...flat({ a: ["x", 1, true], b: [{ c: 1 }, { c: 2, d: 3 }], e: [["y"]] }) }).toEqual({
      a: ["x", 1, "true"],
      "b.c": [1, 2],
      "b.d": 3,
      e: "y",
    });
  });

  it("are shown nested again; where a parent has a value of its own, as they are", () => {
    expect(nested({ "a.b": 1, "a.c.d": 2, e: 3 })).toEqual({ a: { b: 1, c: { d: 2 } }, e: 3 });
    expect(nested({ a: 1, "a.b": 2 })).toEqual({ a: 1, "a.b": 2 });
    expect(nested({ "__proto__.x": 1 })).not.toHaveProperty("x");
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
