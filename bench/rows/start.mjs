import { MB } from "../bench.mjs";
import { mixed } from "../corpora/mixed.mjs";

/** What it costs to begin: Node itself, the program, and a little evidence. The sizes are the same in a quick run. */
export function start(bench) {
  const folder = mixed(bench.file("mixed", MB), MB);
  const [small, version, node] = bench.race(
    "start-up: a folder of 1 MB",
    MB,
    [
      bench.analyze(folder),
      { name: "hindcast --version", command: process.execPath, args: [bench.hindcast, "--version"] },
      { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
    ],
    Math.max(bench.rounds, 15),
  );
  bench.within("start-up, --version, beyond node -e 0", 60, (version.wall - node.wall) * 1000, "ms");
  bench.within("start-up, 1 MB of evidence, beyond node -e 0", 250, (small.wall - node.wall) * 1000, "ms");
}
