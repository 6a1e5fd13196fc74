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
  const [ours, ...peers] = bench.race("docker journal", bytes, [
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
  const named = (name) => peers.find((peer) => peer.name.startsWith(name));
  bench.atLeast("docker journal, against lnav's count", 3, named("lnav, counting"), ours);
  bench.atLeast("docker journal, against lnav with one filter", 5, named("lnav, one"), ours);
  bench.atLeast("docker journal, against rg -c capturing", 1, named("rg"), ours);
}
