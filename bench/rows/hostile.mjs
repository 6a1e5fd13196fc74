import { journal } from "../corpora/journal.mjs";

/** After a harmless half, each line holds two literals of message shapes with one letter wrong. */
export function hostile(bench) {
  const bytes = bench.bytes(1000);
  const benign = journal(bench.file("journal", bytes, ".log"), bytes);
  const file = journal(bench.file("journal-hostile", bytes, ".log"), bytes, { hostile: true });
  const [ours, harmless] = bench.race("docker journal, near-misses in the second half", bytes, [
    bench.analyze(file),
    bench.analyze(benign, { name: "hindcast analyze, the harmless journal" }),
  ]);
  bench.atMost("near-misses in the second half, against the harmless journal", 2, ours, harmless);
}
