import { journal } from "../corpora/journal.mjs";
import { packed as pack } from "../corpora/packed.mjs";
import { isInstalled } from "../measure.mjs";

const KINDS = [
  { name: "gzip", ending: "gz", tool: "gzip", cat: "zcat" },
  { name: "zstd", ending: "zst", tool: "zstd", cat: "zstdcat" },
];

/** The journal, packed. Bytes are those of the unpacked text. */
export function packed(bench) {
  const bytes = bench.bytes(1000);
  const plain = journal(bench.file("journal", bytes, ".log"), bytes);
  for (const { name, ending, tool, cat } of KINDS) {
    const file = isInstalled(tool) && pack(plain, ending);
    const job = `docker journal, ${name}, against ${cat} piped to wc -l`;
    if (!file) {
      bench.atMost(job, 1.2);
      continue;
    }
    const [ours, peer] = bench.race(`docker journal, ${name}`, bytes, [
      bench.analyze(file),
      ...bench.shell(`${cat} piped to wc -l`, [cat], `${cat} "${file}" | wc -l`),
    ]);
    bench.atMost(job, 1.2, ours, peer);
  }
}
