import type { ReportFinding } from "../../report/contract.js";
import { plainText } from "./location.js";
import { LEVELS } from "./result.js";

/** What is known of a rule beside its findings. */
export interface RuleText {
  id: string;
  description: string;
  falsePositives: readonly string[];
  references: readonly string[];
}

const listed = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `- ${line}`), ""];

/** A rule that fired, as a SARIF reporting descriptor: what it is about, what to do and how to check that it worked. */
export function descriptorOf(
  { rule, title, severity, remediation, verify }: ReportFinding,
  known: RuleText | undefined,
): Readonly<Record<string, unknown>> {
  const help = [
    ...listed("What to do", remediation),
    ...listed("How to check that it worked", verify),
    ...listed("What else looks like it", known?.falsePositives ?? []),
  ]
    .join("\n")
    .trimEnd();
  const reference = known?.references.find((each) => /^https?:\/\/\S+$/.test(each));
  return {
    id: rule,
    name: rule,
    shortDescription: { text: title },
    ...(known && known.description.trim() !== "" && { fullDescription: { text: known.description.trim() } }),
    ...(help !== "" && { help: { text: plainText(help) } }),
    ...(reference !== undefined && { helpUri: reference }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { severity },
  };
}
