import { journal as make } from "../corpora/journal.mjs";

const COUNT = ";select count(*) from all_logs";
const CAPTURING = 'level=(\\w+) msg="(.*)"';

/** lnav, counting the lines of a file. */
export const lnavCount = (bench, file) =>
  bench.peer("lnav, counting all_logs", "lnav", ["-n", "-c", COUNT, file]);

/** A healthy daemon's journal, of which next to nothing is decoded. */
export function journal(bench) {
  const bytes = bench.bytes(1000);
  const file = make(bench.file("journal", bytes, ".log"), bytes);
  const [ours, count, filter, rg] = bench.race("docker journal", bytes, [
    bench.analyze(file),
    ...lnavCount(bench, file),
    ...bench.peer("lnav, one message filter", "lnav", [
      "-n",
      "-c",
      ":filter-in Error getting v2 registry",
      "-c",
      COUNT,
      file,
    ]),
    ...bench.peer("rg -c, one capturing pattern", "rg", ["-c", CAPTURING, file]),
  ]);
  bench.atLeast("docker journal, against lnav's count", 3, count?.wall / ours.wall);
  bench.atLeast("docker journal, against lnav with one filter", 5, filter?.wall / ours.wall);
  bench.atLeast("docker journal, against rg -c capturing", 1, rg?.wall / ours.wall);
}
