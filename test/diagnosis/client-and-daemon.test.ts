import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";

const made = fs.mkdtempSync(path.join(os.tmpdir(), "client-and-daemon-"));
afterAll(() => fs.rmSync(made, { recursive: true }));

/** The daemon's lines of a pull whose v2 request was given up, and whose v1 request was answered with 404. */
const JOURNAL = `\
time="2015-09-21T11:40:02.525513842Z" level=debug msg="Trying to pull billing-web from https://registry-1.docker.io v2"
time="2015-09-21T11:40:07.526690699Z" level=debug msg="Error getting v2 registry: Get https://registry-1.docker.io/v2/: net/http: request canceled while waiting for connection"
time="2015-09-21T11:40:07.527100489Z" level=debug msg="Trying to pull billing-web from https://registry-1.docker.io v1"
time="2015-09-21T11:40:07.545965308Z" level=debug msg="Not continuing with error: Tag v3.2.0 not found in repository billing-web"
time="2015-09-21T11:40:07.546259335Z" level=error msg="Handler for POST /images/create returned error: Tag v3.2.0 not found in repository billing-web"
`;

const terminal = (image: string): string => `\
$ docker pull ${image}:v3.2.0
Pulling repository docker.io/library/${image}
Tag v3.2.0 not found in repository docker.io/library/${image}
`;

/** The rules of the roots, of what the daemon wrote and what a client printed. */
async function rootsOf(journal: string, client: string): Promise<string[]> {
  const folder = fs.mkdtempSync(path.join(made, "case-"));
  fs.writeFileSync(path.join(folder, "docker.log"), journal);
  fs.writeFileSync(path.join(folder, "terminal.txt"), client);
  const { rootCauses, findings } = await analyze([folder], { grammars, rules, version: "test" });
  const ruleOf = new Map(findings.map(({ id, rule }) => [id, rule]));
  return rootCauses.map((id) => ruleOf.get(id)!);
}

describe("a pull of Docker Hub that the daemon's journal and the client's terminal tell of", () => {
  it("is one incident, though the client writes docker.io/library/ before the name", async () => {
    expect(await rootsOf(JOURNAL, terminal("billing-web"))).toEqual(["registry-never-connected"]);
  });

  it("and another image's pull stands on its own", async () => {
    expect(await rootsOf(JOURNAL, terminal("shop-web"))).toEqual([
      "registry-never-connected",
      "registry-v1-fallback",
    ]);
  });
});
