import { MB } from "../bench.mjs";
import { journal } from "../corpora/journal.mjs";
import { mixed } from "../corpora/mixed.mjs";
import { pcap } from "../corpora/pcap.mjs";
import { strace } from "../corpora/strace.mjs";

/**
 * What it costs to begin: Node itself, the program, and a little evidence, of one kind and of all. The sizes are the same in a quick
 * run.
 */
export function start(bench) {
  const evidence = {
    "a folder of all kinds": mixed(bench.file("mixed", MB), MB),
    "a journal": journal(bench.file("journal", MB, ".log"), MB),
    "a trace": strace(bench.file("daemon", MB, ".strace"), MB),
    "a capture": pcap(bench.file("br0", MB, ".pcap"), MB),
  };
  const kinds = Object.keys(evidence);
  const results = bench.race(
    "start-up: 1 MB",
    MB,
    [
      ...kinds.map((kind) => ({ ...bench.analyze(evidence[kind]), name: `hindcast analyze, ${kind}` })),
      { name: "hindcast --version", command: process.execPath, args: [bench.hindcast, "--version"] },
      { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
    ],
    Math.max(bench.rounds, 15),
  );
  const [version, node] = results.slice(kinds.length);
  bench.within("start-up, --version, beyond node -e 0", 60, (version.wall - node.wall) * 1000, "ms");
  for (const [i, kind] of kinds.entries())
    bench.within(
      `start-up, 1 MB of evidence (${kind}), beyond node -e 0`,
      250,
      (results[i].wall - node.wall) * 1000,
      "ms",
    );
}
