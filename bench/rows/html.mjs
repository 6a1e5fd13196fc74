import fs from "node:fs";
import { journal } from "../corpora/journal.mjs";
import { mixed } from "../corpora/mixed.mjs";

const MIB = 1 << 20;

/** The report as a page: what drawing costs beside the analysis, and how large the page is. */
export function html(bench) {
  const bytes = bench.bytes(1000);
  for (const [what, evidence] of [
    ["docker journal", journal(bench.file("journal", bytes, ".log"), bytes)],
    ["mixed folder", mixed(bench.file("mixed", bytes), bytes)],
  ]) {
    const page = bench.file("report", bytes, ".html");
    const [json, drawn] = bench.race(`${what}, as a page`, bytes, [
      bench.analyze(evidence),
      bench.analyze(evidence, { name: "hindcast analyze -f html", flags: ["-f", "html", "-o", page] }),
    ]);
    bench.within(`${what}, as a page: its size`, 5, fs.statSync(page).size / MIB, "MiB");
    bench.within(`${what}, as a page: memory beyond the report's`, 150, (drawn.rss - json.rss) / MIB, "MiB");
    fs.rmSync(page);
  }
}
