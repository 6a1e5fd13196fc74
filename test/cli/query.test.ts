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

function query(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "query", ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"]! },
    ...(input !== undefined && { input }),
  });
  return { status, stdout, stderr };
}

/** Those of Elastic's example of the EQL search API. */
const EVENTS = [
  '{"@timestamp":"2099-12-06T11:04:05.000Z","event":{"category":"process","sequence":1},"process":{"pid":2012,"name":"cmd.exe"}}',
  '{"@timestamp":"2099-12-06T11:04:07.000Z","event":{"category":"file","sequence":2},"file":{"name":"cmd.exe"},"process":{"pid":2012}}',
  '{"@timestamp":"2099-12-07T11:06:07.000Z","event":{"category":"process","sequence":3},"process":{"pid":2012,"name":"cmd.exe"}}',
  '{"@timestamp":"2099-12-07T11:07:09.000Z","event":{"category":"process","sequence":4},"process":{"pid":2012,"name":"regsvr32.exe","executable":"C:\\\\Windows\\\\System32\\\\regsvr32.exe"}}',
];
const SEQUENCE =
  'sequence by process.pid [ file where file.name == "cmd.exe" and process.pid != 2013 ] [ process where stringContains(process.executable, "regsvr32") ]';

let dir: string;
let file: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "query-cli-"));
  file = path.join(dir, "events.ndjson");
  fs.writeFileSync(file, `${EVENTS.join("\n")}\n`);
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

built("hindcast query --events", () => {
  it("answers as the EQL search API does", () => {
    const { status, stdout, stderr } = query([SEQUENCE, "--events", file, "-f", "json"]);
    expect([status, stderr]).toEqual([0, ""]);
    const { hits, is_partial } = JSON.parse(stdout);
    expect(is_partial).toBe(false);
    expect(hits.total).toEqual({ value: 1, relation: "eq" });
    expect(hits.sequences[0].join_keys).toEqual([2012]);
    expect(hits.sequences[0].events.map((one: { _source: object }) => one._source)).toEqual(
      [EVENTS[1]!, EVENTS[3]!].map((text) => JSON.parse(text)),
    );
  });

  it("takes an array, and standard input", () => {
    const asked = 'process where process.name == "cmd.exe" and process.pid != 2013';
    const { stdout } = query([asked, "--events", "-", "-f", "jsonl"], `[${EVENTS.join(",\n")}]`);
    const lines = stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line)._source.event.sequence)).toEqual([1, 3]);
    expect(query([asked, "--events", file, "-f", "jsonl"]).stdout.replaceAll(file, "stdin")).toBe(stdout);
  });

  it.each<[string, string[], number, string]>([
    ["a slip in a field's name", ['process where process.nmae == "x"'], 2, "did you mean `process.name`?"],
    ["a slip in the query", ['process wher process.name == "x"'], 2, "did you mean `where`?"],
    ["no field with the time", [SEQUENCE, "--timestamp-field", "@timestmp"], 2, "did you mean `@timestamp`?"],
    [
      "no field with the category",
      ["process where true", "--event-category-field", "event.kind"],
      2,
      "no event has this field",
    ],
    [
      "no such tiebreaker",
      ["any where true", "--tiebreaker-field", "event.sequenc"],
      2,
      "did you mean `event.sequence`?",
    ],
    ["a window that is none", ["any where true", "--fetch-size", "1"], 2, "a number from 2 to 1000000"],
    ["evidence, too", ["any where true", "."], 2, "not both"],
    ["lineage", ["process where child of [process where true]"], 2, "`child of` is not supported"],
  ])("exits as documented for %s", (_, args, status, words) => {
    const run = query([...args, "--events", file]);
    expect([run.status, run.stdout]).toEqual([status, ""]);
    expect(run.stderr).toContain(words);
  });

  it("tells what it could not read, and what cannot be read at all", () => {
    const some = query(["any where true", "--events", "-", "-f", "jsonl"], `${EVENTS[0]}\nnot json\n`);
    expect([some.status, some.stderr]).toEqual([4, "hindcast: -:2: no JSON object begins here\n"]);
    expect(query(["any where true", "--events", "-"], "").status).toBe(3);
    expect(query(["any where true", "--events", path.join(dir, "none")]).stderr).toContain(
      "can't be read (ENOENT)",
    );
  });
});

built("hindcast query PATH", () => {
  it("asks evidence, aligned and merged as an analysis does, also for what is assembled from several records", () => {
    const asked = 'network where event.action == "dns.leg" and dns.outcome == "timeout"';
    const { status, stdout } = query([asked, incident, "-f", "jsonl", "-q"]);
    expect(status).toBe(0);
    const legs = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)._source);
    expect(new Set(legs.map((leg) => leg.dns.server.ip))).toEqual(new Set(["172.28.1.15"]));
    expect(legs[0]["@timestamp"]).toMatch(/^2026-11-22T/);
    expect(legs[0].log.file.path).toBe("docker-daemon.strace");
  });

  it("gives the same bytes with any number of threads", () => {
    const asked = ["any where true | count event.action", incident, "-q", "-f", "json"];
    expect(query([...asked, "--jobs", "2"]).stdout).toBe(query([...asked, "--jobs", "1"]).stdout);
  });

  it("knows the fields of evidence", () => {
    const { status, stderr } = query(['any where dns.qustion.name == "x"', incident]);
    expect(status).toBe(2);
    expect(stderr).toContain("            ^^^^^^^^^^^^^^^^\n  did you mean `dns.question.name`?");
    expect(query(['any where ?dns.qustion.name == "x"', incident, "-q"]).stdout).toBe("no event matches\n");
  });

  it("needs something to ask", () => {
    expect(query(["any where true"])).toMatchObject({ status: 2, stdout: "" });
    expect(query(["any where true", path.join(dir, "nowhere")]).status).toBe(3);
  });
});
