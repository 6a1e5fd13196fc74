import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../../src/grammar/generated.js";
import { renderExplained } from "../../../src/report/explained/text.js";
import { rules } from "../../../src/rules/generated.js";
import { explainRule } from "../../../src/run/rules/explain.js";
import { rule } from "../../rules/rules.js";

const root = path.join(import.meta.dirname, "../../..");
const incident = (name: string) => [path.join(root, "fixtures/incidents", name)];
const control = path.join(root, "../shared/captures/k-control-healthy-pull-push");
const explain = (id: string, paths: readonly string[]) =>
  explainRule(paths, rules.find((one) => one.id === id)!, { grammars, version: "0", jobs: 1 });
/** The sentences between the answer and the first query. */
const verdictOf = (text: string) => text.split("\n\n")[0]!.split("\n").slice(1);

describe("rules explain, of healthy evidence", () => {
  it("dns-timeout: the questions that it saw were all answered", async () => {
    const explained = await explain("dns-timeout", incident("lost-nat-fixed-mac"));
    expect(explained).toMatchObject({ answer: "not-found", findings: [], missing: [] });
    const [strace] = explained.queries;
    const [legs] = strace!.patterns;
    expect(legs).toMatchObject({ actions: ["dns.leg"], matched: 0 });
    expect(legs!.offered).toBeGreaterThan(100);
    expect(legs!.parts[0]).toMatchObject({ held: 0, failed: legs!.offered, open: 0 });
    expect(legs!.parts[0]!.seen[0]!.values).toEqual([{ value: "answered", count: legs!.offered }]);
    expect(verdictOf(renderExplained(explained))[1]).toBe(
      `  strace: ${legs!.offered} dns.leg, 0 with dns.outcome in ("timeout", "late")`,
    );
  });

  it("lost-nat: the packets that it followed were all translated", async () => {
    const explained = await explain("lost-nat", incident("lost-nat-fixed-mac"));
    expect(explained.answer).toBe("not-found");
    for (const { role, patterns } of explained.queries) {
      if (role !== "query") continue;
      const [passages] = patterns;
      expect(passages!.offered).toBeGreaterThan(0);
      const [outcome] = passages!.parts;
      expect(outcome!.seen[0]!.values).toEqual([{ value: "translated", count: passages!.offered }]);
    }
  });

  it("registry-v1-fallback: the pulls that it saw did not go back to v1", async () => {
    const explained = await explain("registry-v1-fallback", incident("docker-bad-dns-healthy"));
    expect(explained.answer).toBe("not-found");
    const verdict = verdictOf(renderExplained(explained));
    expect(verdict).toContain("  daemon: 1 registry.pull, 0 with registry.fallback == true");
    expect(verdict).toContain("  v1-refused: no registry.v1_refused in the evidence");
  });

  (fs.existsSync(control) ? it : it.skip)("says the same of a whole healthy pull and push", async () => {
    const [dns, registry] = [
      await explain("dns-timeout", [control]),
      await explain("registry-v1-fallback", [control]),
    ];
    expect(verdictOf(renderExplained(dns))[1]).toMatch(/^ {2}strace: \d+ dns\.leg, 0 with dns\.outcome/);
    expect(verdictOf(renderExplained(registry))[1]).toBe(
      "  daemon: 3 registry.pull, 0 with registry.fallback == true",
    );
  });

  it("names what would show it where no event of its kinds came up", async () => {
    const text = renderExplained(await explain("lost-nat", incident("docker-bad-dns-healthy")));
    expect(text).toContain("  lost: no packet.passage in the evidence");
    expect(text).toContain("tcpdump -i any -nn -e -w host.pcap");
  });
});

