import { journal } from "../corpora/journal.mjs";
import { lnavCount } from "./journal.mjs";

/** Journals of which much is wanted: lines of pulls and of bridge ports, which transactions ask for. */
export function decoded(bench) {
  const bytes = bench.bytes(1000);
  for (const [percent, wanted] of [
    [5, 2.5],
    [50, 1.2],
  ]) {
    const share = { decoded: percent / 100 };
    const file = journal(bench.file(`journal-decoded-${percent}`, bytes, ".log"), bytes, share);
    const title = `docker journal, ${percent} % of the lines decoded`;
    const [ours, count] = bench.race(title, bytes, [bench.analyze(file), ...lnavCount(bench, file)]);
    bench.atLeast(`${title}, against lnav's count`, wanted, count, ours);
  }
}
