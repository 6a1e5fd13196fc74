import type { Event } from "../../model/event.js";
import { type EngineOptions, RuleEngine } from "../engine.js";
import type { Rule } from "../rule.js";

/** Somebody who sees every event that the rules are offered, in the timeline's order. */
export interface Onlooker {
  look(event: Event): void;
  /** What follows shares no clock with what came. */
  boundary(): void;
}

/** The engine, with somebody who looks on. It is a class of its own so that an analysis, which has nobody, pays nothing. */
export class WatchedEngine extends RuleEngine {
  constructor(
    rules: readonly Rule[],
    options: EngineOptions,
    private readonly onlooker: Onlooker,
  ) {
    super(rules, options);
  }

  override push(event: Event): void {
    this.onlooker.look(event);
    super.push(event);
  }

  override boundary(): void {
    this.onlooker.boundary();
    super.boundary();
  }
}