describe("rules explain", () => {
  let dir: string;
  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "explain-"));
    fs.writeFileSync(
      path.join(dir, "access.log"),
      [
        '198.51.100.7 - - [21/Sep/2015:11:40:02 +0000] "GET /v2/ HTTP/1.1" 401 194 "-" "curl/8"',
        '198.51.100.7 - - [21/Sep/2015:11:40:12 +0000] "GET /v2/ HTTP/1.1" 200 194 "-" "curl/8"',
        "",
      ].join("\n"),
    );
  });
  afterAll(() => fs.rmSync(dir, { recursive: true }));
  const ask = (body: string) => explainRule([dir], rule(body), { grammars, version: "0", jobs: 1 });

  it("says that it fired, with the findings", async () => {
    const explained = await ask(
      'queries:\n  - eql: any where event.action == "http.access" and http.response.status_code == 401\n',
    );
    expect(explained).toMatchObject({ answer: "found", findings: [{ id: "test-rule-1" }] });
    expect(explained.queries[0]!.patterns[0]!.example).toMatchObject({
      line: 1,
      time: "2015-09-21T11:40:02.000000000Z",
    });
    expect(renderExplained(explained)).toContain("On this evidence it fired.");
  });

  it("says that there are too few matches in one group", async () => {
    const explained = await ask(
      'queries:\n  - eql: any where event.action == "http.access"\nmin_count: 3\ngroup_by: [source.ip]\n',
    );
    expect(explained.largestGroup).toEqual({ values: { "source.ip": "198.51.100.7" }, count: 2 });
    expect(verdictOf(renderExplained(explained))[1]).toContain(
      "3 matches in one group are needed; the largest has 2 (source.ip 198.51.100.7)",
    );
  });

  it("says what withdrew it", async () => {
    const explained = await ask(
      [
        "queries:",
        '  - eql: any where event.action == "http.access" and http.response.status_code == 401',
        "unless:",
        '  - eql: any where event.action == "http.access" and http.response.status_code == 200',
        "group_by: [source.ip]",
        "",
      ].join("\n"),
    );
    expect(explained.answer).toBe("not-found");
    const text = renderExplained(explained);
    expect(verdictOf(text)[1]).toContain("withdrew it");
    expect(text).toContain("unless 1: 1 fit");
  });

  it("shows the nearest miss of a sequence: stamps of whole seconds leave the rest open", async () => {
    const explained = await ask(
      [
        "queries:",
        "  - eql: >-",
        "      sequence by source.ip with maxspan=5s",
        '        [any where event.action == "http.access" and http.response.status_code == 401]',
        '        [any where event.action == "http.access" and http.response.status_code == 200]',
        "",
      ].join("\n"),
    );
    expect(explained.queries[0]).toMatchObject({ maxspan: 5, matches: 0 });
    expect(explained.queries[0]!.patterns[1]!.step).toMatchObject({ reached: 0, late: { after: 9.000001 } });
    expect(renderExplained(explained)).toContain(
      "nearest miss: 9 s or more after the first step, maxspan 5 s",
    );
  });

  it("says that a missing event is not proven missing", async () => {
    const explained = await ask(
      [
        "queries:",
        "  - eql: >-",
        "      sequence by source.ip with maxspan=1h",
        '        [any where event.action == "http.access" and http.response.status_code == 401]',
        '        ![any where event.action == "http.access" and http.response.status_code == 500]',
        "needs: [{evidence: the rest of the log, command: cat access.log}]",
        "",
      ].join("\n"),
    );
    expect(explained.answer).toBe("cannot-tell");
    expect(explained.queries[0]!.undecided).toEqual({ order: 0, coverage: 1 });
    expect(renderExplained(explained)).toContain("the evidence does not cover the time of the missing event");
    expect(explained.missing[0]!.command).toBe("cat access.log");
  });

  it("gives the same, byte for byte, with any number of threads", async () => {
    const id = "dns-timeout";
    const with1 = await explain(id, incident("lost-nat-fixed-mac"));
    const with2 = await explainRule(incident("lost-nat-fixed-mac"), rules.find((one) => one.id === id)!, {
      grammars,
      version: "0",
      jobs: 2,
    });
    expect(JSON.stringify(with2)).toBe(JSON.stringify(with1));
  });
});
