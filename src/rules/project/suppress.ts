import type { Finding, SuppressedFinding } from "../../model/finding.js";
import type { Problem } from "../../model/source.js";
import { isFloating } from "../../model/time.js";
import type { Project, Suppression } from "./project.js";

/**
 * Takes out the findings that the project suppresses, and gives them with the reasons; suppressions that have ended are told as problems.
 *
 * A suppression ends by the finding's own time, not by today's date: the same evidence gives the same report whenever it is read. A
 * finding whose date is not known outlives no suppression that ends: it is shown.
 */
export function suppressed(
  findings: readonly Finding[],
  { file, suppressions }: Project,
): { findings: Finding[]; suppressed: SuppressedFinding[]; problems: Problem[] } {
  const over = new Map<Suppression, number>();
  const hidden: SuppressedFinding[] = [];
  const shown = findings.filter((finding) => {
    for (const one of suppressions) {
      if (!fits(finding, one)) continue;
      if (holds(finding, one)) {
        const { reason, until, line } = one;
        hidden.push({ finding, reason, ...(until !== undefined && { until }), path: file, line });
        return false;
      }
      over.set(one, (over.get(one) ?? 0) + 1);
    }
    return true;
  });
  const problems = suppressions.flatMap((one): Problem[] => {
    const count = over.get(one);
    if (count === undefined) return [];
    const message = `the suppression of ${one.rule} has ended (${one.until}); shown again: ${findingsText(count)}`;
    return [{ path: file, line: one.line, message, severity: "warning" }];
  });
  return { findings: shown, suppressed: hidden, problems };
}

const findingsText = (count: number): string => `${count} ${count === 1 ? "finding" : "findings"}`;

/** Every value of each field must fit: what else the finding is about would be hidden with it. */
function fits({ rule, entities }: Finding, suppression: Suppression): boolean {
  if (rule !== suppression.rule) return false;
  return suppression.where.every(([field, patterns]) => {
    const values = entities[field] ?? [];
    return values.length > 0 && values.every((value) => patterns.some((pattern) => isLike(value, pattern)));
  });
}

function holds({ from }: Finding, { end }: Suppression): boolean {
  if (end === undefined) return true;
  return !Number.isNaN(from) && !isFloating(from) && from < end;
}

/** `*` stands for any characters, `?` for one; case is ignored, as in names of hosts. Linear in both lengths' product, no backtracking tree. */
function isLike(value: string, pattern: string): boolean {
  const [text, wanted] = [value.toLowerCase(), pattern.toLowerCase()];
  let [at, place, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    if (wanted[place] === "*") {
      star = place++;
      mark = at;
    } else if (wanted[place] === "?" || wanted[place] === text[at]) {
      place += 1;
      at += 1;
    } else if (star >= 0) {
      place = star + 1;
      at = ++mark;
    } else return false;
  }
  while (wanted[place] === "*") place += 1;
  return place === wanted.length;
}
