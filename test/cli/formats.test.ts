import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

/** The built program, as users run it: `npm ci` builds it. */
const program = path.join(import.meta.dirname, "../../dist/hindcast.js");
const built = fs.existsSync(program) ? describe : describe.skip;

function formats(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "formats", ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "formats-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

built("hindcast formats", () => {
  it("lists every format under its area", () => {
    const { status, stdout } = formats();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Containers\n(?: {2}.*\n)* {2}docker-events {2,}docker events\n/m);
    expect(stdout).toMatch(/^Packets\n(?: {2}.*\n)* {2}pcapng {2,}\S/m);
  });

  it("tells about one: what it is, the command, events and fields, a sample", () => {
    const { status, stdout } = formats("docker-events");
    expect(status).toBe(0);
    for (const words of [
      "docker events --since",
      "  container.lifecycle\n",
      "    process.exit_code     number\n",
      "is read as container.lifecycle\n",
    ])
      expect(stdout).toContain(words);
    expect(formats("tshark-fields").stdout).toContain("is read as dns.query\n");
  });

  it("says so when there is no such format", () => {
    const { status, stderr } = formats("x*(");
    expect(status).toBe(2);
    expect(stderr).toBe("hindcast: x*(: there is no such format; hindcast formats lists them\n");
  });

  it("knows the user's own", () => {
    fs.writeFileSync(
      path.join(dir, "door.grammar"),
      'grammar door "doors"\nabout "What doors say."\nlayer envelope\nevent door.open = "open " door.name:WORD\nsample "open north"\n',
    );
    expect(formats("--grammars", dir).stdout).toContain("  door ");
    expect(formats("door", "--grammars", dir).stdout).toContain("  door.name: north\n");
  });
});
