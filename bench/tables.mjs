// What was measured, as Markdown.

const fixed = (value, digits) => (Number.isNaN(value) ? "–" : value.toFixed(digits));

/** A race: its first contender is hindcast; the ratios are the other's medians divided by its. */
export function raceTable(title, bytes, rounds, results) {
  const [first] = results;
  const lines = [
    `\n**${title}**, ${fixed(bytes / 1e6, 0)} MB, medians of ${rounds}\n`,
    "| | wall, s (min–max) | user CPU, s | CPU, s | peak memory, MB | MB/s | wall: it ÷ the first |",
    "|---|---|---|---|---|---|---|",
  ];
  for (const result of results) {
    const cells = [
      result.failed ? `${result.name} (${result.failed})` : result.name,
      `${fixed(result.wall, 2)} (${fixed(result.least, 2)}–${fixed(result.most, 2)})`,
      fixed(result.user, 2),
      fixed(result.cpu, 2),
      fixed(result.rss / 1e6, 0),
      fixed(bytes / 1e6 / result.wall, 0),
      result === first ? "" : fixed(result.wall / first.wall, 2),
    ];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}

/** All verdicts of a run: `{ job, wanted, got, holds }`. */
export function verdictTable(verdicts) {
  const lines = ["| job | wanted | got | |", "|---|---|---|---|"];
  for (const { job, wanted, got, holds } of verdicts)
    lines.push(`| ${job} | ${wanted} | ${got} | ${holds ? "yes" : "**no**"} |`);
  return lines.join("\n");
}
