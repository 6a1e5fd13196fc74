import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { diagnose, type LinkedRule } from "../../src/diagnosis/index.js";
import { SEVERITIES } from "../../src/model/finding.js";
import { finding, seconds } from "./factory.js";

const share = [["host", "host"]];
const host = { host: ["h"] };
const ring: LinkedRule[] = [
  { id: "a", causes: [{ rule: "b", share }] },
  { id: "b", causes: [{ rule: "c", share }] },
  { id: "c", causes: [{ rule: "a", share }] },
];

describe("roots", () => {
  it("a cycle is broken where it began", () => {
    const { rootCauses, stories } = diagnose(
      [
        finding("a", { at: 3, to: seconds(9), latestFrom: seconds(9), entities: host }),
        finding("b", { at: 1, to: seconds(9), latestFrom: seconds(9), entities: host }),
        finding("c", { at: 2, to: seconds(9), latestFrom: seconds(9), entities: host }),
      ],
      ring,
    );
    expect(rootCauses).toEqual(["b-1"]);
    expect(stories[0]?.chain).toEqual(["b-1", "c-1", "a-1"]);
  });

  it("a cycle of equal times is broken by severity", () => {
    const { rootCauses } = diagnose(
      [finding("a", { entities: host }), finding("b", { entities: host, severity: "critical" })],
      [
        { id: "a", causes: [{ rule: "b", share }] },
        { id: "b", causes: [{ rule: "a", share }] },
      ],
    );
    expect(rootCauses).toEqual(["b-1"]);
  });

  it("low and informational findings are neither roots nor causes", () => {
    const { rootCauses, findings } = diagnose(
      [finding("a", { severity: "low", entities: host }), finding("b", { at: 1, entities: host })],
      ring,
    );
    expect(rootCauses).toEqual(["b-1"]);
    expect(findings.find(({ id }) => id === "b-1")?.causedBy).toEqual([]);
  });

  it("what leads to the gravest finding comes first, then what explains most, then severity, confidence, time", () => {
    const { rootCauses } = diagnose(
      [
        finding("x", { severity: "critical" }),
        finding("y", { severity: "high", at: 5 }),
        finding("z", { severity: "high", at: 4 }),
        finding("w", { severity: "high", confidence: 0.95, at: 9 }),
        finding("a", { severity: "medium", entities: host }),
        finding("b", { at: 1, entities: host }),
      ],
      ring,
    );
    expect(rootCauses).toEqual(["x-1", "a-1", "w-1", "z-1", "y-1"]);
  });

  it("what is wrong with the evidence leads only when nothing else does", () => {
    const clock = finding("clock-skew", { severity: "high" });
    expect(diagnose([clock, finding("b", { severity: "medium" })], []).rootCauses).toEqual([
      "b-1",
      "clock-skew-1",
    ]);
    expect(diagnose([clock], []).rootCauses).toEqual(["clock-skew-1"]);
  });

  it("a clock that explains something may lead", () => {
    const rules = [{ id: "clock-stepped", causes: [{ rule: "b", share }] }];
    const clock = finding("clock-stepped", { entities: host });
    expect(diagnose([clock, finding("b", { at: 1, entities: host })], rules).rootCauses).toEqual([
      "clock-stepped-1",
    ]);
  });
});

describe("links", () => {
  it("a symptom beside the chain is folded into the story", () => {
    const rules = [
      {
        id: "a",
        causes: [
          { rule: "b", share },
          { rule: "d", share },
        ],
      },
      { id: "b", causes: [{ rule: "c", share }] },
    ];
    const given = ["a", "b", "c", "d"].map((rule, at) => finding(rule, { at, entities: host }));
    expect(diagnose(given, rules).stories).toMatchObject([
      { root: "a-1", chain: ["a-1", "b-1", "c-1"], besides: ["d-1"], symptoms: ["c-1", "d-1"] },
    ]);
  });

  it("a rule that shares nothing links by time alone, less surely", () => {
    const rules = [{ id: "a", causes: [{ rule: "b", within: "1m" }] }];
    const near = diagnose([finding("a"), finding("b", { at: 30 })], rules);
    expect(near.stories[0]?.chain).toEqual(["a-1", "b-1"]);
    expect(near.stories[0]?.confidence).toBeLessThan(0.9);
    expect(diagnose([finding("a"), finding("b", { at: 90 })], rules).rootCauses).toHaveLength(2);
    expect(diagnose([finding("a"), finding("b", { at: Number.NaN })], rules).rootCauses).toHaveLength(2);
  });

  it("a time of day without a date is not compared with a date", () => {
    const rules = [{ id: "a", causes: [{ rule: "b", share, within: "1m" }] }];
    const day0 = { from: 40e6, latestFrom: 40e6, to: 40e6, evidence: [] };
    expect(
      diagnose([finding("a", { ...day0, entities: host }), finding("b", { entities: host })], rules)
        .rootCauses,
    ).toEqual(["a-1"]);
  });

  it("does not change what it is given", () => {
    const given = [finding("a", { entities: host }), finding("b", { at: 1, entities: host })];
    const before = JSON.stringify(given);
    diagnose(given, ring);
    expect(JSON.stringify(given)).toBe(before);
  });

  it("the order of findings and rules does not matter, and nothing is lost or explains itself", () => {
    const one = fc.record({
      rule: fc.constantFrom("a", "b", "c", "clock-skew"),
      at: fc.oneof(fc.integer({ min: -100, max: 100 }), fc.constant(Number.NaN)),
      severity: fc.constantFrom(...SEVERITIES),
      host: fc.subarray(["h", "i", "j"]),
      confidence: fc.constantFrom(0.5, 0.9),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (drafts, order) => {
        const given = drafts.map(({ rule, host, ...rest }, index) =>
          finding(rule, { ...rest, id: `${rule}-${index}`, entities: { host } }),
        );
        const shuffled = given
          .map((value) => ({ value, key: order.next().value as number }))
          .sort((x, y) => x.key - y.key)
          .map(({ value }) => value);
        const diagnosis = diagnose(given, ring);
        expect(diagnose(shuffled, [...ring].reverse())).toEqual(diagnosis);
        expect(diagnosis.findings.map(({ id }) => id).sort()).toEqual(given.map(({ id }) => id).sort());
        const position = new Map(diagnosis.findings.map((found) => [found.id, found]));
        for (const { root, chain } of diagnosis.stories) {
          expect(new Set(chain).size).toBe(chain.length);
          expect(position.get(root)?.causedBy).toEqual([]);
          expect(["informational", "low"]).not.toContain(position.get(root)?.severity);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("many findings with one value in common take no quadratic time", () => {
    const given = Array.from({ length: 3000 }, (_, index) => [
      finding("a", { id: `a-${index}`, entities: host }),
      finding("b", { id: `b-${index}`, at: 1, entities: host }),
    ]).flat();
    const begin = process.cpuUsage();
    expect(diagnose(given, ring).rootCauses.length).toBeGreaterThan(0);
    expect(process.cpuUsage(begin).user / 1000).toBeLessThan(3000);
  });
});
