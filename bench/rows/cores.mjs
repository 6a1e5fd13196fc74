import os from "node:os";
import { journal } from "../corpora/journal.mjs";
import { mixed } from "../corpora/mixed.mjs";
import { isInstalled } from "../measure.mjs";

/** Two cores against one: the system gives the process one only. With `--jobs 1`, one thread reads; hashing may use the other core. */
export function cores(bench) {
  const canPin = isInstalled("taskset") && os.availableParallelism() > 1;
  const [two, one] = [bench.bytes(2000), bench.bytes(1000)];
  const corpora = [
    ["one large journal", two, journal(bench.file("journal", two, ".log"), two)],
    ["many files", one, mixed(bench.file("mixed", one), one)],
  ];
  for (const [title, bytes, file] of corpora) {
    const job = `two cores against one: ${title}`;
    if (!canPin) {
      bench.atLeast(job, 1.6);
      continue;
    }
    const pinned = (name, cpus) =>
      bench.analyze(file, { name: `hindcast analyze, ${name}`, under: ["taskset", "-c", cpus] });
    const [both, single] = bench.race(job, bytes, [
      pinned("two cores", "0,1"),
      pinned("one core", "0"),
      bench.analyze(file, { name: "hindcast analyze, --jobs 1", flags: ["--jobs", "1"] }),
    ]);
    bench.atLeast(job, 1.6, single, both);
  }
}
