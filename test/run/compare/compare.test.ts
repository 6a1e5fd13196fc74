import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../../src/grammar/generated.js";
import type { Comparison } from "../../../src/report/compare/contract.js";
import { renderComparisonJson } from "../../../src/report/compare/json.js";
import { renderComparisonMarkdown } from "../../../src/report/compare/markdown.js";
import { renderComparison } from "../../../src/report/compare/text.js";
import { rules } from "../../../src/rules/generated.js";
import { type CompareOptions, compare } from "../../../src/run/compare/compare.js";

const made = fs.mkdtempSync(path.join(os.tmpdir(), "compare-"));
afterAll(() => fs.rmSync(made, { recursive: true }));

/** A folder with these files. */
function folder(name: string, files: Record<string, string>): string {
  const dir = path.join(made, name);
  fs.mkdirSync(dir);
  for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(dir, file), text);
  return dir;
}

const held = (good: string, bad: string, more: Partial<CompareOptions> = {}): Promise<Comparison> =>
  compare(good, bad, { grammars, rules, version: "test", ...more });

const whats = ({ differences }: Comparison, kind?: string) =>
  differences.filter((one) => kind === undefined || one.kind === kind).map(({ what }) => what);

const access = (status: number, count: number) =>
  Array.from(
    { length: count },
    (_, i) =>
      `10.1.0.7 - - [22/Nov/2026:05:50:${String(i + 10)} +0000] "GET /v2/shop/manifests/1.8 HTTP/1.1" ${status} 150 "-" "docker/20.10"\n`,
  ).join("");

describe("a run against itself", () => {
  it("differs in nothing", async () => {
    const dir = folder("same", { "access.log": access(200, 20), "resolv.conf": "nameserver 192.0.2.53\n" });
    const comparison = await held(dir, dir);
    expect(comparison.differences).toEqual([]);
    expect(comparison.notComparable).toEqual([]);
    expect(comparison.alike).toMatchObject({ facts: 1, events: 1 });
    expect(renderComparison(comparison)).toContain("Nothing tells the two runs apart.");
  });
});

describe("a registry that began to fail", () => {
  const good = folder("well", { "access.log": access(200, 40), "resolv.conf": "nameserver 192.0.2.53\n" });
  const bad = folder("ill", {
    "access.log": access(502, 40),
    "resolv.conf": "nameserver 192.0.2.54\n",
    "dns.txt":
      "2026-11-22 05:50:00.000000 eth0  Out IP 10.1.0.7.40001 > 192.0.2.54.53: 1001+ A? a.example.net. (31)\n",
  });

  it("is told by the finding first, then by what was seen, with a record each", async () => {
    const comparison = await held(good, bad);
    expect(whats(comparison)[0]).toBe("registry-5xx");
    const seen = comparison.differences.find(
      ({ what }) => what === "http.access: http.response.status_code=502",
    );
    expect(seen).toMatchObject({ kind: "events", good: { count: 0 }, bad: { count: 40 } });
    expect(seen?.proof.bad[0]).toMatchObject({ source: "access.log", line: 1 });
    expect(seen?.proof.bad[0]?.text).toContain('HTTP/1.1" 502');
  });

  it("shows what the host had set differently", async () => {
    const fact = (await held(good, bad)).differences.find(({ kind }) => kind === "fact");
    expect(fact).toMatchObject({
      what: "name server",
      good: { values: ["192.0.2.53"] },
      bad: { values: ["192.0.2.54"] },
    });
  });

  it("takes for no difference what the good run could not have shown", async () => {
    const comparison = await held(good, bad);
    expect(comparison.notComparable).toContainEqual(
      expect.objectContaining({ side: "good", lacks: "a packet capture" }),
    );
    expect(whats(comparison).filter((what) => what.startsWith("dns."))).toEqual([]);
  });

  it("turned around, the lack is the other side's", async () => {
    const comparison = await held(bad, good);
    expect(comparison.notComparable.map(({ side }) => side)).not.toContain("good");
    expect(comparison.differences.find(({ what }) => what === "registry-5xx")?.bad.text).toBe("not found");
  });

  it("the same evidence gives the same bytes, with any number of threads", async () => {
    const one = renderComparisonJson(await held(good, bad, { jobs: 1 }));
    expect(renderComparisonJson(await held(good, bad, { jobs: 3 }))).toBe(one);
    expect(renderComparisonJson(await held(good, bad))).toBe(one);
  });

  it("says how many differences it leaves out", async () => {
    const comparison = await held(good, bad, { most: 1 });
    expect(comparison.differences).toHaveLength(1);
    expect(comparison.notes.join()).toMatch(/^\d+ less telling differences are left out$/);
  });
});

