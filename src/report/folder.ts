import type { Report, ReportClock } from "./contract.js";

/** The folder that all paths lie in: `case-7/logs/`; empty when they share none. */
function commonFolder(paths: readonly string[]): string {
  if (paths.length < 2) return "";
  let [low, high] = [paths[0]!, paths[0]!];
  for (const path of paths) {
    if (path < low) low = path;
    if (path > high) high = path;
  }
  let length = 0;
  while (length < low.length && low[length] === high[length]) length++;
  // Members of archives lie in them as in a folder.
  const folder = low.slice(0, length);
  return folder.slice(0, Math.max(folder.lastIndexOf("/"), folder.lastIndexOf("!")) + 1);
}

/**
 * Takes the folder that all sources share off their paths, for where there is little room.
 * @returns the folder, and the report with shorter paths
 */
export function withoutFolder(report: Report): { folder: string; report: Report } {
  const folder = commonFolder(report.sources.map(({ path }) => path));
  if (folder === "") return { folder, report };
  const short = (path: string) => (path.startsWith(folder) ? path.slice(folder.length) : path);
  const shortSource = <T extends { source: string }>(item: T): T => ({ ...item, source: short(item.source) });
  const shortClock = (clock: ReportClock): ReportClock => ({
    ...clock,
    sources: clock.sources.map(short),
    ...(clock.told_in !== undefined && { told_in: short(clock.told_in) }),
    ...(clock.compared_with !== undefined && { compared_with: short(clock.compared_with) }),
    ...(clock.proof && {
      proof: clock.proof.map(({ own, other, offset }) => ({
        own: shortSource(own),
        other: shortSource(other),
        offset,
      })),
    }),
  });
  return {
    folder,
    report: {
      ...report,
      findings: report.findings.map((f) => ({ ...f, evidence: f.evidence.map(shortSource) })),
      timeline: report.timeline.map(shortSource),
      clocks: report.clocks.map(shortClock),
      sources: report.sources.map((source) => ({ ...source, path: short(source.path) })),
      unplaced: report.unplaced.map(shortSource),
      problems: report.problems.map((problem) => ({ ...problem, path: short(problem.path) })),
    },
  };
}
