import { GramCosts } from "./grams.js";
import type { Plan } from "./plan.js";

/** In so few bytes all literals are found one after the other sooner than it is chosen what to look for. */
export const LITTLE = 16 << 10;
/** Bytes that are probed at a time. */
const STEP = 64 << 10;
/** Bytes between two looks at how it goes. */
const LOOK = 1 << 20;
/** Of so many bytes one gram may be looked at in vain … */
const TOLERABLE = 128;
/** … and where choices made with so much patience did not get there, so many times as often as at best since the last one. */
const WORSE = 2;
const SETTLED = 8 << 20;
/** Bytes to pass before a choice may be taken back: a choice costs as much as probing some megabytes. Doubles each time. */
const PATIENCE = 1 << 20;
const MOST_PATIENCE = 32 << 20;
/** What is learned from: pieces of the step that went badly, and pieces from everywhere in the chunk. */
const PIECES = 16;
const PIECE = 2 << 10;
/** Of little, a little: at most such a part of the chunk is in the pieces. */
const SAMPLED = 1 / 16;

/** Who looks at the bytes: the kernel, or its reference. */
export interface Prober {
  /** The chunk. */
  readonly bytes: Buffer;
  /** How often the grams of each place were met by {@link countGrams}. */
  readonly counts: Uint32Array;
  /** Counts the grams of the bytes [from, to). */
  countGrams(from: number, to: number): void;
  /** Takes over what was chosen. */
  take(plan: Plan): void;
  /**
   * Looks for grams at the offsets [from, to), which are multiples of 4, and notes where literals begin that end at `end` or before.
   * @returns how often a gram was met where no literal stands
   */
  probeGrams(from: number, to: number, end: number): number;
  /** The same for the plan's pairs. */
  probePairs(end: number): void;
  /** The same for the first two bytes of short literals. */
  probeTwos(end: number): void;
  /** Notes that a literal begins at this offset. */
  note(start: number): void;
}

/** Drives a plan over chunks, and chooses anew when too much is looked at in vain. What is found does not depend on it. */
export class Search {
  private readonly costs: GramCosts;
  private patience = 0;
  /** Bytes since the last choice. */
  private passed = 0;
  /** How often a gram was looked at in vain for each byte, at best since then. */
  private least = Number.POSITIVE_INFINITY;
  /** Bytes since the last look, and how often it was in vain. */
  private seen = 0;
  private vain = 0;
  private chosen = false;

  /** @param little so many bytes are looked at before anything is chosen */
  constructor(
    private readonly plan: Plan,
    private readonly prober: Prober,
    private little: number = LITTLE,
  ) {
    this.costs = new GramCosts(prober.counts);
  }

  /** Looks for all literals in the first `end` bytes. */
  run(end: number): void {
    const { plan, prober } = this;
    if (!this.chosen) {
      this.little -= end;
      if (this.little >= 0) {
        this.findEach(end);
        return;
      }
      this.choose(0, Math.min(STEP, end), end);
    }
    for (let from = 0; from < end && plan.hasGrams; from += STEP) {
      const to = Math.min(from + STEP, end);
      this.vain += prober.probeGrams(from, to, end);
      this.seen += to - from;
      if (this.seen >= LOOK && this.goesBadly()) this.choose(from, to, end);
    }
    if (plan.pairs.length > 0) prober.probePairs(end);
    if (plan.twos) prober.probeTwos(end);
  }

  private findEach(end: number): void {
    const { plan, prober } = this;
    const chunk = prober.bytes.subarray(0, end);
    for (const literal of plan.literals)
      for (let at = chunk.indexOf(literal); at >= 0; at = chunk.indexOf(literal, at + 1)) prober.note(at);
  }

  /** Is too much looked at in vain, as another choice could spare? */
  private goesBadly(): boolean {
    const rate = this.vain / this.seen;
    this.passed += this.seen;
    this.seen = this.vain = 0;
    this.least = Math.min(this.least, rate);
    const tolerable = this.patience < SETTLED ? 0 : WORSE * this.least;
    return this.passed >= this.patience && rate > Math.max(1 / TOLERABLE, tolerable);
  }

  private choose(from: number, to: number, end: number): void {
    const { costs, prober } = this;
    if (this.chosen) costs.fade();
    const length = Math.min(PIECE, Math.ceil((end * SAMPLED) / (2 * PIECES)));
    for (let i = 0; i < PIECES; i++) {
      prober.countGrams(...piece(from, to, i, length));
      prober.countGrams(...piece(0, end, i, length));
    }
    this.plan.choose(costs);
    prober.take(this.plan);
    this.chosen = true;
    this.passed = 0;
    this.least = Number.POSITIVE_INFINITY;
    this.patience = Math.min(MOST_PATIENCE, Math.max(PATIENCE, this.patience * 2));
  }
}

/** The i-th of the pieces of this length that lie evenly in [from, to). */
function piece(from: number, to: number, i: number, length: number): [from: number, to: number] {
  const at = from + Math.floor(((to - from) / PIECES) * i);
  return [at, Math.min(at + length, to)];
}
