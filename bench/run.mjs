// npm run bench [-- --quick] [-- --big] [-- --dist DIR]: makes the corpora, runs the whole `analyze` and its peers side by side.
// Prints Markdown; docs/PERFORMANCE.md quotes it.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { journal, pcap, strace } from "./corpus.mjs";
import { machine, race } from "./measure.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const corpus = path.join(here, "corpus");
const option = (name) => process.argv.includes(name);
const dist = option("--dist")
  ? process.argv[process.argv.indexOf("--dist") + 1]
  : path.join(here, "..", "dist");
const hindcast = path.resolve(dist, "hindcast.js");
const quick = option("--quick");
const rounds = quick ? 3 : 5;
const MB = 1e6;

const analyze = (file) => ({
  name: "hindcast analyze",
  command: process.execPath,
  args: [hindcast, "analyze", file, "-f", "json", "-q"],
});
/** A contender, where it is installed. */
const peer = (name, command, args, rounds) =>
  spawnSync("sh", ["-c", `command -v ${command}`]).status === 0 ? [{ name, command, args, rounds }] : [];
const size = (file) => fs.statSync(file).size;

console.log(machine());

const scale = quick ? 0.1 : 1;
const j = journal(path.join(corpus, `journal-${200 * scale}.log`), 200 * MB * scale);
const s = strace(path.join(corpus, `trace-${100 * scale}.strace`), 100 * MB * scale);
const p = pcap(path.join(corpus, `dns-${50 * scale}.pcap`), 50 * MB * scale);

race("docker journal", size(j), rounds, [
  analyze(j),
  ...peer("lnav, counting all_logs", "lnav", ["-n", "-c", ";select count(*) from all_logs", j]),
  ...peer("rg -c, one capturing pattern", "rg", ["-c", 'level=(\\w+) msg="(.*)"', j]),
]);
race("strace dump", size(s), rounds, [
  analyze(s),
  ...peer("rg -c, one capturing pattern", "rg", ["-c", "(\\w+)\\(.*\\) += (-?\\d+)", s]),
]);
race("pcap of DNS traffic", size(p), rounds, [
  analyze(p),
  ...(peer("tcpdump", "tcpdump", []).length > 0
    ? [
        {
          name: "tcpdump -nr, to a file",
          command: "sh",
          args: ["-c", `exec tcpdump -nr "${p}" > "${p}.txt"`],
        },
      ]
    : []),
  ...peer("tshark -r, one line a packet", "tshark", ["-n", "-r", p], 1),
]);

const small = path.join(corpus, "folder-1MB");
fs.mkdirSync(small, { recursive: true });
journal(path.join(small, "journal.log"), 0.4 * MB);
strace(path.join(small, "client.strace"), 0.3 * MB);
pcap(path.join(small, "dns.pcap"), 0.3 * MB);
race("a folder of 1 MB (start-up)", MB, rounds, [
  analyze(small),
  { name: "hindcast --version", command: process.execPath, args: [hindcast, "--version"] },
  { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
]);

if (option("--big")) {
  const big = journal(path.join(corpus, "journal-1000.log"), 1000 * MB);
  race("memory: a journal five times as large", size(big), 2, [analyze(big)]);
  const bigPcap = pcap(path.join(corpus, "dns-250.pcap"), 250 * MB);
  race("memory: a pcap five times as large", size(bigPcap), 2, [analyze(bigPcap)]);
}
console.log(`\n${machine()}`);
