import type { Diagnosis } from "../../diagnosis/index.js";
import type { Finding } from "../../model/finding.js";
import { isFloating } from "../../model/time.js";
import type { Stretch } from "./histogram.js";

/** Of so many stories is told in detail when records came. */
const MOST_STORIES = 4;
/** What lies so close to a finding belongs to the picture of it: a share of its length, and at least so many µs. */
const MARGIN = 0.1;
const LEAST_MARGIN_US = 1_000;

/** When each story happened, from its first finding to its last; those without a date are left out. */
export function storyStretches({ findings, stories }: Diagnosis): Stretch[] {
  const known = new Map(findings.map((finding) => [finding.id, finding]));
  return stories.slice(0, MOST_STORIES).flatMap(({ root, chain, besides }) => {
    const dated = [root, ...chain, ...besides].flatMap((id) => {
      const finding = known.get(id);
      return finding && isDated(finding) ? [finding] : [];
    });
    return dated.length === 0 ? [] : [around(dated)];
  });
}

/** When each finding was; those without a date are left out. */
export const findingStretches = ({ findings }: Diagnosis): Stretch[] =>
  findings.filter(isDated).map((finding) => around([finding]));

const isDated = ({ from }: Finding): boolean => Number.isFinite(from) && !isFloating(from);

function around(findings: readonly Finding[]): Stretch {
  const from = Math.min(...findings.map((finding) => finding.from));
  const to = Math.max(
    ...findings.map((finding) => Math.max(finding.from, finding.latestFrom, finding.to || 0)),
  );
  const margin = Math.max(LEAST_MARGIN_US, (to - from) * MARGIN);
  return { from: Math.floor(from - margin), to: Math.ceil(to + margin) };
}
