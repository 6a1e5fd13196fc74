import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";

const SIZES = [10_000, 100_000, 1_000_000];
const SOLVER = ["./src/clock/align/match.js", "./src/clock/align/solve/solve.js"];

/** The solver of clocks alone, on made-up matches of 50 clocks; each size in a process of its own, the best of the rounds. */
export function clocks(bench) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "clocks-bench-"));
  const outfile = path.join(dir, "solver.mjs");
  try {
    esbuild.buildSync({
      bundle: true,
      platform: "node",
      format: "esm",
      outfile,
      logLevel: "error",
      stdin: {
        contents: SOLVER.map((file) => `export * from "${file}";`).join("\n"),
        resolveDir: bench.tree,
        loader: "ts",
      },
    });
    const results = SIZES.map((size) => {
      const matches = size * bench.scale;
      const runs = Array.from({ length: bench.rounds }, () => solveOnce(outfile, matches));
      return { matches, ...runs.reduce((best, run) => (run.wall < best.wall ? run : best)) };
    });
    console.log(table(results, bench.rounds));
    const [, smaller, largest] = results;
    const million = `${largest.matches} matches of 50 clocks`;
    bench.within(`${million}: wall`, 2, largest.wall, "s", 2);
    bench.within(`${million}: peak memory`, 300, largest.rss / 1e6, "MB");
    bench.within(`${million}: times the CPU of a tenth`, 12, largest.cpu / smaller.cpu, "×", 1);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

function solveOnce(outfile, matches) {
  const script = path.join(import.meta.dirname, "..", "clocks.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, outfile, String(matches)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr.trim().split("\n").at(-1));
  return JSON.parse(stdout);
}

function table(results, rounds) {
  const rows = results.map(
    ({ matches, wall, cpu, rss, width }) =>
      `| ${matches} | ${wall.toFixed(3)} | ${cpu.toFixed(3)} | ${(rss / 1e6).toFixed(0)} | ${(width / 1e3).toFixed(2)} |`,
  );
  return [
    `\n**Clocks**, 50 of them, a thousandth of the matches wrong, best of ${rounds}\n`,
    "| matches | wall, s | CPU, s | peak memory, MB | median width of the bounds, ms |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}
