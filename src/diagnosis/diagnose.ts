import type { Finding } from "../model/finding.js";
import { withoutCycles } from "./acyclic.js";
import { linkFindings } from "./edges.js";
import { compareIds, compareWeight } from "./ranking.js";
import { tellStories } from "./stories.js";
import type { Diagnosis, LinkedRule } from "./types.js";

/**
 * Causes and effects among findings: which explain which, and where it began.
 *
 * Links are those that the rules declare (`causes`), kept where the two findings share an entity and the cause does not
 * certainly begin after the effect; findings without a time are linked by their entities alone, less surely. First
 * error first: what has a cause is never a root, and neither is anything below `medium`.
 *
 * Pure: the findings given are not changed, and their order does not matter. Times are µs UTC, NaN when unplaced.
 *
 * @param findings what the rules found, in any order, with distinct ids
 * @param rules the rules that found them; only `id` and `causes` are read
 */
export function diagnose(findings: readonly Finding[], rules: readonly LinkedRule[]): Diagnosis {
  const sorted = [...findings].sort(compareIds);
  const sortedRules = [...rules].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const edges = withoutCycles(sorted, linkFindings(sorted, sortedRules));
  edges.sort((a, b) => a.cause - b.cause || a.effect - b.effect);

  const causes: number[][] = sorted.map(() => []);
  for (const { cause, effect } of edges) causes[effect]!.push(cause);
  const linked = sorted.map((finding, index) => ({
    ...finding,
    causedBy: causes[index]!.map((cause) => sorted[cause]!)
      .sort(compareWeight)
      .map(({ id }) => id),
  }));

  const { roots, stories } = tellStories(sorted, edges);
  const rootCauses = roots.map((index) => sorted[index]!.id);
  const told = new Set<string>();
  for (const story of stories) for (const id of [...story.chain, ...story.besides]) told.add(id);
  const byId = new Map(linked.map((finding) => [finding.id, finding]));
  const rest = linked.filter(({ id }) => !told.has(id)).sort(compareWeight);
  return { findings: [...[...told].map((id) => byId.get(id)!), ...rest], rootCauses, stories };
}
