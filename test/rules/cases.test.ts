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

  describe("of the catalogue come from more than one format", () => {
    const twice = (more = "") =>
      rule(`
queries: [{ eql: any where true }]
${more}
cases:
  - { name: one, files: { a.log: tcpdump }, expect: found }
  - { name: two, files: { a.log: pcap }, expect: found }
`);
    const run = (tested: ReturnType<typeof rule>, formatOf: (text: string) => string) =>
      runCases(
        [tested],
        async (files) => ({
          findings: [finding("test-rule")],
          missing: [],
          formats: { "test-rule": [formatOf(files["a.log"]!)] },
        }),
        () => true,
      );

    it("or fail together, the format named", async () => {
      expect(await run(twice(), (text) => text)).toHaveLength(2);
      expect((await run(twice(), () => "tcpdump"))[2]).toEqual({
        rule: "test-rule",
        name: "its cases together",
        problem:
          "all cases that are found are of one format (tcpdump): add one of another, or say in `one_format` why there is none",
      });
    });

    it("or the rule says why there is one only, which must be so", async () => {
      const one = twice("one_format: nothing else shows it");
      expect(await run(one, () => "tcpdump")).toHaveLength(2);
      expect((await run(one, (text) => text))[2]?.problem).toBe(
        "its cases are of several formats (tcpdump, pcap), so that `one_format` is not true",
      );
    });
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
