import type { Event } from "../../model/event.js";
import { type Required, requiredOf } from "./actions.js";
import type { UnorderedQuery } from "./ast.js";
import type { Matcher, Report } from "./match.js";
import { patternsOf } from "./patterns.js";
import { type StepTest, testOf } from "./plan.js";

const DEFAULT_MAX_KEYS = 10_000;

/** What was found for one value of the keys: by step, the first events that fit. */
interface Hand {
  found: Event[][];
  /** Of a sample: it was told already. */
  done: boolean;
}

/**
 * Matches `sample` and `join`: events of one key in any order.
 *
 * - A sample is told once for each key, as soon as every step has an event of its own. Which of several is left open, as by Elastic;
 *   the same events give the same one. An event may fit several steps, so that for n steps the first n events of each must be kept: one of them
 *   is always free.
 * - A join is told whenever it is complete, and begins anew: each step takes the first event that fits it and no earlier step.
 */
export class Gatherer implements Matcher {
  readonly required: Required;
  private readonly steps: StepTest[];
  private readonly until: StepTest | undefined;
  private readonly once: boolean;
  private readonly hands = new Map<string, Hand>();
  private forgotten = 0;

  constructor(
    query: UnorderedQuery,
    private readonly maxKeys = DEFAULT_MAX_KEYS,
  ) {
    this.steps = query.steps.map(testOf);
    this.until = query.until && testOf(query.until);
    this.once = query.kind === "sample";
    this.required = requiredOf(patternsOf(query));
  }

  push(event: Event, report: Report): void {
    const fitting = this.steps.map((step) => (step.test(event) ? step.keys(event) : []));
    for (const key of new Set(fitting.flat())) {
      const steps = fitting.flatMap((keys, i) => (keys.includes(key) ? [i] : []));
      const hand = this.handOf(key);
      if (hand.done) continue;
      if (this.once) for (const step of steps) this.keep(hand.found[step]!, event);
      else this.take(hand, steps, event);
      const events = assign(hand.found);
      if (events === undefined) continue;
      report({ events, outcome: "found", key });
      if (this.once) Object.assign(hand, { found: [], done: true });
      else this.hands.delete(key);
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

  private keep(list: Event[], event: Event): void {
    if (list.length < this.steps.length) list.push(event);
  }

  private take(hand: Hand, steps: readonly number[], event: Event): void {
    const free = steps.find((step) => hand.found[step]!.length === 0);
    if (free !== undefined) hand.found[free]!.push(event);
  }

  private handOf(key: string): Hand {
    const known = this.hands.get(key);
    if (known !== undefined) return known;
    if (this.hands.size >= this.maxKeys) {
      const [oldest] = this.hands.keys();
      this.hands.delete(oldest!);
      this.forgotten += 1;
    }
    const hand: Hand = { found: this.steps.map(() => []), done: false };
    this.hands.set(key, hand);
    return hand;
  }
}

/**
 * One event for each step, none twice. Augmenting paths (Kuhn's algorithm for bipartite matching): at most steps³ looks.
 *
 * @returns `undefined` while some step goes without
 */
function assign(found: readonly (readonly Event[])[]): Event[] | undefined {
  if (found.some((list) => list.length === 0)) return undefined;
  const taker = new Map<Event, number>();
  const place = (step: number, tried: Set<Event>): boolean => {
    for (const event of found[step]!) {
      if (tried.has(event)) continue;
      tried.add(event);
      const other = taker.get(event);
      if (other === undefined || place(other, tried)) {
        taker.set(event, step);
        return true;
      }
    }
    return false;
  };
  for (let step = 0; step < found.length; step += 1) if (!place(step, new Set())) return undefined;
  const events: Event[] = [];
  for (const [event, step] of taker) events[step] = event;
  return events;
}
