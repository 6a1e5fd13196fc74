import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";

const CAPTURES = path.join(process.cwd(), "../shared/captures");
const made = fs.mkdtempSync(path.join(os.tmpdir(), "two-incidents-"));
afterAll(() => fs.rmSync(made, { recursive: true }));

/** The evidence of several captures in one folder, a subfolder each, without what labels it. */
async function together(...names: string[]): Promise<Report> {
  const folder = fs.mkdtempSync(path.join(made, "case-"));
  for (const name of names)
    fs.cpSync(path.join(CAPTURES, name), path.join(folder, name), {
      recursive: true,
      filter: (file) => !/^(?:TRUTH\.json|truth_|fault\.txt)/.test(path.basename(file)),
    });
  return analyze([folder], { grammars, rules, version: "test" });
}

/** From which captures a finding's records are. */
function originsOf({ findings }: Report): Map<string, Set<string>> {
  const folders = (path: string) => path.split("/")[0]!;
  return new Map(
    findings.map(({ id, evidence }) => [id, new Set(evidence.map(({ source }) => folders(source)))]),
  );
}

(fs.existsSync(CAPTURES) ? describe : describe.skip)("two incidents in one folder", () => {
  it.each<[string, string, string[], string[]]>([
    ["k-cert-expired", "c-lost-nat", ["cert-expired"], ["bridge-mac-change"]],
    ["k-tls-self-signed", "k-dns-refused", ["tls-cert-untrusted"], ["dns-refused"]],
    ["k-cert-expired", "k-registry-502", ["cert-expired"], ["registry-5xx"]],
    ["k-firewall-reject", "k-container-restart-loop", ["firewall-reject"], ["container-restart-loop"]],
  ])(
    "%s and %s: each has its own root, and nothing leads from one to the other",
    async (a, b, rootA, rootB) => {
      const report = await together(a, b);
      const origins = originsOf(report);
      const ruleOf = new Map(report.findings.map(({ id, rule }) => [id, rule]));
      const rootsIn = (name: string) =>
        report.rootCauses.filter((id) => origins.get(id)!.has(name)).map((id) => ruleOf.get(id));
      expect(rootsIn(a)).toEqual(rootA);
      expect(rootsIn(b)).toEqual(rootB);
      expect(report.rootCauses).toHaveLength(2);
      for (const { id, causedBy } of report.findings)
        for (const cause of causedBy) expect([...origins.get(cause)!]).toEqual([...origins.get(id)!]);
      for (const { steps } of report.story)
        expect(new Set(steps.flatMap(({ findingId }) => [...origins.get(findingId)!])).size).toBe(1);
    },
    120_000,
  );

  it("four pulls of which two failed for one reason: the reason is named once, the pulls are below it", async () => {
    const { rootCauses, findings, story } = await together("e-skew-control");
    expect(findings.filter(({ id }) => rootCauses.includes(id)).map(({ rule }) => rule)).toEqual([
      "dns-timeout",
    ]);
    const told = story[0]!.steps.map(({ findingId }) => findings.find(({ id }) => id === findingId)!);
    expect(told.map(({ rule }) => rule)).toContain("registry-v1-fallback");
    expect(told.find(({ rule }) => rule === "registry-v1-fallback")!.count).toBeGreaterThan(1);
  }, 120_000);
});
