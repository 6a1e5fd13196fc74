import type { Report, ReportEvidence, ReportFinding, Story, StoryStep } from "./contract.js";
import { gap } from "./durations.js";
import { placeOf } from "./view.js";

/** A root cause's story; one of a single step when the diagnosis told none. */
export function storyOf(report: Report, root: ReportFinding): Story {
  const told = report.story.find((story) => story.root === root.id);
  if (told && told.steps.length > 0) return told;
  const { time_of_day, elapsed } = root;
  const undated = time_of_day ? { time_of_day: time_of_day.from } : elapsed ? { elapsed: elapsed.from } : {};
  return {
    root: root.id,
    steps: [{ findingId: root.id, time: root.from, ...undated, text: root.summary }],
    symptoms: [],
  };
}

/** A step as it is told: its finding, its number from 1, and the step that is told before it. */
export interface Told {
  step: StoryStep;
  finding: ReportFinding;
  number: number;
  before: StoryStep | undefined;
  /** True for what people saw. */
  noticed: boolean;
  /** Steps left out between this one and the one before it. */
  folded: number;
}

/** The steps that are told: all, or, of a longer chain, `most`: its beginning, and its end, which is what people saw. */
export function toldSteps(report: Report, root: ReportFinding, most: number): Told[] {
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const { steps, symptoms } = storyOf(report, root);
  const noticed = new Set(symptoms);
  const folds = steps.length > most + 1;
  const told: Told[] = [];
  let before: StoryStep | undefined;
  steps.forEach((step, i) => {
    const finding = byId.get(step.findingId);
    const last = i === steps.length - 1;
    if (!finding || (folds && i >= most - 1 && !last)) return;
    const folded = folds && last ? steps.length - most : 0;
    told.push({ step, finding, number: i + 1, before, noticed: i > 0 && noticed.has(finding.id), folded });
    before = step;
  });
  return told;
}

/** How much later a step began than the one told before it, as far as their times tell; empty where nothing can be said. */
export function laterWords(before: StoryStep, step: StoryStep): string {
  const known = gap(before.time, step.time);
  if (known === null || known.order === "same") return "";
  if (known.order === "unsure") return "about the same time: the clocks do not tell which was first";
  return known.order === "after" ? `${known.text} later` : `began ${known.text} before that`;
}

/**
 * The proof to quote: the first record of each kind (a question, the wait for its answer), and, where there is but one
 * kind, the same from another source.
 * @param quoted places that were quoted before, and need not be again; those given here are added
 * @param most records
 */
export function proofOf(finding: ReportFinding, quoted = new Set<string>(), most = 3): ReportEvidence[] {
  const fresh = finding.evidence.filter((evidence) => !quoted.has(placeOf(evidence)));
  const kinds = new Map<string, ReportEvidence>();
  for (const evidence of fresh) if (!kinds.has(evidence.action)) kinds.set(evidence.action, evidence);
  const proof = [...kinds.values()].slice(0, most);
  if (proof.length === 1) {
    const elsewhere = fresh.find(({ source }) => source !== proof[0]!.source);
    if (elsewhere) proof.push(elsewhere);
  }
  for (const evidence of proof) quoted.add(placeOf(evidence));
  return proof;
}
