import type { Event } from "../../model/event.js";
import type { Difference, Measure, NotComparable } from "../../report/compare/contract.js";

/** A difference whose proof is not yet quoted. */
export interface Found extends Omit<Difference, "proof"> {
  proof: { good: readonly Event[]; bad: readonly Event[] };
}

/** Something that only one side can show. */
export interface OneSided {
  side: NotComparable["side"];
  /** What the other side has none of. */
  lacks: string;
  what: string;
  /** 0…1: for the order among those that are listed. */
  score: number;
}

/** What holding two sides against each other gives, for one kind of difference. */
export interface Verdicts {
  found: Found[];
  oneSided: OneSided[];
  /** What both have alike. */
  alike: number;
}

/** Nothing in it, said in words. */
export const none = (words: string): Measure => ({ text: words, count: 0 });

/** `12 %`, `0.3 %`: two digits. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
