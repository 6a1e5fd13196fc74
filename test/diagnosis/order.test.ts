import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { diagnose, type LinkedRule } from "../../src/diagnosis/index.js";
import type { Finding } from "../../src/model/finding.js";
import { event, finding, seconds } from "./factory.js";

const share = [["host", "host"]];
const host = { host: ["h"] };
const rules: LinkedRule[] = [{ id: "cause", causes: [{ rule: "effect", share, within: "1m" }] }];

/** A finding that began between two seconds, and was over at the second one. */
const between = (rule: string, first: number, last: number): Finding =>
  finding(rule, { at: first, latestFrom: seconds(last), to: seconds(last), entities: host });

const effect = finding("effect", { at: 10, entities: host });

describe("the order of intervals", () => {
  it("is certain where all of the cause's lies before the effect's", () => {
    const [story] = diagnose([between("cause", 2, 9), effect], rules).stories;
    expect(story).toMatchObject({ chain: ["cause-1", "effect-1"], uncertain: [] });
    expect(story?.confidence).toBe(0.9);
  });

  it("is marked where the two overlap, and the story is less sure", () => {
    const [story] = diagnose([between("cause", 8, 14), effect], rules).stories;
    expect(story).toMatchObject({ chain: ["cause-1", "effect-1"], uncertain: ["effect-1"] });
    expect(story?.confidence).toBeLessThan(0.9);
  });

  it("is marked where one of them has no time", () => {
    const unplaced = finding("cause", { at: Number.NaN, entities: host });
    expect(diagnose([unplaced, effect], rules).stories[0]?.uncertain).toEqual(["effect-1"]);
  });

  it("is never turned around: what certainly came later explains nothing", () => {
    const { rootCauses, stories } = diagnose([between("cause", 100, 104), effect], rules);
    expect(rootCauses).toEqual(["effect-1", "cause-1"]);
    expect(stories.map(({ chain }) => chain.length)).toEqual([1, 1]);
  });

  it("of two that may each explain the other, one does", () => {
    const both: LinkedRule[] = [...rules, { id: "effect", causes: [{ rule: "cause", share, within: "1m" }] }];
    const { findings } = diagnose([between("cause", 8, 14), between("effect", 9, 14)], both);
    expect(findings.map(({ id, causedBy }) => [id, causedBy])).toEqual([
      ["cause-1", []],
      ["effect-1", ["cause-1"]],
    ]);
  });

  it("whatever the intervals: an effect of a link without doubt did not begin before its cause did", () => {
    const interval = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(interval, interval, ([a, long], [b, wide]) => {
        const given = [between("cause", a, a + long), between("effect", b, b + wide)];
        const { stories, findings } = diagnose(given, rules);
        const linked = findings.find(({ id }) => id === "effect-1")!.causedBy.length > 0;
        const doubted = stories[0]!.uncertain.includes("effect-1");
        if (linked && !doubted) expect(a + long).toBeLessThanOrEqual(b);
        if (a > b + wide) expect(linked).toBe(false);
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});

describe("a state that somebody was warned of", () => {
  const unshared: LinkedRule[] = [{ id: "setting", causes: [{ rule: "effect", within: "1h" }] }];
  const lost = finding("effect", { at: 10, to: seconds(20) });
  const told = (at: number, action: string) =>
    finding("setting", { at, evidence: [{ ...event(Number.isNaN(at) ? at : seconds(at)), action }] });
  const roots = (at: number, action: string) => diagnose([told(at, action), lost], unshared).rootCauses;

  it("may have been there before the warning, which can come late or have no time", () => {
    expect(roots(60, "docker.warning")).toEqual(["setting-1"]);
    expect(roots(Number.NaN, "docker.warning")).toEqual(["setting-1"]);
  });

  it("is not that of another day, and a happening explains nothing before it", () => {
    expect(roots(40_000, "docker.warning")).toHaveLength(2);
    expect(roots(60, "docker.error")).toHaveLength(2);
    expect(roots(Number.NaN, "docker.error")).toHaveLength(2);
  });
});

describe("a finding without any name", () => {
  const named = finding("effect", { at: 10, to: seconds(20), entities: host });
  const nameless = (at: number, to = at) =>
    finding("effect", { id: "effect-2", at, to: Number.isNaN(to) ? to : seconds(to), entities: {} });

  it("in the time of one with a name is the same told with less, and no second root", () => {
    const { rootCauses, stories } = diagnose([named, nameless(15)], rules);
    expect(rootCauses).toEqual(["effect-1"]);
    expect(stories[0]).toMatchObject({ chain: ["effect-1", "effect-2"], uncertain: ["effect-2"] });
    expect(stories[0]!.confidence).toBeLessThan(0.6);
  });

  it("a moment before the name is told, or after, is the same, too", () => {
    expect(diagnose([named, nameless(9.5)], rules).rootCauses).toEqual(["effect-1"]);
    expect(diagnose([named, nameless(20.5)], rules).rootCauses).toEqual(["effect-1"]);
    expect(diagnose([named, nameless(8.5)], rules).rootCauses).toHaveLength(2);
  });

  it("has no name by the kind of error that it tells of", () => {
    const kinds: LinkedRule[] = [
      {
        id: "cause",
        causes: [
          {
            rule: "effect",
            share: [
              ["error.kind", "error.kind"],
              ["host", "host"],
            ],
          },
        ],
      },
    ];
    const ofKind = finding("effect", {
      id: "effect-2",
      at: 15,
      to: seconds(15),
      entities: { "error.kind": ["denied"] },
    });
    expect(diagnose([named, ofKind], kinds).rootCauses).toEqual(["effect-1"]);
  });

  it("at another time stands for itself", () => {
    expect(diagnose([named, nameless(30)], rules).rootCauses).toEqual(["effect-1", "effect-2"]);
  });

  it("without a time is taken for the only one there is, and for none of two", () => {
    const unplaced = nameless(Number.NaN);
    const other = finding("effect", { id: "effect-3", at: 500, entities: { host: ["i"] } });
    expect(diagnose([named, unplaced], rules).rootCauses).toEqual(["effect-1"]);
    expect(diagnose([named, other, unplaced], rules).rootCauses).toHaveLength(3);
  });

  it("does not lend its name: another name in the same time is another incident", () => {
    const other = finding("effect", { id: "effect-2", at: 15, entities: { host: ["i"] } });
    expect(diagnose([named, other], rules).rootCauses).toEqual(["effect-1", "effect-2"]);
  });
});
