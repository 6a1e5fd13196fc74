import { strace as make } from "../corpora/strace.mjs";

/** strace -f -tt -T of a busy daemon. */
export function strace(bench) {
  const bytes = bench.bytes(500);
  const file = make(bench.file("daemon", bytes, ".strace"), bytes);
  const [ours, rg] = bench.race("strace of a busy daemon", bytes, [
    bench.analyze(file),
    ...bench.peer("rg -c, one capturing pattern", "rg", ["-c", "(\\w+)\\(.*\\) += (-?\\d+)", file]),
  ]);
  bench.atLeast("strace of a busy daemon, against rg -c capturing", 1, rg, ours);
}
