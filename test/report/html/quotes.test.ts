import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Quotes, quotesOf } from "../../../src/report/html/quotes.js";
import type { Context } from "../../../src/report/study.js";
import { evidence, reportOf, studyOf } from "./study-of.js";

const placesIn = ({ bySource }: Quotes) =>
  [...bySource.values()].flat().map(({ record }) => `${record.source}:${record.line}`);

describe("the evidence that a page carries", () => {
  const report = reportOf(
    {
      aside: [evidence("a.log", 9, "x".repeat(100))],
      cause: [evidence("a.log", 2, "y".repeat(100)), evidence("a.log", 1, "z".repeat(100))],
    },
    ["cause"],
  );

  it("is all that findings cite, where there is room, in the order of the files", () => {
    const quotes = quotesOf(studyOf(report));
    expect(placesIn(quotes)).toEqual(["a.log:1", "a.log:2", "a.log:9"]);
    expect(quotes.left).toEqual({ records: 0, contexts: 0 });
  });

  it("leaves out first what no story rests on, and counts it", () => {
    const quotes = quotesOf(studyOf(report), 250);
    expect(placesIn(quotes)).toEqual(["a.log:1", "a.log:2"]);
    expect(quotes.left.records).toBe(1);
    expect(quotes.anchorOf({ source: "a.log", line: 9 })).toBeUndefined();
  });

  it("leaves out the lines around records before any record", () => {
    const contexts: Context[] = [1, 2, 9].map((line) => ({
      source: "a.log",
      line,
      offset: 0,
      before: ["b".repeat(50)],
      after: [],
    }));
    const quotes = quotesOf(studyOf(report, { contexts }), 370);
    expect(placesIn(quotes)).toHaveLength(3);
    expect(quotes.left).toEqual({ records: 0, contexts: 2 });
  });

  it("names each record once, with all findings that cite it", () => {
    const shared = evidence("a.log", 1, "both");
    const { bySource } = quotesOf(studyOf(reportOf({ one: [shared], two: [shared] })));
    expect(bySource.get("a.log")!.map(({ findings }) => [...findings].map(({ id }) => id))).toEqual([
      ["one", "two"],
    ]);
  });

  it("never takes more bytes of the page than allowed, whatever the records hold", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "<", "&", '"', "é", "漢", "\u{1f600}"),
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), fc.nat(400), (texts, limit) => {
        const records = texts.map((one, i) => evidence("a.log", i + 1, one));
        const quotes = quotesOf(studyOf(reportOf({ some: records })), limit);
        const written = [...(quotes.bySource.get("a.log") ?? [])]
          .map(({ record }) =>
            record.text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
          )
          .join("");
        expect(Buffer.byteLength(written)).toBe(quotes.bytes);
        expect(quotes.bytes).toBeLessThanOrEqual(limit);
        expect(placesIn(quotes).length + quotes.left.records).toBe(texts.length);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
