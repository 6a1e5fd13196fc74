import type { Finding } from "../model/finding.js";

/** One declared consequence: what a rule's `causes` says, as the rule file has it. */
export interface CauseLink {
  /** Id of the rule whose findings this one explains. */
  readonly rule: string;
  /** How long after the cause was last at work the effect may begin: `30s`, `5m`, `1h`, or µs. An hour when absent. */
  readonly within?: string | number | undefined;
  /** Pairs of entity fields [of the cause, of the effect]; one pair with an equal value suffices. */
  readonly share?: readonly (readonly string[])[] | undefined;
}

/** What the diagnosis needs of a rule. */
export interface LinkedRule {
  readonly id: string;
  readonly causes?: readonly CauseLink[] | undefined;
}

/** A root cause and what it explains. */
export interface Story {
  /** Id of the finding that explains the others. */
  root: string;
  /** Ids from the root to the last effect: the longest way through the links. Holds the root itself. */
  chain: string[];
  /** Ids of further findings that the root explains, beside the chain. */
  besides: string[];
  /** Ids of those that explain nothing further: what people noticed. The chain's end first; none where there is but the root. */
  symptoms: string[];
  /** Ids of those findings in it that are linked only by what their times leave open: they may have begun before what explains them. */
  uncertain: string[];
  /** 0…1: how sure the chain is as a whole: its weakest finding, lowered for every link that rests on less than names and time. */
  confidence: number;
}

/** Findings as causes and effects. */
export interface Diagnosis {
  /** All findings with `causedBy` filled: each story's findings root first, then what belongs to no story. */
  findings: Finding[];
  /** Ids of the findings that nothing else explains, best first. */
  rootCauses: string[];
  /** One per root cause, in the same order (the first hundred). */
  stories: Story[];
}

/** A link between two findings, by their index in the list that is diagnosed. */
export interface Edge {
  cause: number;
  effect: number;
  /** 0…1: 1 when a name is shared and the times fit; lower when one of the two had to be taken on trust. */
  strength: number;
  /** True when the cause is not known to have begun before the effect: the times only do not rule it out, or are unknown. */
  uncertain: boolean;
}
