import { describe, expect, it } from "@jest/globals";
import { diagnose, type LinkedRule } from "../../src/diagnosis/index.js";
import { event, finding, seconds } from "./factory.js";

const share = [["host", "host"]];
const rules: LinkedRule[] = [
  { id: "typo", causes: [{ rule: "timeout", share }] },
  { id: "timeout", causes: [{ rule: "fallback", share }] },
  { id: "down", causes: [{ rule: "fallback", share }] },
];
const h = { host: ["h"] };
const i = { host: ["i"] };

describe("which root comes first", () => {
  it("the one that leads to the gravest, however slight it is itself", () => {
    const { rootCauses } = diagnose(
      [
        finding("typo", { severity: "medium", entities: h }),
        finding("timeout", { severity: "critical", at: 1, entities: h }),
        finding("down", { severity: "high", entities: i }),
      ],
      rules,
    );
    expect(rootCauses).toEqual(["typo-1", "down-1"]);
  });

  it("of equally grave ones, the one that explains more", () => {
    const { rootCauses } = diagnose(
      [
        finding("down", { confidence: 0.99, entities: i }),
        finding("typo", { entities: h }),
        finding("timeout", { at: 1, entities: h }),
        finding("fallback", { at: 2, entities: h }),
      ],
      rules,
    );
    expect(rootCauses).toEqual(["typo-1", "down-1"]);
  });

  it("then the one that a packet or a system call shows, before what words tell", () => {
    const words = { ...event(seconds(0)), fields: { "error.message": "i/o timeout" } };
    const packet = { ...event(seconds(0)), fields: { "network.type": "ipv4" } };
    const { rootCauses } = diagnose(
      [
        finding("down", { id: "down-1", confidence: 0.99, evidence: [words] }),
        finding("down", { id: "down-2", confidence: 0.9, evidence: [packet] }),
        finding("down", { id: "down-3", confidence: 0.8, evidence: [words, { ...words, source: 1 }] }),
      ],
      [],
    );
    expect(rootCauses).toEqual(["down-2", "down-3", "down-1"]);
  });

  it("what is explained is never offered, and a common cause is named once", () => {
    const { rootCauses, stories } = diagnose(
      [
        finding("timeout", { entities: { host: ["h", "i"] } }),
        finding("fallback", { id: "fallback-1", severity: "critical", at: 1, entities: h }),
        finding("fallback", { id: "fallback-2", severity: "critical", at: 2, entities: i }),
      ],
      rules,
    );
    expect(rootCauses).toEqual(["timeout-1"]);
    expect(stories).toHaveLength(1);
    expect([...stories[0]!.chain, ...stories[0]!.besides].sort()).toEqual([
      "fallback-1",
      "fallback-2",
      "timeout-1",
    ]);
  });
});
