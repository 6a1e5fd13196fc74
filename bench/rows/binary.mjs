import fs from "node:fs";
import path from "node:path";
import { binaryJournal } from "../corpora/binary-journal.mjs";

const ENTRIES = 1_000_000;

/** A binary journal of a million entries, beside the program that wrote it. */
export function binary(bench) {
  const entries = ENTRIES * bench.scale;
  const made = binaryJournal(bench.file("binary-journal", bench.bytes(1)), entries);
  const jobs = [
    ["binary journal, against journalctl -o json", 20],
    ["binary journal, against journalctl -o cat", 2],
  ];
  if (!made) {
    for (const [job, wanted] of jobs) bench.atLeast(job, wanted);
    return;
  }
  const journalctl = (mode, rounds) =>
    bench.peer(
      `journalctl -o ${mode}`,
      "journalctl",
      ["--file", `${made}/*.journal`, "-o", mode, "--no-pager"],
      rounds,
    );
  const [ours, ...peers] = bench.race(`binary journal of ${entries} entries`, bytesIn(made), [
    bench.analyze(made),
    ...journalctl("json", 1),
    ...journalctl("cat"),
  ]);
  for (const [job, wanted] of jobs)
    bench.atLeast(
      job,
      wanted,
      peers.find(({ name }) => job.endsWith(name)),
      ours,
    );
}

const bytesIn = (dir) =>
  fs.readdirSync(dir).reduce((sum, name) => sum + fs.statSync(path.join(dir, name)).size, 0);
