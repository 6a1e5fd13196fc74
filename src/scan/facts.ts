/**
 * What is noted of a line that shows a call which somebody may need: so many numbers. Where two of them pack several places within the line, those
 * count from its beginning, and both numbers are 0 where they have no room. The kernel writes the same (kernel/calls.ts).
 */
export const FACTS = 6;

/** Which of them is which. */
export const FactAt = {
  THREAD: 0,
  /** The descriptor that its first argument is. */
  FD: 1,
  /** What else it is: see {@link Fact}; 0 when nothing is known. */
  BITS: 2,
  /** The result, or {@link UNTOLD}. */
  RESULT: 3,
  /** Where its stamp lies, its name and its arguments begin: see {@link leadOf}. */
  LEAD: 4,
  /** Where its arguments end, and what follows the result begins: see {@link endsOf}. */
  ENDS: 5,
} as const;

/** Stands for a result that is negative, of more than nine digits, or not there. */
export const UNTOLD = -1;
export const MOST_TOLD = 999_999_999;

/** Bits of what else it is. */
export const Fact = {
  CALL: 1,
  ENDED: 2,
  BEGUN: 4,
  /** The first argument is a descriptor that `-y` annotates. */
  NOTED: 8,
  /** The result is -1. */
  FAILED: 16,
  /** It is not negative. */
  DONE: 32,
  /** The error is EAGAIN. */
  AGAIN: 64,
  /** The arguments of a call by the rule `CONTROL` have `F_DUPFD`. */
  DUPLICATES: 128,
  /** A half, or one that came back with nothing, whose text hardly anybody asks for beside what is noted: calls.ts says which. */
  BRIEF: 1 << 13,
} as const;
/** Above these bits stands what belongs to the name besides its rule, in five bits. */
export const TAG_SHIFT = 8;
export const TAG_BITS = 31;
/** Above them stands the kind of stamp: its place among these. */
export const STAMP_SHIFT = 16;
export const STAMPS = [undefined, "hms", "epoch", "delta"] as const;

/** What a name's tag is, of the number at {@link FactAt.BITS}. */
export const tagOf = (bits: number): number => (bits >> TAG_SHIFT) & TAG_BITS;
/** The kind of its stamp; `undefined`: it has none. */
export const stampKindOf = (bits: number) => STAMPS[bits >> STAMP_SHIFT];

/** Places are noted where the arguments begin no further on, and what follows the result no further on. */
export const MOST_LEAD = 0xff;
export const MOST_PLACE = 0xffff;

/** Packs four places into the number at {@link FactAt.LEAD}, a byte each. */
export const leadOf = (stampFrom: number, stampTo: number, nameFrom: number, argsFrom: number): number =>
  stampFrom | (stampTo << 8) | (nameFrom << 16) | (argsFrom << 24);
export const stampFrom = (lead: number): number => lead & 0xff;
export const stampTo = (lead: number): number => (lead >> 8) & 0xff;
export const nameFrom = (lead: number): number => (lead >> 16) & 0xff;
export const argsFrom = (lead: number): number => lead >>> 24;

/** Packs two places into the number at {@link FactAt.ENDS}, two bytes each. */
export const endsOf = (argsTo: number, restFrom: number): number => argsTo | (restFrom << 16);
export const argsTo = (ends: number): number => ends & 0xffff;
export const restFrom = (ends: number): number => ends >>> 16;
