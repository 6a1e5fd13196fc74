// What rules cost: 50 and 500 rules over 200 000 events, of which nobody wants any, or 1 %, or all.
// node bench/rules.bench.mjs
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const EVENTS = 200_000;
const ROUNDS = 5;

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "rules-bench-"));
const outfile = path.join(dir, "rules.mjs");
await esbuild.build({
  bundle: true,
  platform: "node",
  format: "esm",
  outfile,
  logLevel: "error",
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
  stdin: {
    contents: 'export * from "./src/rules/engine.js"; export * from "./src/rules/load.js";',
    resolveDir: root,
    loader: "ts",
  },
});
const { loadRules, RuleEngine } = await import(pathToFileURL(outfile).href);
fs.rmSync(dir, { recursive: true });

/** Half event queries, half sequences, each for an action of its own. */
function makeRules(count) {
  const files = Array.from({ length: count }, (_, i) => {
    const step = (value) => `[any where event.action == "wanted.${i}" and outcome == "${value}"]`;
    const eql =
      i % 2 === 0
        ? `network where event.action == "wanted.${i}" and outcome == "timeout" and not cidrMatch(server, "192.0.2.0/24")`
        : `sequence by server with maxspan=5s ${step("ok")} ${step("timeout")}`;
    const text = `id: r-${i}\ntitle: t\nseverity: low\ndescription: d\nsummary: "{server}"\ngroup_by: [server]\nqueries: [{ eql: '${eql}' }]\n`;
    return { file: `r-${i}.yaml`, text };
  });
  const start = performance.now();
  const { rules, problems } = loadRules(files);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return { rules, load: performance.now() - start };
}

/** Events as decoders give them: `share` of them have an action that one of `count` rules wants. */
function makeEvents(count, share) {
  // Decoders give the same string objects again and again; so does this.
  const wanted = Array.from({ length: count }, (_, i) => `wanted.${i}`);
  const others = Array.from({ length: 40 }, (_, i) => `other.${i}`);
  const servers = Array.from({ length: 7 }, (_, i) => `10.0.${i}.1`);
  return Array.from({ length: EVENTS }, (_, i) => ({
    source: 0,
    line: i + 1,
    offset: i * 100,
    length: 99,
    time: i * 1000,
    ns: 0,
    latest: i * 1000,
    action: share > 0 && i % Math.round(1 / share) === 0 ? wanted[(i * 7919) % count] : others[i % 40],
    category: "network",
    fields: { outcome: i % 3 === 0 ? "ok" : "timeout", server: servers[i % 7], "dns.id": i % 65536 },
  }));
}

console.log("| rules | events wanted | ns per event | loading, ms |\n|---|---|---|---|");
for (const share of [0, 0.01, 1]) {
  for (const count of [50, 500]) {
    const { rules, load } = makeRules(count);
    const events = makeEvents(count, share);
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const engine = new RuleEngine(rules);
      // CPU time: the machine may be busy with other things.
      const start = process.cpuUsage();
      for (const event of events) engine.push(event);
      times.push(process.cpuUsage(start).user / 1000);
      engine.end();
    }
    const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
    const cost = ((median * 1e6) / EVENTS).toFixed(0);
    console.log(`| ${count} | ${share * 100} % | ${cost} | ${load.toFixed(0)} |`);
  }
}
