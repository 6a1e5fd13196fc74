import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

/** The built program, as users run it: `npm ci` builds it. */
const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "dist/hindcast.js");
const incident = path.join(root, "fixtures/incidents/docker-bad-dns");
const built = fs.existsSync(program) ? describe : describe.skip;

let dir: string;
const at = (name: string) => path.join(dir, name);
const write = (name: string, text: string) => fs.writeFileSync(at(name), text);
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "rules-cli-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

function hindcast(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    cwd: dir,
    env: { PATH: process.env["PATH"]!, HOME: dir },
  });
  return { status, stdout, stderr };
}

built("hindcast rules", () => {
  it("new drafts a rule of a record, and test runs it", () => {
    fs.mkdirSync(at("mine"));
    const from = path.join(incident, "journal.txt:3");
    expect(hindcast("rules", "new", "my-rule", "--from", from, "-o", "mine/my-rule.yaml").status).toBe(0);
    const { status, stdout } = hindcast("rules", "test", "mine");
    expect([status, stdout]).toEqual([0, "1 rules, 2 cases: 2 passed, 0 failed\n"]);
    const { stdout: found } = hindcast(incident, "--rules", "mine", "-f", "json");
    expect(JSON.parse(found).findings.map((one: { rule: string }) => one.rule)).toContain("my-rule");
  });

  it("new refuses what is no id, is taken, or would overwrite", () => {
    for (const [args, why] of [
      [["No Id"], "small letters"],
      [["dns-timeout"], "there is such a rule already"],
      [["other", "-o", "mine/my-rule.yaml"], "named after it"],
      [["my-rule", "-o", "mine/my-rule.yaml"], "there already"],
      [["other", "--from", "nowhere"], "a file and a line"],
    ] as const) {
      const { status, stderr } = hindcast("rules", "new", ...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining(why)]);
    }
  });

  it("explain says why, in words and in JSON", () => {
    const { status, stdout } = hindcast("rules", "explain", "dns-timeout", incident);
    expect(status).toBe(0);
    expect(stdout).toContain("On this evidence it fired.");
    const { stdout: json } = hindcast("rules", "explain", "lost-nat", incident, "-f", "json");
    expect(JSON.parse(json)).toMatchObject({ schema: "hindcast.rule-explained/1", answer: "not-found" });
    expect(hindcast("rules", "explain", "lost-nta", incident).stderr).toContain("did you mean lost-nat?");
  });

  it("import writes rules that test takes, and names what is lost", () => {
    write(
      "sigma.yml",
      "title: Asked for a tarball\nlogsource: {category: webserver}\ndetection: {s: {cs-uri|endswith: .tgz}, condition: s}\n---\ntitle: Counted\nlogsource: {category: webserver}\ndetection: {s: {a: 1}, condition: s | count() > 3}\n",
    );
    const { status, stderr } = hindcast("rules", "import", "sigma.yml", "-d", "from-sigma");
    expect(status).toBe(4);
    expect(stderr).toContain("not carried over: sigma.yml:5: Counted: the aggregation");
    expect(hindcast("rules", "list", "--rules", "from-sigma").stdout).toContain("asked-for-a-tarball");
  });

  it("export writes one detection rule a line", () => {
    const { status, stdout } = hindcast("rules", "export", "--elastic", "dns-timeout", "--index", "logs-*");
    expect(status).toBe(0);
    const rules = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rules.length).toBeGreaterThan(1);
    for (const rule of rules) expect(rule).toMatchObject({ type: "eql", index: ["logs-*"], enabled: false });
    expect(hindcast("rules", "export").status).toBe(2);
  });
});

