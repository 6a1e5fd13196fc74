import { type Finding, SEVERITIES } from "../model/finding.js";
import { directness } from "./proof.js";
import { compareWeight, isAboutEvidence } from "./ranking.js";

/** What decides the place of a root, each before the next; more is better. */
interface Standing {
  /** 0 for what is wrong with the evidence and explains nothing. */
  subject: number;
  /** The gravest severity that the root has or leads to. */
  gravest: number;
  /** Findings that it explains, directly or not. */
  explains: number;
  /** How directly it is proven. */
  proven: number;
}

/**
 * Puts roots in order, the best first.
 * @param effectsOf the findings that one explains, directly or not
 */
export function rankRoots(
  findings: readonly Finding[],
  roots: readonly number[],
  effectsOf: (root: number) => readonly number[],
): number[] {
  const standings = new Map(roots.map((root) => [root, standingOf(findings, root, effectsOf(root))]));
  return [...roots].sort((x, y) => {
    const [a, b] = [standings.get(x)!, standings.get(y)!];
    return (
      b.subject - a.subject ||
      b.gravest - a.gravest ||
      b.explains - a.explains ||
      b.proven - a.proven ||
      compareWeight(findings[x]!, findings[y]!)
    );
  });
}

function standingOf(findings: readonly Finding[], root: number, effects: readonly number[]): Standing {
  const finding = findings[root]!;
  return {
    subject: Number(!isAboutEvidence(finding) || effects.length > 0),
    gravest: [root, ...effects].reduce(
      (most, i) => Math.max(most, SEVERITIES.indexOf(findings[i]!.severity)),
      0,
    ),
    explains: effects.length,
    proven: directness(finding),
  };
}
