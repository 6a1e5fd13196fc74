/**
 * What the evidence covers: only inside it does the absence of an event prove anything.
 */
export interface Coverage {
  /**
   * True when events of this kind, had there been any from `from` to `to` (µs UTC, both included), would be in the evidence.
   *
   * @param kind an `event.action` such as `dns.answer`, or, where a query names none, an `event.category`, or `any`
   */
  covers(kind: string, from: number, to: number): boolean;
  /** Where it does not cover them because the evidence says itself that something is missing there: what, and where that is told. */
  gap?(kind: string, from: number, to: number): string | undefined;
}

/** Knows nothing, so that no absence is ever taken for a proof. */
export const COVERS_NOTHING: Coverage = { covers: () => false };

/** For tests and closed worlds: everything is there. */
export const COVERS_EVERYTHING: Coverage = { covers: () => true };
