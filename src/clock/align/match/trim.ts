import { type Candidate, highOf, lowOf } from "./agreement.js";
import { MOMENT_US } from "./proof.js";
import { type SharedKey, timeOf } from "./shared.js";

/** What a candidate bounds: c(b) - c(a) from below, from above. */
export interface Sides {
  low: boolean;
  high: boolean;
}

/**
 * Of candidates that agree: which side of each may be believed. A wrong one among them, too little apart to be noticed, would
 * bound the offset more tightly than all that are right. So, on each side, the moment that bounds it most tightly is not believed: one wrong
 * moment moves nothing. Keys that cannot come again are always believed.
 *
 * @returns by the candidates' indexes
 */
export function believed(agreed: readonly Candidate[], keys: readonly SharedKey[]): Sides[] {
  const sides = agreed.map((): Sides => ({ low: true, high: true }));
  const doubtful = agreed.map(({ key }) => keys[key]!.identity.again > 0);
  doubt(agreed, doubtful, lowOf, (index) => {
    sides[index]!.low = false;
  });
  doubt(
    agreed,
    doubtful,
    (candidate) => -highOf(candidate),
    (index) => {
      sides[index]!.high = false;
    },
  );
  return sides;
}

/** Calls `leave` for the candidates of the moment with the greatest finite bound. */
function doubt(
  agreed: readonly Candidate[],
  doubtful: readonly boolean[],
  boundOf: (candidate: Candidate) => number,
  leave: (index: number) => void,
): void {
  let tightest = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (const [index, candidate] of agreed.entries()) {
    const bound = boundOf(candidate);
    if (doubtful[index] && bound > most) [most, tightest] = [bound, index];
  }
  if (tightest < 0) return;
  const moment = timeOf(agreed[tightest]!.a);
  for (const [index, { a }] of agreed.entries())
    if (doubtful[index] && Math.abs(timeOf(a) - moment) <= MOMENT_US) leave(index);
}