describe("how long was watched", () => {
  it("decides what is oftener: as many in a tenth of the time", async () => {
    const lines = (step: number) =>
      Array.from({ length: 40 }, (_, i) => {
        const at = new Date(Date.UTC(2026, 10, 22, 5, 0, 0) + i * step * 1000).toISOString().slice(11, 19);
        return `10.1.0.7 - - [22/Nov/2026:${at} +0000] "GET /v2/ HTTP/1.1" 200 2 "-" "docker/20.10"\n`;
      }).join("");
    const slow = folder("slow", { "access.log": lines(60) });
    const fast = folder("fast", { "access.log": lines(6) });
    const [difference] = (await held(slow, fast)).differences;
    expect(difference).toMatchObject({ kind: "events", good: { count: 40 }, bad: { count: 40 } });
    expect(difference!.bad.per_minute! / difference!.good.per_minute!).toBeCloseTo(10, 0);
  });
});

describe("hostile and poor evidence", () => {
  it("a side that is empty has nothing to compare, and says so", async () => {
    const none = folder("none", {});
    const comparison = await held(none, path.join(made, "well"));
    expect(comparison.good.shows).toEqual([]);
    expect(comparison.differences).toEqual([]);
    expect(comparison.notComparable.map(({ side }) => side)).toContain("good");
  });

  it("a path that is not there is a problem of its side", async () => {
    const { problems } = await held(path.join(made, "nowhere"), path.join(made, "well"));
    expect(problems).toContainEqual(expect.objectContaining({ side: "good", severity: "error" }));
  });

  it("nothing in it acts on a terminal or a renderer", async () => {
    const dir = folder("hostile", {
      "resolv.conf": "nameserver 192.0.2.1\n",
      "access.log": `10.1.0.7 - - [22/Nov/2026:05:50:10 +0000] "GET /\u001b[31m<script>\u202e|x HTTP/1.1" 502 1 "-" "-"\n`,
    });
    const comparison = await held(path.join(made, "well"), dir);
    expect(renderComparison(comparison)).not.toMatch(/[\u001b\u202e]/);
    expect(renderComparisonMarkdown(comparison)).not.toMatch(/[\u001b\u202e]/);
    expect(renderComparisonJson(comparison)).not.toMatch(/[\u001b\u202e]/);
    for (const line of renderComparison(comparison, { width: 60, utf8: false }).split("\n")) {
      expect(line.length).toBeLessThanOrEqual(60);
      expect(line).toMatch(/^[\x20-\x7e]*$/);
    }
  });
});

const CAPTURES = path.join(process.cwd(), "../shared/captures");

/** A capture's folder without what labels it. */
function evidence(name: string): string {
  const to = path.join(made, name.replaceAll("/", "-"));
  fs.cpSync(path.join(CAPTURES, name), to, {
    recursive: true,
    filter: (file) => !/^(?:TRUTH\.json|truth_)/.test(path.basename(file)),
  });
  return to;
}

(fs.existsSync(CAPTURES) ? describe : describe.skip)("real runs", () => {
  it("a registry behind a dead proxy against a healthy one", async () => {
    const comparison = await held(evidence("k-control-healthy-pull-push"), evidence("k-registry-502"));
    expect(whats(comparison)[0]).toBe("registry-5xx");
    expect(whats(comparison, "outcome").some((what) => what.includes("registry.outcome=failed"))).toBe(true);
    expect(
      comparison.notComparable.some(({ side, lacks }) => side === "bad" && lacks.includes("NAT rule")),
    ).toBe(true);
  });

  it("a name server that says SERVFAIL against one that answers", async () => {
    const comparison = await held(evidence("b-dns-outcomes/healthy"), evidence("b-dns-outcomes/servfail"));
    expect(whats(comparison)[0]).toBe("dns-servfail");
    expect(whats(comparison, "outcome")[0]).toBe("dns.leg: dns.outcome=answered, dns.response_code=SERVFAIL");
    expect(comparison.notComparable).toEqual([]);
  });

  it("a bridge whose MAC changes against one with a fixed MAC", async () => {
    const comparison = await held(evidence("c-fixed-mac-control"), evidence("c-lost-nat"));
    expect(whats(comparison)[0]).toBe("bridge-mac-change");
    expect(whats(comparison, "finding")).toEqual(expect.arrayContaining(["lost-nat", "dns-timeout"]));
    const mac = comparison.differences.find(({ what }) => what === "MAC of interface brtest");
    expect(mac?.good.values).toEqual(["02:42:0a:0c:0a:01"]);
    expect(mac?.bad.count).toBeGreaterThan(3);
    const slower = comparison.differences.find(({ what }) => what === "duration of dns.lookup");
    expect(slower!.bad.median! / slower!.good.median!).toBeGreaterThan(100);
  }, 120_000);
});