built("a project file", () => {
  const findings = (...args: string[]): { rule: string; summary: string; severity: string }[] =>
    JSON.parse(hindcast(incident, "-f", "json", ...args).stdout).findings;
  const server = () => findings("--no-config").find(({ rule }) => rule === "dns-timeout")!;

  it("suppresses, names and grades, and the report tells it", () => {
    const { summary, severity } = server();
    expect(severity).not.toBe("low");
    const [address] = /\d+\.\d+\.\d+\.\d+/.exec(summary)!;
    write(
      ".hindcast.yaml",
      `rules:\n  dns-timeout: low\nsuppress:\n  - {rule: registry-v1-fallback, reason: known}\nnames:\n  ${address}: old resolver\n`,
    );
    const now = findings();
    expect(now.map(({ rule }) => rule)).not.toContain("registry-v1-fallback");
    expect(now.find(({ rule }) => rule === "dns-timeout")).toMatchObject({
      severity: "low",
      summary: summary.replace(address!, `${address} (old resolver)`),
    });
    const { stdout } = hindcast(incident);
    expect(stdout).toContain(".hindcast.yaml:4: 1 finding of registry-v1-fallback suppressed: known");
  });

  it("holds for comparisons: rules, suppressions and names", () => {
    const healthy = path.join(path.dirname(incident), "docker-bad-dns-healthy");
    const compared = (...args: string[]) => hindcast("compare", healthy, incident, ...args).stdout;
    const whats = (...args: string[]): string[] =>
      JSON.parse(compared("-f", "json", ...args)).differences.map(({ what }: { what: string }) => what);
    expect(whats("--no-config")).toEqual(expect.arrayContaining(["dns-timeout", "registry-v1-fallback"]));
    write(
      ".hindcast.yaml",
      "rules:\n  dns-timeout: off\nsuppress:\n  - {rule: registry-v1-fallback, reason: known}\nnames:\n  docker.moscow.corp.test: our registry\n",
    );
    expect(whats()).not.toContain("dns-timeout");
    expect(whats()).not.toContain("registry-v1-fallback");
    const text = compared().replace(/\s+/g, " ");
    expect(text).toContain("bad: .hindcast.yaml:4: 1 finding of registry-v1-fallback suppressed: known");
    expect(text).toContain("the rule dns-timeout is off");
    expect(text).toContain("1 request to docker.moscow.corp.test (our registry) ended");
  });

  it("holds for clocks, as far as it is about them", () => {
    const clocks = (): { findings: { rule: string }[]; problems: { message: string }[] } =>
      JSON.parse(hindcast("clocks", path.join(root, "fixtures/clocks"), "-f", "json").stdout);
    write(".hindcast.yaml", "rules:\n  dns-timeout: off\n");
    expect(clocks().findings.map(({ rule }) => rule)).toContain("clock-skew");
    expect(
      clocks()
        .problems.map(({ message }) => message)
        .join(),
    ).not.toContain("is off");
    write(".hindcast.yaml", "rules:\n  clock-skew: off\n");
    expect(clocks().findings.map(({ rule }) => rule)).not.toContain("clock-skew");
    expect(
      clocks()
        .problems.map(({ message }) => message)
        .join(),
    ).toContain("the rule clock-skew is off");
    write(".hindcast.yaml", "suppress:\n  - {rule: clock-skew, reason: a test bench}\n");
    const suppressed = { rule: "clock-skew", reason: "a test bench" };
    expect(clocks()).toMatchObject({ findings: [], suppressed: [suppressed, suppressed] });
  });

  it("is not taken from the evidence unless it is named", () => {
    write(".hindcast.yaml", "rules:\n  dns-timeout: off\n");
    const { stderr } = hindcast(dir, "-f", "json");
    expect(stderr).toContain("it lies in the evidence and is not used");
    expect(hindcast(dir, "-f", "json", "--config", at(".hindcast.yaml")).stderr).toBe("");
  });

  it("is wrong usage where it is wrong, with the place", () => {
    write(".hindcast.yaml", "rules:\n  dns-timeot: off\n");
    const { status, stderr } = hindcast(incident);
    expect([status, stderr]).toEqual([
      2,
      "hindcast: .hindcast.yaml:2: there is no rule dns-timeot; did you mean dns-timeout?\n",
    ]);
    write(".hindcast.yaml", "options: {tz: Nowhere/Land}\n");
    expect(hindcast("timeline", incident).stderr).toContain("options.tz: no zone Nowhere/Land is known");
  });
});
