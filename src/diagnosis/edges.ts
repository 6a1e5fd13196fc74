import { compareSeverity, type Finding } from "../model/finding.js";
import { areBeginnings, valuesOf } from "./entities.js";
import { identitiesOf, namelessTwins } from "./nameless.js";
import { compareSureness } from "./ranking.js";
import { areNear, isStanding, orderOf, withinMicros } from "./times.js";
import type { CauseLink, Edge, LinkedRule } from "./types.js";
import { ValueIndex } from "./valueIndex.js";

/** A shared name, but no times to compare. */
const UNTIMED = 0.75;
/** The times fit, but nothing is shared: the link rests on the rule alone. */
const UNSHARED = 0.7;
/** A cause known only by its beginning, such as a name that the trace cut. */
const BY_BEGINNING = 0.9;
/** The times allow the link, and do not show which came first. */
const UNORDERED = 0.85;
/** Effects of one cause that are looked at where a link needs no shared value. */
const MAX_UNSHARED = 64;

/**
 * Links between findings, as the rules declare them: the cause's rule names the effect's, one of the declared pairs of
 * entities is equal, and the times do not rule it out. A finding below `medium` explains nothing: it is no cause to act on.
 *
 * Work: one index per (effect's rule, field), one look-up per value; bounded by the caps above.
 */
export function linkFindings(findings: readonly Finding[], rules: readonly LinkedRule[]): Edge[] {
  const byRule = new Map<string, number[]>();
  findings.forEach((finding, index) => {
    const list = byRule.get(finding.rule);
    if (list === undefined) byRule.set(finding.rule, [index]);
    else list.push(index);
  });
  const indexes = new Map<string, ValueIndex>();
  const indexOf = (rule: string, field: string): ValueIndex => {
    const key = `${rule}\n${field}`;
    let index = indexes.get(key);
    if (index === undefined) {
      index = new ValueIndex(findings, byRule.get(rule) ?? [], field);
      indexes.set(key, index);
    }
    return index;
  };

  const edges = new Map<number, Edge>();
  const keep = (edge: Edge): void => {
    const key = edge.cause * findings.length + edge.effect;
    const known = edges.get(key);
    if (known === undefined || known.strength < edge.strength) edges.set(key, edge);
  };
  for (const rule of rules) {
    for (const link of rule.causes ?? []) {
      if (!byRule.has(link.rule)) continue;
      const within = withinMicros(link.within);
      for (const cause of byRule.get(rule.id) ?? []) {
        if (compareSeverity(findings[cause]!.severity, "medium") < 0) continue;
        const effects = hasShare(link)
          ? sharing(findings[cause]!, link, indexOf)
          : new Map((byRule.get(link.rule) ?? []).slice(0, MAX_UNSHARED).map((effect) => [effect, UNSHARED]));
        for (const [effect, shared] of effects) {
          if (effect === cause || isWeakerTwin(findings[cause]!, findings[effect]!)) continue;
          const timed = timeStrength(findings[cause]!, findings[effect]!, within, shared === UNSHARED);
          if (timed > 0) keep({ cause, effect, strength: shared * timed, uncertain: timed < 1 });
        }
      }
    }
  }
  for (const edge of namelessTwins(findings, byRule, identitiesOf(rules))) keep(edge);
  return [...edges.values()];
}

/** Two findings of one rule are the same thing seen twice: the surer one explains the other, never the reverse. */
function isWeakerTwin(cause: Finding, effect: Finding): boolean {
  return cause.rule === effect.rule && compareSureness(cause, effect) > 0;
}

function hasShare(link: CauseLink): boolean {
  return link.share !== undefined && link.share.length > 0;
}

/** Effects that share a value with the cause, with how sure the sharing is. */
function sharing(
  cause: Finding,
  link: CauseLink,
  indexOf: (rule: string, field: string) => ValueIndex,
): Map<number, number> {
  const effects = new Map<number, number>();
  for (const [ours, theirs] of link.share ?? []) {
    if (ours === undefined || theirs === undefined) continue;
    const cut = areBeginnings(cause, ours);
    for (const value of valuesOf(cause, ours)) {
      for (const effect of indexOf(link.rule, theirs).find(value, cut)) {
        const strength = cut ? BY_BEGINNING : 1;
        effects.set(effect, Math.max(effects.get(effect) ?? 0, strength));
      }
    }
  }
  return effects;
}

/** 0 when the times rule the link out; 1 when they allow it; in between when they cannot tell. */
function timeStrength(cause: Finding, effect: Finding, within: number, unshared: boolean): number {
  // The same thing seen twice has no order.
  if (cause.rule === effect.rule && areNear(cause, effect, within)) return 1;
  const order = orderOf(cause, effect, within);
  if (order === "certain") return 1;
  if (order === "possible") return UNORDERED;
  if (isStanding(cause)) {
    // Seen at one moment, in force since an unknown one. Without a shared name the two must not lie too far apart.
    const tooFar = order !== "unknown" && Math.abs(cause.from - effect.from) > within;
    return unshared && tooFar ? 0 : UNTIMED;
  }
  return order === "unknown" && !unshared ? UNTIMED : 0;
}
