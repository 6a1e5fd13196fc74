import { WITHIN } from "../evidence/archive/member-name.js";
import type { Report } from "./contract.js";
import { counted } from "./page.js";

/** What a report without a root cause says first. */
export interface Verdict {
  title: string;
  text: string;
}

/** Paths in which other sources lie: archives have no records of their own, and what was learned from them is told of their members. */
function archivesOf({ sources }: Report): ReadonlySet<string> {
  const archives = new Set<string>();
  for (const { path } of sources)
    for (let at = path.lastIndexOf(WITHIN); at > 0; at = path.lastIndexOf(WITHIN, at - 1))
      archives.add(path.slice(0, at));
  return archives;
}

const ARE = (n: number) => (n === 1 ? "was" : "were");
const MOST_NAMED = 5;

/**
 * The words for a report that names no cause: calm, what was looked at, and what could not be judged. Silence of the
 * evidence is not taken for health.
 * @param whereOpen where the reader finds the open questions
 */
export function verdictOf(report: Report, whereOpen: string): Verdict {
  const { sources, unparsed } = report.summary;
  // Blank lines of what no format knows were read, too, and tell nothing.
  const understood = report.sources.filter(
    (source) => source.records > source.unparsed && source.format !== "unknown",
  );
  const read = understood.reduce((sum, source) => sum + source.records - source.unparsed, 0);
  if (read === 0) {
    const of =
      sources === 0 ? "No source was found" : `No record could be read in ${counted(sources, "source")}`;
    return { title: "Nothing to judge", text: `${of}; what was tried is listed below.` };
  }
  // Remarks on the evidence itself are no sign of a failure.
  const found = report.findings.filter(({ severity }) => severity !== "informational").length;
  const remarks = report.findings.length - found;
  const sentences = [
    found > 0
      ? `${counted(found, "finding")} below, ${found === 1 ? "which was not" : "none of which was"} shown to be the cause of a failure.`
      : `No sign of a known failure${remarks > 0 ? `; ${counted(remarks, "remark")} below` : ""}.`,
    `${counted(read, "record")} of ${counted(understood.length, "source")} ${ARE(read)} read and understood${unparsed > 0 ? `; ${counted(unparsed, "record")} ${ARE(unparsed)} not understood and not judged` : ""}.`,
  ];
  const dated = report.sources.reduce((sum, { generic = 0 }) => sum + generic, 0);
  if (dated > 0)
    sentences.push(
      `Of ${counted(dated, "record")} only the time was understood: no format is known for what they say.`,
    );
  const opened = archivesOf(report);
  const blind = report.sources
    .filter((source) => !understood.includes(source) && !opened.has(source.path))
    .map(({ path }) => path);
  if (blind.length > 0) {
    const rest = blind.length > MOST_NAMED ? ` and ${blind.length - MOST_NAMED} more` : "";
    sentences.push(`Nothing was learned from ${blind.slice(0, MOST_NAMED).join(", ")}${rest}.`);
  }
  sentences.push("That says something about these files only: what was not recorded cannot be judged.");
  const open = report.missing.length;
  if (open > 0) sentences.push(`${counted(open, "question")} stayed open; see ${whereOpen}.`);
  return { title: found > 0 ? "No root cause established" : "Nothing found", text: sentences.join(" ") };
}
