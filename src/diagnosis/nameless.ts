import { compareSeverity, type Finding } from "../model/finding.js";
import { isNameless } from "./entities.js";
import { areNear, orderOf } from "./times.js";
import type { Edge, LinkedRule } from "./types.js";

/** Only the times tie the two together. */
const NAMELESS = 0.6;
/** A daemon tells of one failure in several lines, and only the last may name what failed; a client prints it then: µs. */
const SAME_MOMENT = 1e6;
/** Findings of one rule that a nameless one is held against. */
const MAX_NAMED = 64;

/** An error's kind and words tell what happened, and not to whom. */
const isOfAnError = (field: string): boolean =>
  field.endsWith("error.kind") || field.endsWith("error.message");

/** The entity fields by which each rule's findings are linked to others, as far as they are names. */
export function identitiesOf(rules: readonly LinkedRule[]): Map<string, Set<string>> {
  const identities = new Map<string, Set<string>>();
  const note = (rule: string, field: string | undefined): void => {
    if (field === undefined || isOfAnError(field)) return;
    const known = identities.get(rule);
    if (known === undefined) identities.set(rule, new Set([field]));
    else known.add(field);
  };
  for (const { id, causes } of rules) {
    for (const { rule, share } of causes ?? []) {
      for (const [ours, theirs] of share ?? []) {
        note(id, ours);
        note(rule, theirs);
      }
    }
  }
  return identities;
}

/**
 * A finding that names nothing ("name resolution failed"), while another one of its rule names what failed at that very moment, is taken
 * for the same incident told with less: it must not stand beside it as a second cause. The link is uncertain.
 */
export function namelessTwins(
  findings: readonly Finding[],
  byRule: ReadonlyMap<string, readonly number[]>,
  identities: ReadonlyMap<string, ReadonlySet<string>>,
): Edge[] {
  const edges: Edge[] = [];
  for (const [rule, members] of byRule) {
    const fields = identities.get(rule);
    if (fields === undefined || members.length < 2) continue;
    const named = members
      .filter((index) => !isNameless(findings[index]!, fields))
      .filter((index) => compareSeverity(findings[index]!.severity, "medium") >= 0)
      .slice(0, MAX_NAMED);
    for (const effect of members) {
      if (!isNameless(findings[effect]!, fields)) continue;
      const then = named.find((index) => areNear(findings[index]!, findings[effect]!, SAME_MOMENT));
      // Without a time it may be any of them: only where there is but one is that one meant.
      const [only, ...others] = named;
      const alone = only !== undefined && others.length === 0 && isUntold(findings[only]!, findings[effect]!);
      const cause = then ?? (alone ? only : undefined);
      if (cause !== undefined) edges.push({ cause, effect, strength: NAMELESS, uncertain: true });
    }
  }
  return edges;
}

const isUntold = (a: Finding, b: Finding): boolean => orderOf(a, b, 0) === "unknown";
