import type { Event } from "../../model/event.js";
import { type Required, requiredOf } from "./actions.js";
import type { UnorderedQuery } from "./ast.js";
import type { Matcher, Report } from "./match.js";
import { patternsOf } from "./patterns.js";
import { type StepTest, testOf } from "./plan.js";

const DEFAULT_MAX_KEYS = 10_000;

/**
 * Matches Endgame's `join`: events of one key in any order. It is told whenever all have come, and begins anew; each step takes the
 * first event that fits it and no earlier step.
 */
export class Joiner implements Matcher {
  readonly required: Required;
  private readonly steps: StepTest[];
  private readonly until: StepTest | undefined;
  /** By key and step. */
  private readonly hands = new Map<string, (Event | undefined)[]>();
  private forgotten = 0;

  constructor(
    query: UnorderedQuery,
    private readonly maxKeys = DEFAULT_MAX_KEYS,
  ) {
    this.steps = query.steps.map(testOf);
    this.until = query.until && testOf(query.until);
    this.required = requiredOf(patternsOf(query));
  }

  push(event: Event, report: Report): void {
    const fitting = this.steps.map((step) => (step.test(event) ? step.keys(event) : []));
    for (const key of new Set(fitting.flat())) {
      const hand = this.handOf(key);
      const free = fitting.findIndex((keys, step) => keys.includes(key) && hand[step] === undefined);
      if (free >= 0) hand[free] = event;
      if (!hand.every((one) => one !== undefined)) continue;
      report({ events: hand, outcome: "found", key });
      this.hands.delete(key);
    }
    if (this.until?.test(event)) for (const key of this.until.keys(event)) this.hands.delete(key);
  }

  end(): void {
    this.hands.clear();
  }

  notes(): string[] {
    if (this.forgotten === 0) return [];
    return [
      `${this.forgotten} values of its \`by\` fields were given up: more than ${this.maxKeys} were open at once`,
    ];
  }

  private handOf(key: string): (Event | undefined)[] {
    const known = this.hands.get(key);
    if (known !== undefined) return known;
    if (this.hands.size >= this.maxKeys) {
      const [oldest] = this.hands.keys();
      this.hands.delete(oldest!);
      this.forgotten += 1;
    }
    const hand = this.steps.map(() => undefined);
    this.hands.set(key, hand);
    return hand;
  }
}
