import { describe, expect, it } from "@jest/globals";
import { lineOf, linesAfter, linesBefore } from "../../../src/run/study/lines-around.js";

describe("the lines before a record", () => {
  it("are the last three", () => {
    expect(linesBefore("1\n2\n3\n4\n", true)).toEqual(["2", "3", "4"]);
  });

  it("are fewer at the beginning of a file", () => {
    expect(linesBefore("1\n", true)).toEqual(["1"]);
    expect(linesBefore("", true)).toEqual([]);
  });

  it("leave a line out of which only the end was read", () => {
    expect(linesBefore("nd of 1\n2\n", false)).toEqual(["2"]);
  });

  it("leave out what stands on the record's own line", () => {
    expect(linesBefore('[\n {"a":1}, ', true)).toEqual(["["]);
  });
});

describe("the lines after a record, from its last byte on", () => {
  it("are the next three", () => {
    expect(linesAfter("x\n1\n2\n3\n4\n")).toEqual(["1", "2", "3"]);
  });

  it("begin behind the rest of the record's own line, and the last need not end", () => {
    expect(linesAfter("}, {}\n1\n2")).toEqual(["1", "2"]);
    expect(linesAfter("x")).toEqual([]);
    expect(linesAfter("x\n")).toEqual([]);
  });
});

describe("a line as it is shown", () => {
  it("is read as UTF-8, without the return that ends it", () => {
    expect(lineOf("gr\xc3\xbc\xff\r")).toBe("gr\xfc\\xff");
  });

  it("is cut when it is long", () => {
    expect(lineOf("a".repeat(5_000))).toHaveLength(1_024);
  });
});
