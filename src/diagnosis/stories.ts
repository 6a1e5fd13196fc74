import { compareSeverity, type Finding } from "../model/finding.js";
import { compareWeight } from "./ranking.js";
import { rankRoots } from "./roots.js";
import type { Edge, Story } from "./types.js";

/** Stories are told for so many roots; a reader needs one. */
const MAX_STORIES = 100;
/** So many effects are counted for the ranking. */
const MAX_REACHED = 200;

/** The links of an acyclic graph, outgoing, per finding. */
type Outgoing = readonly (readonly Edge[])[];

/**
 * Roots, best first, and their stories. A root is a finding of at least `medium` that nothing explains. The best one
 * leads to the gravest finding; then how many it explains, how directly it is proven, its severity, confidence, time and
 * id decide. Findings about the evidence come last unless they explain something.
 */
export function tellStories(
  findings: readonly Finding[],
  edges: readonly Edge[],
): { roots: number[]; stories: Story[] } {
  const outgoing: Edge[][] = findings.map(() => []);
  const explained = new Uint8Array(findings.length);
  for (const edge of edges) {
    outgoing[edge.cause]!.push(edge);
    explained[edge.effect] = 1;
  }
  const depth = depths(findings.length, outgoing);
  const roots = findings
    .map((_, index) => index)
    .filter((index) => explained[index] === 0 && compareSeverity(findings[index]!.severity, "medium") >= 0);
  const ranked = rankRoots(findings, roots, (root) => reached(root, outgoing));
  const stories = ranked.slice(0, MAX_STORIES).map((root) => tell(root, findings, outgoing, depth));
  return { roots: ranked, stories };
}

/** What a finding leads to, directly or not, itself not included; at most {@link MAX_REACHED}. */
function reached(root: number, outgoing: Outgoing): number[] {
  const known = new Set([root]);
  const queue = [root];
  for (let at = 0; at < queue.length && queue.length <= MAX_REACHED; at++) {
    for (const { effect } of outgoing[queue[at]!]!) {
      if (known.has(effect)) continue;
      known.add(effect);
      queue.push(effect);
    }
  }
  return queue.slice(1);
}

/** Findings on the longest way that begins at each, itself included. */
function depths(count: number, outgoing: Outgoing): Int32Array {
  const waiting = new Int32Array(count);
  for (const edges of outgoing) for (const { effect } of edges) waiting[effect]!++;
  const order: number[] = [];
  for (let node = 0; node < count; node++) if (waiting[node] === 0) order.push(node);
  for (let at = 0; at < order.length; at++) {
    for (const { effect } of outgoing[order[at]!]!) if (--waiting[effect]! === 0) order.push(effect);
  }
  const depth = new Int32Array(count).fill(1);
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at]!;
    for (const { effect } of outgoing[node]!) depth[node] = Math.max(depth[node]!, depth[effect]! + 1);
  }
  return depth;
}

function tell(root: number, findings: readonly Finding[], outgoing: Outgoing, depth: Int32Array): Story {
  const chain = [root];
  const uncertain: number[] = [];
  let confidence = findings[root]!.confidence;
  for (let edges = outgoing[root]!; edges.length > 0; ) {
    const best = edges.reduce((a, b) => (preferred(b, a, findings, depth) ? b : a));
    chain.push(best.effect);
    if (best.uncertain) uncertain.push(best.effect);
    confidence = Math.min(confidence, findings[best.effect]!.confidence) * best.strength;
    edges = outgoing[best.effect]!;
  }
  const told = new Set(chain);
  const besides: number[] = [];
  for (let at = 0, queue = [...chain]; at < queue.length; at++) {
    for (const { effect, uncertain: open } of outgoing[queue[at]!]!) {
      if (told.has(effect)) continue;
      told.add(effect);
      queue.push(effect);
      besides.push(effect);
      if (open) uncertain.push(effect);
    }
  }
  besides.sort((a, b) => compareWeight(findings[a]!, findings[b]!));
  const isEnd = (finding: number) => finding !== root && outgoing[finding]!.length === 0;
  const symptoms = [...chain, ...besides].filter(isEnd);
  const ids = (list: readonly number[]): string[] => list.map((index) => findings[index]!.id);
  return {
    root: findings[root]!.id,
    chain: ids(chain),
    besides: ids(besides),
    symptoms: ids(symptoms),
    uncertain: ids(uncertain),
    confidence,
  };
}

/** The next step of a chain: the one that leads farthest, then the surest, then the weightier finding. */
function preferred(a: Edge, b: Edge, findings: readonly Finding[], depth: Int32Array): boolean {
  const byDepth = depth[a.effect]! - depth[b.effect]!;
  if (byDepth !== 0) return byDepth > 0;
  if (a.strength !== b.strength) return a.strength > b.strength;
  return compareWeight(findings[a.effect]!, findings[b.effect]!) < 0;
}
