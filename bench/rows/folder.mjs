import fs from "node:fs";
import { mixed } from "../corpora/mixed.mjs";

const SIZES = [10, 100, 1000, 10000];
const MIB = 1 << 20;

/** Folders of logs, traces and captures: is time linear in size, and does memory stay? What is larger than 1 GB is removed afterwards. */
export function folder(bench) {
  const [ten, small, middle, large] = SIZES.map((megabytes) => {
    const bytes = bench.bytes(megabytes);
    const dir = mixed(bench.file("mixed", bytes), bytes);
    const [result] = bench.race(
      "mixed folder",
      bytes,
      [bench.analyze(dir)],
      megabytes > 1000 ? Math.min(bench.rounds, 3) : bench.rounds,
    );
    if (bytes > 1e9) fs.rmSync(dir, { recursive: true });
    return { ...result, bytes };
  });
  // The slopes between the sizes leave out what a start costs.
  const slope = (from, to) => ({
    wall: (to.wall - from.wall) / (to.bytes - from.bytes),
    cpu: (to.cpu - from.cpu) / (to.bytes - from.bytes),
  });
  const name = (megabytes) => `${megabytes * bench.scale} MB`;
  bench.atMost(
    `mixed folder: seconds for each further byte, ${name(1000)} to ${name(10000)} against ${name(100)} to ${name(1000)}`,
    1.1,
    slope(middle, large),
    slope(small, middle),
  );
  bench.within(`mixed folder, ${name(10000)}: peak memory`, 350, large.rss / MIB, "MiB");
  bench.within(
    `mixed folder: peak memory of ${name(10000)} beyond ${name(10)}`,
    50,
    (large.rss - ten.rss) / MIB,
    "MiB",
  );
}
