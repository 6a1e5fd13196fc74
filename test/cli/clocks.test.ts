import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

/** The built program, as users run it: `npm ci` builds it. */
const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "dist/hindcast.js");
const incident = path.join(root, "fixtures/clocks");
const built = fs.existsSync(program) ? describe : describe.skip;

function clocks(args: string[], env: Record<string, string> = {}) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, "clocks", ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"]!, ...env },
  });
  return { status: status ?? signal, stdout, stderr };
}

/** The rows of the table of clocks. */
const tableOf = (stdout: string) => /^CLOCKS.*\n([\s\S]*?)\n\n/m.exec(stdout)![1]!;

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "clocks-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

built("hindcast clocks", () => {
  let plain: ReturnType<typeof clocks>;
  beforeAll(() => {
    plain = clocks([incident]);
  });

  it("prints the clocks, their picture and their proof, and no diagnosis", () => {
    const { status, stdout, stderr } = plain;
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ {2}host_any\.pcap +epoch .* \+1\.2\d+ s ±/m);
    expect(stdout).toMatch(/^OFFSETS /m);
    expect(stdout).toContain("●");
    expect(stdout).toMatch(/^ +docker\.log:\d+ +03:52:\d\d\.\d{6} /m);
    expect(stdout).not.toContain("ROOT CAUSE");
    expect(stdout).not.toContain("\x1b");
  });

  it("prints the same bytes with any number of threads, and with colours where they are asked for", () => {
    const { status, stdout, stderr } = clocks([incident, "--jobs", "1"], { FORCE_COLOR: "1" });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("\x1b[");
    expect(stdout.replace(/\x1b\[\d{1,2}m/g, "")).toBe(plain.stdout);
  });

  it("says the same of the clocks as the report of an analysis", () => {
    const alone = JSON.parse(clocks([incident, "--format", "json"]).stdout);
    const whole = spawnSync(process.execPath, [program, incident, "--format", "json"], { encoding: "utf8" });
    expect(alone.schema).toBe("hindcast.clocks/1");
    expect(alone.clocks).toEqual(JSON.parse(whole.stdout).clocks);
  });

  it("tells in the clock that is asked for", () => {
    const { stdout } = clocks([incident, "--reference", "host_any.pcap"]);
    expect(tableOf(stdout)).toMatch(/host_any\.pcap .* reference/);
    expect(tableOf(stdout)).toMatch(/docker\.log .* -1\.2\d+ s ±/);
  });

  it("compares nothing where stamps are to be trusted", () => {
    const { stdout } = clocks([incident, "--no-align"]);
    expect(stdout).not.toMatch(/OFFSETS|reference|nothing shared/);
  });

  it("takes an offset that a person tells", () => {
    const { stdout } = clocks([incident, "--no-align", "--offset", "nginx_access.log=-17"]);
    expect(tableOf(stdout)).toMatch(/nginx_access\.log .* -17 s/);
  });

  it("writes Markdown and files", () => {
    const file = path.join(dir, "clocks.md");
    expect(clocks([incident, "--format", "markdown", "-o", file])).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(fs.readFileSync(file, "utf8")).toMatch(/^# Clocks\n/);
  });

  it.each<[string, () => string[], number]>([
    ["a place where there is nothing", () => [path.join(dir, "none")], 3],
    ["a format that there is not", () => [incident, "--format", "xml"], 2],
    ["a reference that there is not", () => [incident, "--reference", "other.log"], 2],
    [
      "evidence that is damaged",
      () => {
        const broken = path.join(dir, "broken.log.gz");
        fs.writeFileSync(broken, fs.readFileSync(path.join(incident, "dockerd.strace.gz")).subarray(0, 9000));
        return [broken, path.join(incident, "docker.log")];
      },
      4,
    ],
  ])("exits as analyze does: %s", (_, args, status) => {
    expect(clocks(args()).status).toBe(status);
  });
});
