import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

/** The built program, as users run it: `npm ci` builds it. */
const root = path.join(path.dirname(new URL(import.meta.url).pathname), "../..");
const program = path.join(root, "dist/hindcast.js");
const incident = path.join(root, "fixtures/incidents/docker-bad-dns");
const built = fs.existsSync(program) ? describe : describe.skip;

function hindcast(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"]!, ...env },
  });
  return { status, stdout, stderr };
}

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "cli-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

built("hindcast", () => {
  it("tells the whole chain of the incident, first cause first", () => {
    const { status, stdout, stderr } = hindcast([incident]);
    expect(status).toBe(0);
    expect(stderr).toBe("");
    const places = [
      "A DNS server did not answer in time",
      "The docker daemon fell back to the v1 registry protocol",
      "The registry says that the image or tag does not exist",
    ].map((words) => stdout.indexOf(words));
    expect(places[0]).toBeGreaterThan(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("colours only when asked in a pipe, and never against NO_COLOR", () => {
    expect(hindcast([incident]).stdout).not.toContain("\x1b");
    expect(hindcast([incident], { FORCE_COLOR: "1" }).stdout).toContain("\x1b[");
    expect(hindcast([incident], { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).not.toContain("\x1b");
    expect(hindcast([incident, "--no-color"], { FORCE_COLOR: "1" }).stdout).not.toContain("\x1b");
  });

  it.each<[string, string[], number]>([
    ["a finding as grave as asked", ["--fail-on", "high"], 1],
    ["no finding as grave as asked", ["--fail-on", "critical"], 0],
    ["an option that does not exist", ["--nonsense"], 2],
    ["a zone that does not exist", ["--tz", "Mars/Phobos"], 2],
    ["a time that is none", ["--since", "yesterday"], 2],
    ["a year that is none", ["--year", "16"], 2],
    ["a size that is none", ["--cache-size", "big"], 2],
    ["a cache among the evidence", ["--cache", path.join(incident, "cache")], 2],
    ["a folder of rules that does not exist", ["--rules", "/nonexistent"], 2],
    ["a place that cannot be written", ["-o", "/nonexistent/report.md"], 2],
  ])("exits as documented: %s", (_, options, status) => {
    const run = hindcast([incident, ...options]);
    expect(run.status).toBe(status);
    if (status === 2) expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  it("exits with 3 when nothing could be read, with 4 when something could not", () => {
    expect(hindcast([path.join(dir, "missing")]).status).toBe(3);
    expect(hindcast([incident, path.join(dir, "missing")]).status).toBe(4);
  });

  it("shows its help when nothing is asked", () => {
    const { status, stderr } = hindcast([]);
    expect(status).toBe(2);
    expect(stderr).toContain("Examples:");
    expect(hindcast(["--help"]).stdout).toContain("Exit status:");
  });

  it("writes a report whole, the same bytes each time, and takes its own report for no evidence", () => {
    const folder = path.join(dir, "own");
    fs.cpSync(incident, folder, { recursive: true });
    const report = path.join(folder, "report.json");
    expect(hindcast([folder, "-f", "json", "-o", report]).status).toBe(0);
    const first = fs.readFileSync(report, "utf8");
    fs.rmSync(report);
    hindcast([folder, "-f", "json", "-o", report]);
    expect(fs.readFileSync(report, "utf8")).toBe(first);
    const again = JSON.parse(hindcast([folder, "-f", "json"]).stdout);
    expect(again.rootCauses).toEqual(JSON.parse(first).rootCauses);
    expect(fs.readdirSync(folder).filter((name) => name.includes("part"))).toEqual([]);
  });

  it("judges only the window that was asked for", () => {
    const late = JSON.parse(hindcast([incident, "-f", "json", "--since", "2026-11-22T03:52:37.6Z"]).stdout);
    expect(late.findings).toEqual([]);
  });

  it("reads a format and finds a failure that a user taught it, in two files", () => {
    fs.writeFileSync(
      path.join(dir, "pump.grammar"),
      `grammar  pump  "a pump's log"
layer    envelope
set      { event.dataset = "pump" event.category = "host" }
token STATE = /dry|wet/
event pump.state = @timestamp:RFC3339 " pump " pump.name:WORD " ran " pump.state:STATE
sample "2026-03-02T10:00:00Z pump p1 ran dry" -> pump.state { pump.name: "p1", pump.state: "dry" }
reject "2026-03-02T10:00:00Z pump p1 ran"
`,
    );
    fs.writeFileSync(
      path.join(dir, "pump-dry.yaml"),
      `id: pump-dry
title: A pump ran dry
severity: high
description: It ran without water.
queries:
  - id: log
    eql: any where event.action == "pump.state" and pump.state == "dry"
    confidence: 0.9
group_by: [pump.name]
entities: [pump.name]
summary: "pump {pump.name} ran dry"
remediation: ["Give it water."]
verify: ["It runs wet."]
cases:
  - name: dry
    files: { "pump.log": "2026-03-02T10:00:00Z pump p1 ran dry\\n" }
    expect: found
`,
    );
    fs.writeFileSync(
      path.join(dir, "pump.log"),
      "2026-03-02T10:00:00Z pump p7 ran wet\n2026-03-02T10:00:01Z pump p7 ran dry\n",
    );
    expect(hindcast(["formats", "test", dir])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("0 failed"),
    });
    const { stdout } = hindcast([path.join(dir, "pump.log"), "--grammars", dir, "--rules", dir]);
    expect(stdout).toContain("pump p7 ran dry");
    expect(
      hindcast(["formats", "explain", `${path.join(dir, "pump.log")}:2`, "--grammars", dir]).stdout,
    ).toContain("pump.state: dry");
  });

  it("says where a user's grammar is wrong", () => {
    const broken = path.join(dir, "broken");
    fs.mkdirSync(broken);
    fs.writeFileSync(path.join(broken, "b.grammar"), 'grammar b "x"\nlayer envelope\nevent a = x:NAMES\n');
    const { status, stderr } = hindcast([incident, "--grammars", broken]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/b\.grammar:3:\d+: .*NAMES/);
  });

  it("explains a record that nobody claims, with a caret and what was expected", () => {
    const { stdout } = hindcast(["formats", "explain", `${incident}/journal.txt:1`]);
    expect(stdout).toMatch(/nobody claims this record[\s\S]*\^ column \d+: expected /);
  });

  it("lists formats and rules", () => {
    const formats = hindcast(["formats"]).stdout;
    for (const name of ["strace", "tcpdump", "pcapng", "journal-short"])
      expect(formats).toMatch(new RegExp(`^ +${name} +\\S`, "m"));
    expect(hindcast(["rules"]).stdout).toMatch(/dns-timeout +high/);
    expect(hindcast(["rules", "show", "lost-nat"]).stdout).toMatch(/Fires when[\s\S]*Do this[\s\S]*Not this/);
    expect(hindcast(["rules", "show", "nonsense"])).toMatchObject({ status: 2 });
    expect(hindcast(["rules", "test", "lost-nat"]).stdout).toMatch(
      /^1 rules, [1-9]\d* cases: .* 0 failed\n$/,
    );
  });
});
