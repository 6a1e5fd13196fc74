// npm run bench [-- --quick] [-- --big]: makes the corpora, runs the whole `analyze` and its peers side by side in one run.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { journal, pcap, strace } from "./corpus.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const corpus = path.join(here, "corpus");
const hindcast = path.join(here, "..", "dist", "hindcast.js");
const quick = process.argv.includes("--quick");
const rounds = quick ? 3 : 5;
const MB = 1e6;

/** A child's wall seconds and peak memory, by running it under a small parent that asks the system (getrusage). */
function once(command, args) {
  const probe = `
    const { spawnSync } = require("node:child_process");
    const begin = process.hrtime.bigint();
    const out = require("node:fs").openSync("/dev/null", "w");
    const done = spawnSync(process.argv[1], process.argv.slice(2), { stdio: ["ignore", out, "pipe"], maxBuffer: 1 << 28 });
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
    console.log(JSON.stringify({ seconds, status: done.status, error: String(done.stderr).slice(0, 300), missing: done.error?.code }));`;
  // Peak memory of the measured child comes from GNU time where it is installed; else from /proc is too late, so it is left out.
  const timed = fs.existsSync("/usr/bin/time")
    ? ["/usr/bin/time", "-f", "%M", command, ...args]
    : [command, ...args];
  const run = spawnSync(process.execPath, ["-e", probe, ...timed], { encoding: "utf8" });
  const result = JSON.parse(run.stdout);
  const rss = /(\d+)\s*$/.exec(result.error.trim());
  return {
    ...result,
    rss:
      fs.existsSync("/usr/bin/time") && rss
        ? Number(rss[1]) * 1024
        : process.platform === "linux"
          ? Number.NaN
          : Number.NaN,
  };
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

function installed(command) {
  return spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
}

/** Runs the contenders in turn, round after round, so that a slow moment of the machine hits all of them. */
function race(title, bytes, records, contenders) {
  const runs = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, command, args } of contenders) {
      const result = once(command, args);
      if (round > 0) runs.get(name).push(result);
    }
  }
  console.log(
    `\n${title}: ${(bytes / MB).toFixed(0)} MB${records ? `, ${records} records` : ""}; median of ${rounds} runs, in turn`,
  );
  const base = median(runs.get(contenders[0].name).map((run) => run.seconds));
  for (const { name } of contenders) {
    const results = runs.get(name);
    const seconds = results.map((run) => run.seconds);
    const mid = median(seconds);
    const rss = median(results.map((run) => run.rss));
    const rate = records ? `${(records / mid / 1e6).toFixed(2).padStart(6)} M records/s` : "";
    const memory = Number.isNaN(rss) ? "" : `${(rss / MB).toFixed(0).padStart(5)} MB peak`;
    const bad = results.find((run) => ![0, 4].includes(run.status));
    console.log(
      `  ${name.padEnd(34)} ${mid.toFixed(2).padStart(6)} s (${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)})  ${(bytes / MB / mid).toFixed(0).padStart(5)} MB/s  ${rate}  ${memory}  ${(mid / base).toFixed(2)} × hindcast${bad ? `  exit ${bad.status} ${bad.error}` : ""}`,
    );
  }
}

const analyze = (file) => ({
  name: "hindcast analyze",
  command: process.execPath,
  args: [hindcast, "analyze", file, "-f", "json", "-q"],
});
const size = (file) => fs.statSync(file).size;
const recordsOf = (file) => {
  const out = spawnSync(process.execPath, [hindcast, "analyze", file, "-f", "json", "-q"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(out.stdout).summary.records;
};
const peer = (name, command, args) => (installed(command) ? [{ name, command, args }] : []);

const scale = quick ? 0.1 : 1;
const j = journal(path.join(corpus, `journal-${200 * scale}.log`), 200 * MB * scale);
const s = strace(path.join(corpus, `trace-${100 * scale}.strace`), 100 * MB * scale);
const p = pcap(path.join(corpus, `dns-${50 * scale}.pcap`), 50 * MB * scale);

race("docker journal", size(j), recordsOf(j), [
  analyze(j),
  ...peer("lnav, counting all_logs", "lnav", ["-n", "-c", ";select count(*) from all_logs", j]),
  ...peer("rg -c, one capturing pattern", "rg", ["-c", 'level=(\\w+) msg="(.*)"', j]),
]);
race("strace dump", size(s), recordsOf(s), [
  analyze(s),
  ...peer("rg -c, one capturing pattern", "rg", ["-c", "(\\w+)\\(.*\\) += (-?\\d+)", s]),
]);
race("pcap of DNS traffic", size(p), recordsOf(p), [
  analyze(p),
  ...peer("tcpdump -nr", "tcpdump", ["-nr", p]),
  ...peer("tshark -r, one line a packet", "tshark", ["-n", "-r", p]),
  ...(quick
    ? []
    : peer("lnav, counting all_logs", "lnav", ["-n", "-c", ";select count(*) from all_logs", p])),
]);

const small = path.join(corpus, "folder-1MB");
fs.mkdirSync(small, { recursive: true });
journal(path.join(small, "journal.log"), 0.4 * MB);
strace(path.join(small, "client.strace"), 0.3 * MB);
pcap(path.join(small, "dns.pcap"), 0.3 * MB);
race("a folder of 1 MB (start-up)", MB, 0, [
  { ...analyze(small), name: "hindcast analyze, 1 MB" },
  { name: "hindcast --version", command: process.execPath, args: [hindcast, "--version"] },
  { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
]);

if (process.argv.includes("--big")) {
  const big = journal(path.join(corpus, "journal-1000.log"), 1000 * MB);
  const bigPcap = pcap(path.join(corpus, "dns-250.pcap"), 250 * MB);
  race("memory: journal of 1 GB (compare with 200 MB above)", size(big), recordsOf(big), [analyze(big)]);
  race("memory: pcap of 250 MB (compare with 50 MB above)", size(bigPcap), recordsOf(bigPcap), [
    analyze(bigPcap),
  ]);
}
