import type { Severity } from "../../../model/finding.js";
import { neutral } from "../../neutral.js";
import type { Picture, Study } from "../../study.js";
import { bounds } from "../../times.js";
import { type PackedPicture, pack } from "./pack.js";

/** A finding as the timeline shows it. Times are µs after the picture's origin; `null`: it has no place on the common clock. */
export interface TimelineFinding {
  id: string;
  title: string;
  summary: string;
  severity: Severity;
  span: { from: number; latestFrom: number; to: number } | null;
  causedBy: string[];
  /** True for a step of a story, in whose order the findings stand. */
  told: boolean;
}

/** What the timeline draws, in the form in which the page carries it: plain JSON, its text harmless. */
export interface TimelineData {
  picture: PackedPicture;
  findings: TimelineFinding[];
}

/** What the page's script gets for its timeline. */
export function timelineData(study: Study): TimelineData {
  return { picture: pack(study.picture), findings: timelineFindings(study) };
}

/** Root causes and what followed from them in the order of the stories, then the other findings in that of the report. */
export function timelineFindings({ report, picture }: Study): TimelineFinding[] {
  const told = new Set(report.story.flatMap(({ steps }) => steps.map(({ findingId }) => findingId)));
  for (const root of report.rootCauses) told.add(root);
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const others = report.findings.map(({ id }) => id).filter((id) => !told.has(id));
  return [...told, ...others].flatMap((id) => {
    const finding = byId.get(id);
    if (!finding) return [];
    const { title, summary, severity, causedBy, from, to } = finding;
    return {
      id,
      title: neutral(title),
      summary: neutral(summary),
      severity,
      span: spanOf(picture, bounds(from), bounds(to)),
      causedBy,
      told: told.has(id),
    };
  });
}

function spanOf(
  { origin }: Picture,
  [from, latestFrom]: [number, number],
  [, to]: [number, number],
): TimelineFinding["span"] {
  if (origin === null || Number.isNaN(from)) return null;
  const end = Number.isNaN(to) ? latestFrom : Math.max(to, from);
  return { from: from - origin, latestFrom: latestFrom - origin, to: end - origin };
}
