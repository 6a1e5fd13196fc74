import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { CollectOptions } from "../../src/collect/options.js";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";
import { scriptFor } from "./scripts.js";
import { hasNamespaces, World } from "./world.js";

// Packets on a busy machine may take their time.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

// The scripts are run where something goes wrong, and what they packed is read.

const WATCHING = /let the problem happen now/;
/** Three seconds: a look-up with three attempts of a second each. */
const ASK = "dig +time=1 +tries=3 @192.0.2.53";

(hasNamespaces() ? describe : describe.skip)("a script that is run", () => {
  let world: World;
  beforeAll(() => {
    world = new World("nameserver 192.0.2.54\nnameserver 192.0.2.53\noptions timeout:1 attempts:1\n");
  });
  afterAll(() => world.end());

  /** Runs a script on the host, does something once it watches, and analyses what it packed. */
  async function collected(options: Partial<CollectOptions>, happen: () => void): Promise<Report> {
    const script = path.join(world.folder, "collect.sh");
    const archive = path.join(world.folder, `${options.problems}.tar.gz`);
    fs.writeFileSync(script, scriptFor({ duration: 4, ...options }));
    const child = world.begin("host", `TMPDIR=${world.folder} exec sh ${script} ${archive}`);
    let told = "";
    let done = false;
    child.stderr!.on("data", (chunk) => {
      told += chunk;
      if (done || !WATCHING.test(told)) return;
      done = true;
      happen();
    });
    const [status] = await once(child, "close");
    expect({ status, told }).toMatchObject({ status: 0 });
    return analyze([archive], { grammars, rules, version: "test" });
  }

  const found = ({ findings }: Report) => findings.map(({ rule }) => rule);
  const unread = ({ sources, problems }: Report) => [
    ...sources
      .filter(({ format, unparsed }) => format === "unknown" || unparsed > 0)
      .map((source) => source.path),
    ...problems.map(({ path: file, message }) => `${file}: ${message}`),
  ];

  it("nat: shows that a container's packets left untranslated; all that it packed is read; nothing was changed", async () => {
    world.run("host", "iptables -t nat -A POSTROUTING -s 10.9.0.0/24 -o uplink -j MASQUERADE");
    const before = world.state();
    let after = "";
    const report = await collected({ problems: ["nat"] }, () => {
      world.run("container", `${ASK} one.example`);
      after = world.state();
      world.run("host", "iptables -t nat -F; conntrack -F");
      world.run("container", `${ASK} two.example & ${ASK} three.example & wait`);
    });
    expect(found(report)).toContain("masquerade-missing");
    expect(report.findings.find(({ id }) => id === report.rootCauses[0])?.rule).toBe("masquerade-missing");
    expect(unread(report)).toEqual([]);
    expect(after).toBe(before);
    // What it did not pack it did not leave.
    expect(fs.readdirSync(world.folder).sort()).toEqual(["collect.sh", "nat.tar.gz", "resolv.conf"]);
  });

  it("dns: shows that the first name server is dead", async () => {
    world.run("server", "iptables -A INPUT -d 192.0.2.54 -j DROP");
    const report = await collected({ problems: ["dns"] }, () => {
      for (const name of ["one", "two", "three"]) world.run("host", `getent ahostsv4 ${name}.example`);
    });
    expect(found(report)).toContain("dns-first-server-dead");
    expect(unread(report)).toEqual([]);
  });
});
