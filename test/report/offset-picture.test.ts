import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Bar, offsetPicture } from "../../src/report/offset-picture.js";
import { OffsetScale } from "../../src/report/offset-scale.js";

const bar = (name: string, min: number | null, max: number | null, best: number | null = null): Bar => ({
  name,
  offset: { min, max, best },
});

describe("the picture of offsets", () => {
  it("shows tenths of a millisecond, seconds and hours together, on both sides of the reference", () => {
    const bars = [
      bar("reference", 0, 0, 0),
      bar("capture  ", 0.0002, 0.0008, 0.0004),
      bar("server   ", 1.2, 1.3, 1.25),
      bar("zone     ", 10_799, 10_801, 10_800),
      bar("log      ", -17.9, -0.9, -9),
    ];
    expect(offsetPicture(bars, 70)).toEqual([
      "reference                              ●",
      "capture                                │ ├●┤",
      "server                                 │                  ├●",
      "zone                                   │                                     ●",
      "log           ├●────┤                  │",
      "           ┴───┴────┴───┴────┴────┴──┴─┼┴───┴───┴────┴────┴────┴───┴───┴───┴────┴",
      "           -1 min -1 s    -10 ms       0     +10 ms     +1 s +10 s  +10 min +10 h",
    ]);
  });

  it("says on which side nothing bounds an offset", () => {
    const [least, most, unknown] = offsetPicture(
      [bar("a", 1, null), bar("b", null, -1), bar("c", null, null, 1)],
      31,
    );
    expect(least).toBe("a                 │   ├──────────►");
    expect(most).toBe("b  ◄──────────┤   │");
    expect(unknown).toBe("c  ◄──────────────────●──────────►");
  });

  it("has a form for terminals without UTF-8", () => {
    const rows = offsetPicture([bar("a", -0.000002, 0.000001, 0), bar("b", 1, 2, 1.5)], 40, false);
    expect(rows.join("\n")).toMatch(/^[\n\x20-\x7e]*$/);
    expect(rows[0]).toContain("o");
    expect(rows[1]).toContain("[");
  });

  const seconds = fc.double({ min: -1e9, max: 1e9, noNaN: true });

  it("keeps the order of values, and zero where it is zero", () => {
    fc.assert(
      fc.property(
        fc.array(seconds, { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 3, max: 200 }),
        (values, width) => {
          const scale = new OffsetScale(values, width);
          const sorted = [...values, 0].sort((a, b) => a - b).map((value) => scale.cell(value));
          expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
          for (const cell of sorted) expect(cell >= 0 && cell < width).toBe(true);
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });

  it("is as wide as asked, whatever is drawn", () => {
    const edge = fc.option(seconds, { nil: null });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(edge, edge), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 3, max: 160 }),
        (edges, width) => {
          const bars = edges.map(([a, b]) =>
            bar(
              "x",
              a !== null && b !== null ? Math.min(a, b) : a,
              a !== null && b !== null ? Math.max(a, b) : b,
            ),
          );
          const rows = offsetPicture(bars, width);
          expect(rows).toHaveLength(bars.length + 2);
          for (const row of rows) expect(row.length).toBeLessThanOrEqual(width + 3);
          expect(rows.at(-2)!.length).toBe(width + 3);
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });
});
