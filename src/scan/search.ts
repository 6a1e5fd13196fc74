import { GramCosts } from "./grams.js";
import type { Plan } from "./plan.js";

/** Bytes that are probed between two looks at how it goes. */
const STEP = 64 << 10;
/** Of so many bytes one gram may be looked at in vain. */
const TOLERABLE = 128;
/** Bytes to pass before a choice may be taken back: a choice costs as much as probing some megabytes. Doubles each time. */
const PATIENCE = 1 << 20;
const MOST_PATIENCE = 32 << 20;
/** What is learned from: the step that went badly, and pieces from everywhere in the chunk. */
const PIECES = 16;
const PIECE = 4 << 10;

/** Who looks at the bytes: the kernel, or its reference. */
export interface Prober {
  /** Takes over what was chosen. */
  take(plan: Plan): void;
  /**
   * Looks for grams at the offsets [from, to), which are multiples of 4, and notes where literals begin that end at `end` or before.
   * @returns how often a gram was met where no literal stands
   */
  probeGrams(from: number, to: number, end: number): number;
  /** The same for the plan's pairs. */
  probePairs(end: number): void;
}

/** Drives a plan over chunks, and chooses anew when too much is looked at in vain. What is found does not depend on it. */
export class Search {
  private readonly costs = new GramCosts();
  private patience = 0;
  /** Bytes since the last choice. */
  private passed = 0;
  private chosen = false;

  constructor(
    private readonly plan: Plan,
    private readonly prober: Prober,
  ) {}

  /** Looks for all literals in the first `end` bytes. */
  run(bytes: Uint8Array, end: number): void {
    const { plan, prober } = this;
    if (!this.chosen) this.choose(bytes, 0, Math.min(STEP, end), end);
    for (let from = 0; from < end && plan.hasGrams; from += STEP) {
      const to = Math.min(from + STEP, end);
      const vain = prober.probeGrams(from, to, end);
      this.passed += to - from;
      if (vain > STEP / TOLERABLE && this.passed >= this.patience) this.choose(bytes, from, to, end);
    }
    if (plan.pairs.length > 0) prober.probePairs(end);
  }

  private choose(bytes: Uint8Array, from: number, to: number, end: number): void {
    const { costs } = this;
    costs.fade();
    costs.learn(bytes, from, to);
    for (let i = 0; i < PIECES; i++) {
      const at = Math.floor((end / PIECES) * i);
      costs.learn(bytes, at, Math.min(at + PIECE, end));
    }
    this.plan.choose(costs);
    this.prober.take(this.plan);
    this.chosen = true;
    this.passed = 0;
    this.patience = Math.min(MOST_PATIENCE, Math.max(PATIENCE, this.patience * 2));
  }
}
