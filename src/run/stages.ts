/** What the main thread is busy with. */
export const STAGES = [
  "start",
  "walk",
  "survey",
  "clocks",
  "read",
  "wait",
  "assemble",
  "merge",
  "transactions",
  "rules",
  "diagnosis",
  "hash",
  "report",
] as const;
export type Stage = (typeof STAGES)[number];

/** Is told which stage begins. Who interrupts another gives back the stage that it got. */
export interface StageClock {
  /** @returns the stage that ends */
  enter(stage: Stage): Stage;
}

/** For when nobody wants to know. */
export const UNTIMED: StageClock = { enter: (stage) => stage };

/** Adds up the time that the main thread spends in each stage. */
export class Stopwatch implements StageClock {
  private readonly ms = new Map<Stage, number>();
  private stage: Stage = "start";
  /** The process began at 0. */
  private since = 0;

  enter(stage: Stage): Stage {
    const before = this.stage;
    if (stage !== before) this.account();
    this.stage = stage;
    return before;
  }

  /** Seconds by stage so far, in the order of {@link STAGES}; those that took none are left out. */
  get seconds(): Partial<Record<Stage, number>> {
    this.account();
    const stages = STAGES.filter((stage) => this.ms.has(stage));
    return Object.fromEntries(stages.map((stage) => [stage, this.ms.get(stage)! / 1000]));
  }

  private account(): void {
    const now = performance.now();
    this.ms.set(this.stage, (this.ms.get(this.stage) ?? 0) + now - this.since);
    this.since = now;
  }
}
