import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../../src/model/finding.js";
import { runCases } from "../../src/rules/cases.js";
import { rule } from "./rules.js";

const tested = rule(`
queries: [{ eql: any where true }]
cannot_tell: [{ what: the rest, why: it ends, command: collect more }]
cases:
  - { name: one, files: { a.log: found }, expect: found }
  - { name: two, files: { a.log: nothing }, expect: not-found }
  - { name: three, files: { a.log: open }, expect: cannot-tell }
`);
const missing = [{ what: "the rest", why: "it ends", command: "collect more" }];
const finding = (id: string): Finding => ({ rule: id }) as Finding;

describe("a rule's cases", () => {
  it("pass when the answers are the expected ones", async () => {
    const results = await runCases([tested], async (files) => ({
      findings: files["a.log"] === "found" ? [finding("test-rule")] : [finding("other")],
      missing: files["a.log"] === "open" ? missing : [],
    }));
    expect(results).toEqual(["one", "two", "three"].map((name) => ({ rule: "test-rule", name })));
  });

  it("fail one by one, and say what came out instead", async () => {
    const results = await runCases([tested], async (files) => {
      if (files["a.log"] === "open") throw new Error("no such luck");
      return { findings: [finding("other")], missing: [] };
    });
    expect(results.map(({ problem }) => problem)).toEqual([
      "expected found, but the answer is not-found (other findings: other)",
      undefined,
      "the analysis failed: no such luck",
    ]);
  });
});
