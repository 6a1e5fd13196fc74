import { compareSeverity, type Finding, type Severity } from "../../model/finding.js";
import type { Measure } from "../../report/compare/contract.js";
import { none, type OneSided, type Verdicts } from "./difference.js";
import { lackedBy } from "./lacking.js";
import type { Side } from "./side.js";
import { rounded } from "./statistics.js";

/** How telling it is that a rule found something in one run only. */
const WEIGHT: Record<Severity, number> = {
  critical: 1,
  high: 0.95,
  medium: 0.9,
  low: 0.4,
  informational: 0.25,
};
/** What only the good run has is seldom what spoiled the bad one. */
const ONLY_GOOD = 0.6;
/** A root cause says more than what follows from it. */
const EFFECT = 0.95;
const MOST_PROOF = 2;

/** What a rule found in one run. */
interface Found {
  worst: Finding;
  findings: Finding[];
  isRoot: boolean;
}

function byRule({ findings, rootCauses }: Side): Map<string, Found> {
  const roots = new Set(rootCauses);
  const rules = new Map<string, Found>();
  for (const finding of findings) {
    const known = rules.get(finding.rule);
    const isRoot = roots.has(finding.id);
    if (known === undefined) rules.set(finding.rule, { worst: finding, findings: [finding], isRoot });
    else {
      known.findings.push(finding);
      known.isRoot ||= isRoot;
      const graver = compareSeverity(finding.severity, known.worst.severity);
      if (graver > 0 || (graver === 0 && finding.confidence > known.worst.confidence)) known.worst = finding;
    }
  }
  return rules;
}

const measureOf = ({ worst, findings }: Found): Measure => ({
  text: worst.summary || worst.title,
  count: findings.reduce((sum, { count }) => sum + count, 0),
  severity: worst.severity,
  confidence: Math.round(worst.confidence * 100) / 100,
});

/** Rules that found something in one run and nothing in the other. */
export function findingDifferences(good: Side, bad: Side): Verdicts {
  const [inGood, inBad] = [byRule(good), byRule(bad)];
  const verdicts: Verdicts = { found: [], oneSided: [], alike: 0 };
  for (const rule of new Set([...inBad.keys(), ...inGood.keys()])) {
    const [ours, theirs] = [inGood.get(rule), inBad.get(rule)];
    if (ours !== undefined && theirs !== undefined && ours.worst.severity === theirs.worst.severity) {
      verdicts.alike += 1;
      continue;
    }
    const shown = (theirs ?? ours)!;
    const onlyGood = theirs === undefined;
    const weight = WEIGHT[shown.worst.severity] * (onlyGood ? ONLY_GOOD : 1) * (shown.isRoot ? 1 : EFFECT);
    const score = rounded(weight * shown.worst.confidence);
    const lacks =
      ours === undefined || onlyGood
        ? lackOf(shown, onlyGood ? good : bad, onlyGood ? bad : good)
        : undefined;
    if (lacks !== undefined) {
      const oneSided: OneSided = { side: onlyGood ? "bad" : "good", lacks, what: rule, score };
      verdicts.oneSided.push(oneSided);
      continue;
    }
    verdicts.found.push({
      kind: "finding",
      what: rule,
      score,
      good: ours === undefined ? none("not found") : measureOf(ours),
      bad: theirs === undefined ? none("not found") : measureOf(theirs),
      proof: { good: proofOf(ours), bad: proofOf(theirs) },
    });
  }
  return verdicts;
}

const proofOf = (found: Found | undefined) => found?.worst.evidence.slice(0, MOST_PROOF) ?? [];

/** What the other side would have needed to show it; `undefined` when it has that. */
function lackOf({ worst }: Found, owner: Side, other: Side): string | undefined {
  const witnesses = [...new Set(worst.evidence.flatMap((event) => owner.witnessesOfRecord(event)))];
  return lackedBy(other, witnesses);
}
