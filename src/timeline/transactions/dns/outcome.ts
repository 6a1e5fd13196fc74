import type { Event } from "../../../model/event.js";
import type { Coverage } from "../../topology/coverage.js";
import { partyOf } from "../party.js";
import { isAnswered, isUndelivered, type Leg, type LegOutcome } from "./leg.js";
import { COPY_SPAN, DEFAULT_WAIT, LEAST_WAIT } from "./timing.js";

/** What the outcome of a leg depends on besides the leg. */
export interface OutcomeContext {
  coverage: Coverage;
  /** The wait of this leg's client, µs. */
  waitOf(leg: Leg): number;
  /** Whether a capture shows packets towards clients at all: `dst host X` filters show none. */
  showsReplies(source: number): boolean;
  /** Whether a capture shows answers on their way to clients behind NAT. */
  showsDelivery(source: number): boolean;
}

/** How the leg went, as far as the evidence tells. */
export function outcomeOf(leg: Leg, context: OutcomeContext): LegOutcome {
  if ((leg.waited && isMissed(leg)) || neverArrived(leg, context)) return "timeout";
  if (isAnswered(leg)) return isLate(leg, context) ? "late" : "answered";
  if (leg.error !== undefined) return leg.error;
  if (leg.waited) return "timeout";
  if (leg.parallel && leg.lookup?.legs.some((other) => other !== leg && isAnswered(other))) return "unknown";
  if (leg.gaveUp - leg.asked >= LEAST_WAIT) return "timeout";
  if (leg.packetSource < 0 || !context.showsReplies(leg.packetSource)) return "unknown";
  const deadline = leg.asked + context.waitOf(leg);
  return context.coverage.covers(leg.packetSource, leg.asked, deadline) ? "timeout" : "unknown";
}

/** What the evidence itself says is missing in the time in which a leg's answer would have been; only where that leaves its outcome open. */
export function gapOf(leg: Leg, outcome: LegOutcome, context: OutcomeContext): string | undefined {
  if (outcome !== "unknown" || leg.packetSource < 0) return undefined;
  return context.coverage.gapTextIn(leg.packetSource, leg.asked, leg.asked + context.waitOf(leg));
}

/**
 * Whether the answer came back to the host and never went on to the client: a capture that shows other answers go on shows the question,
 * and this answer not, and the client asked again. Its last question, after which it gives up, shares the lot of those before it.
 */
export function neverArrived(leg: Leg, context: OutcomeContext): boolean {
  if (!isUndelivered(leg) || !leg.asks.some((ask) => wouldShowDelivery(ask, leg, context))) return false;
  return isMissed(leg) || (leg.lookup?.legs.some(isMissed) ?? false);
}

function wouldShowDelivery(ask: Event, leg: Leg, { showsDelivery, coverage }: OutcomeContext): boolean {
  if (!showsDelivery(ask.source) || partyOf(ask, "source") !== leg.clients[0]) return false;
  return coverage.covers(ask.source, leg.answered, leg.answered + COPY_SPAN);
}

/** The client asked again, or waited to the end, although an answer had come back for it. */
function isMissed(leg: Leg): boolean {
  return isUndelivered(leg) && leg.gaveUp > leg.answered;
}

/**
 * An answer is late when its client had given up: it asked again, its wait ended, or its kernel refused the
 * answer because the socket was closed. A musl client also closes its socket on the answer of the other server, so a
 * refused answer only counts after a second.
 */
function isLate(leg: Leg, context: OutcomeContext): boolean {
  if (leg.waited && !(leg.gaveUp > leg.answered)) return true;
  const span = leg.answered - leg.asked;
  if (!(span >= LEAST_WAIT)) return false;
  if (leg.unwanted || leg.gaveUp <= leg.answered) return true;
  return span > Math.max(context.waitOf(leg), DEFAULT_WAIT) + 200_000;
}

/** When the leg ended, µs UTC: its answer, its error, the end of its wait; NaN when unplaced. */
export function endOf(leg: Leg, outcome: LegOutcome, context: OutcomeContext): number {
  if (outcome === "answered" || outcome === "late") return leg.answered;
  if (outcome === "refused" || outcome === "unreachable") return leg.proof[0]?.time ?? leg.asked;
  if (!Number.isNaN(leg.gaveUp)) return leg.gaveUp;
  return outcome === "timeout" && leg.packetSource >= 0 ? leg.asked + context.waitOf(leg) : leg.copied;
}
