import { counted } from "../page.js";
import type { Comparison, Difference, NotComparable } from "./contract.js";

/** What the renderers of comparisons share. */

/** How each kind of difference is called. */
export const KIND: Record<Difference["kind"], string> = {
  finding: "finding",
  outcome: "outcome",
  fact: "network",
  timing: "timing",
  events: "events",
};

/** What a comparison came to, in a sentence. */
export function verdictWords({ differences }: Comparison): string {
  if (differences.length === 0) return "Nothing tells the two runs apart.";
  const findings = differences.filter(
    ({ kind, good }) => kind === "finding" && good.severity === undefined,
  ).length;
  const only = findings === 0 ? "" : `, ${counted(findings, "finding")} in the bad run only`;
  return `${counted(differences.length, "difference")}${only}; the most telling first.`;
}

/** `12 findings, 40 facts`: what was looked at and is alike. */
export function alikeWords({ alike }: Comparison): string {
  const parts = [
    counted(alike.findings, "finding"),
    counted(alike.outcomes, "outcome of transactions", "outcomes of transactions"),
    counted(alike.facts, "fact of the network", "facts of the network"),
    counted(alike.timings, "timing"),
    counted(alike.events, "kind of event", "kinds of event"),
  ];
  return `Alike, or too rare to tell: ${parts.join(", ")}.`;
}

/** `GOOD has no packet capture`. */
export function lackWords({ side, lacks }: NotComparable): string {
  return `${side.toUpperCase()} has no${lacks.startsWith("a ") ? lacks.slice(1) : ` ${lacks}`}`;
}

/** What the other side shows that cannot be compared, in a line. */
export function shownWords({ shown, more }: NotComparable, most: number): string {
  const rest = more + Math.max(0, shown.length - most);
  return `${shown.slice(0, most).join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`;
}
