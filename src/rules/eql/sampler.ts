import type { Event } from "../../model/event.js";
import { type Required, requiredOf } from "./actions.js";
import type { UnorderedQuery } from "./ast.js";
import { distinctChoices } from "./distinct.js";
import { joinKeys } from "./layout.js";
import type { Match, Matcher, Report } from "./match.js";
import { patternsOf } from "./patterns.js";
import { type StepTest, testOf } from "./plan.js";
import { compareAll } from "./stages.js";

const DEFAULT_MAX_KEYS = 10_000;

/**
 * Matches a `sample`: for each value of the keys one event for each step, in no order of time. Of several that are possible those are
 * told that begin with the earliest events, and they are told in the order of the keys' values, `null` first, as by Elasticsearch. So
 * nothing is told before all events are known.
 */
export class Sampler implements Matcher {
  readonly required: Required;
  private readonly steps: StepTest[];
  private readonly perKey: number;
  /** By key and step: the first events that fit. */
  private readonly found = new Map<string, Event[][]>();
  private forgotten = 0;

  constructor(
    private readonly query: UnorderedQuery,
    private readonly maxKeys = DEFAULT_MAX_KEYS,
  ) {
    this.steps = query.steps.map(testOf);
    this.perKey = query.perKey ?? 1;
    this.required = requiredOf(patternsOf(query));
  }

  push(event: Event, report: Report): void {
    for (const [index, step] of this.steps.entries()) {
      if (!step.test(event)) continue;
      for (const key of step.keys(event)) {
        const list = this.listsOf(key, report)[index]!;
        // The other steps can take one each, and a choice more needs one more.
        if (list.length < this.steps.length - 1 + this.perKey) list.push(event);
      }
    }
  }

  end(report: Report): void {
    const samples = [...this.found].flatMap(([key, lists]) => {
      const [first, ...others] = this.samplesOf(key, lists);
      if (first === undefined) return [];
      return [{ key, values: joinKeys(this.query, first), all: [first, ...others] }];
    });
    this.found.clear();
    samples.sort((a, b) => compareAll(present(a.values), present(b.values)) || (a.key < b.key ? -1 : 1));
    for (const { all } of samples) for (const match of all) report(match);
  }

  notes(): string[] {
    if (this.forgotten === 0) return [];
    return [
      `${this.forgotten} values of its \`by\` fields were given up: more than ${this.maxKeys} were open at once`,
    ];
  }

  private samplesOf(key: string, lists: readonly (readonly Event[])[]): Match[] {
    return distinctChoices(lists, this.perKey).map((events) => ({ events, outcome: "found", key }));
  }

  private listsOf(key: string, report: Report): Event[][] {
    const known = this.found.get(key);
    if (known !== undefined) return known;
    if (this.found.size >= this.maxKeys) this.giveUpOldest(report);
    const lists = this.steps.map((): Event[] => []);
    this.found.set(key, lists);
    return lists;
  }

  /** What it has come to is told, out of order. */
  private giveUpOldest(report: Report): void {
    const [key, lists] = this.found.entries().next().value!;
    this.found.delete(key);
    const samples = this.samplesOf(key, lists);
    if (samples.length === 0) this.forgotten += 1;
    for (const match of samples) report(match);
  }
}

/** Keys as the values that pipes compare. */
const present = (values: ReturnType<typeof joinKeys>) => values.map((value) => value ?? undefined);
