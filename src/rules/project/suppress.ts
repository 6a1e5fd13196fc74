import type { Finding } from "../../model/finding.js";
import type { Problem } from "../../model/source.js";
import { isFloating } from "../../model/time.js";
import type { Project, Suppression } from "./project.js";

/**
 * Takes out the findings that the project suppresses, and says how many and why.
 *
 * A suppression ends by the finding's own time, not by today's date: the same evidence gives the same report whenever it is read. A
 * finding whose date is not known outlives no suppression that ends: it is shown.
 */
export function suppressed(
  findings: readonly Finding[],
  { file, suppressions }: Project,
): { findings: Finding[]; problems: Problem[] } {
  const counts = new Map<Suppression, { hidden: number; over: number }>();
  const shown = findings.filter((finding) => {
    for (const one of suppressions) {
      if (!fits(finding, one)) continue;
      const count = counts.get(one) ?? { hidden: 0, over: 0 };
      counts.set(one, count);
      if (holds(finding, one)) {
        count.hidden += 1;
        return false;
      }
      count.over += 1;
    }
    return true;
  });
  const problems = suppressions.flatMap((one): Problem[] => {
    const { hidden = 0, over = 0 } = counts.get(one) ?? {};
    const until = one.until === undefined ? "" : ` (until ${one.until})`;
    const messages = [
      ...(hidden > 0 ? [`${findingsText(hidden)} of ${one.rule} suppressed${until}: ${one.reason}`] : []),
      ...(over > 0
        ? [`the suppression of ${one.rule} has ended (${one.until}); shown again: ${findingsText(over)}`]
        : []),
    ];
    return messages.map((message) => ({ path: file, line: one.line, message, severity: "warning" as const }));
  });
  return { findings: shown, problems };
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
