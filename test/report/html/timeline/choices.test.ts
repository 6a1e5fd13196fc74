import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { TimelineFinding } from "../../../../src/report/html/timeline/data.js";
import {
  choices,
  filtered,
  filteredFindings,
  NO_FILTER,
  UNCITED,
} from "../../../../src/report/html/timeline/filter.js";
import { LANE_MODES } from "../../../../src/report/html/timeline/lanes.js";
import { findingKey, found, nextFound, searchIndex } from "../../../../src/report/html/timeline/search.js";
import { hashOf, INITIAL, stateOf } from "../../../../src/report/html/timeline/state.js";
import { bar, items, mark } from "./items.js";

const finding = (id: string, severity: TimelineFinding["severity"], from: number) => ({
  id,
  title: `Title of ${id}`,
  summary: "",
  severity,
  span: { from, latestFrom: from, to: from },
  causedBy: [],
  told: false,
});
const findings = [finding("grave", "high", 10), finding("slight", "low", 30)];
const all = items(
  [
    bar(0, 5, {
      label: "A? registry.test: no answer",
      findingIds: ["grave"],
      entities: { container: "web" },
    }),
  ],
  [
    mark(20, {
      source: "b.log",
      line: 7,
      action: "log",
      label: "Started",
      entities: { resolver: "10.0.0.2" },
    }),
    mark(30, { label: "registry gone", findingIds: ["slight", "grave"] }),
  ],
);
const labels = (found: typeof all) => found.map(({ label }) => label);

describe("filters", () => {
  const left = (filter: Partial<typeof NO_FILTER>) =>
    labels(filtered(all, findings, { ...NO_FILTER, ...filter }));

  it("leave all when nothing is chosen", () => {
    expect(filtered(all, findings, NO_FILTER)).toBe(all);
  });

  it("leave what has one of the chosen values of each property", () => {
    expect(left({ source: ["b.log"] })).toEqual(["Started"]);
    expect(left({ kind: ["dns.lookup", "dns.query"] })).toEqual([
      "A? registry.test: no answer",
      "registry gone",
    ]);
    expect(left({ entity: ["container web", "resolver 10.0.0.2"] })).toEqual([
      "A? registry.test: no answer",
      "Started",
    ]);
    expect(left({ severity: ["low"] })).toEqual(["registry gone"]);
    expect(left({ severity: [UNCITED] })).toEqual(["Started"]);
    expect(left({ severity: ["high"], kind: ["dns.query"] })).toEqual(["registry gone"]);
  });

  it("leave findings of the severity, and of those the ones that cite what is left", () => {
    const ids = (filter: Partial<typeof NO_FILTER>) => {
      const whole = { ...NO_FILTER, ...filter };
      return filteredFindings(findings, whole, filtered(all, findings, whole)).map(({ id }) => id);
    };
    expect(ids({})).toEqual(["grave", "slight"]);
    expect(ids({ severity: ["low"] })).toEqual(["slight"]);
    expect(ids({ entity: ["container web"] })).toEqual(["grave"]);
    expect(ids({ source: ["b.log"] })).toEqual([]);
  });

  it("offer what there is, most frequent first, and sources that only have densities", () => {
    const offered = choices(all, findings, ["quiet.log", "a.log"]);
    expect(offered.source.map(({ value, count }) => `${value} ${count}`)).toEqual([
      "a.log 2",
      "b.log 1",
      "quiet.log 0",
    ]);
    expect(offered.severity.map(({ value }) => value)).toEqual(["high", UNCITED, "low"]);
    expect(offered.entity.map(({ value }) => value)).toEqual(["container web", "resolver 10.0.0.2"]);
  });
});

describe("the search", () => {
  const index = searchIndex(all, findings);
  const keys = (query: string) => found(index, query).map(({ key }) => key);

  it("looks at labels, kinds, sources, entities, outcomes and findings, in the order of time", () => {
    expect(keys("REGISTRY")).toEqual(["b0", "m1"]);
    expect(keys("b.log:7")).toEqual(["m0"]);
    expect(keys("10.0.0.2 started")).toEqual(["m0"]);
    expect(keys("success")).toEqual(["b0"]);
    expect(keys("title of")).toEqual([findingKey("grave"), findingKey("slight")]);
    expect(keys("   ")).toEqual([]);
  });

  it("goes from find to find and round the end; without a selection from where the view is", () => {
    const finds = found(index, "registry");
    const next = (selected: string | null, step: 1 | -1, from = 0) =>
      nextFound(finds, selected, step, from)?.key;
    expect(next("b0", 1)).toBe("m1");
    expect(next("m1", 1)).toBe("b0");
    expect(next("b0", -1)).toBe("m1");
    expect(next(null, 1, 10)).toBe("m1");
    expect(next(null, -1, 10)).toBe("b0");
    expect(nextFound([], null, 1, 0)).toBeUndefined();
  });
});

describe("a link", () => {
  it("is empty for the whole of the timeline", () => {
    expect(hashOf(INITIAL)).toBe("");
  });

  it("can be read by people", () => {
    const state = {
      ...INITIAL,
      extent: { from: 1_000_000, to: 2_000_000 },
      lanes: "container" as const,
      query: "no answer",
    };
    expect(hashOf(state)).toBe("#timeline?from=1000000&to=2000000&lanes=container&search=no+answer");
  });

  it("restores what was seen, to less than a pixel", () => {
    const texts = fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { maxLength: 3 });
    const start = fc.double({ min: -1e6, max: 1e12, noNaN: true });
    const state = fc.record({
      extent: fc.option(
        fc
          .tuple(start, fc.double({ min: 1, max: 1e12, noNaN: true }))
          .map(([from, length]) => ({ from, to: from + length })),
      ),
      lanes: fc.constantFrom(...LANE_MODES),
      filter: fc.record({ source: texts, kind: texts, severity: texts, entity: texts }),
      query: fc.constantFrom("", "A? registry.test & co", "%41 +"),
      selected: fc.option(fc.constantFrom("b12", "m3", "finding:dns-timeout-1")),
    });
    fc.assert(
      fc.property(state, (given) => {
        const { extent, ...rest } = stateOf(hashOf({ ...given, query: given.query || "x" }))!;
        expect(rest).toEqual({
          lanes: given.lanes,
          filter: given.filter,
          query: given.query || "x",
          selected: given.selected,
        });
        if (given.extent === null) return expect(extent).toBeNull();
        const pixel = (given.extent.to - given.extent.from) / 4000;
        expect(Math.abs(extent!.from - given.extent.from)).toBeLessThan(pixel);
        expect(Math.abs(extent!.to - given.extent.to)).toBeLessThan(pixel);
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  it("of another part of the page is none of the timeline's", () => {
    expect(stateOf("")).toBeUndefined();
    expect(stateOf("#finding-dns-timeout-1")).toBeUndefined();
  });

  it.each(["from=1&to=x", "from=9&to=1", "from=1e999&to=2", "from=NaN&to=NaN", "from=1", "lanes=__proto__"])(
    "with nonsense in it shows everything: %s",
    (nonsense) => {
      expect(stateOf(`#timeline?${nonsense}`)).toEqual(INITIAL);
    },
  );
});
