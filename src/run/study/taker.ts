import { type Event, fieldOf } from "../../model/event.js";
import { isFloating } from "../../model/time.js";
import type { Match } from "../../rules/eql/match.js";
import type { Onlooker } from "../../rules/explain/watched-engine.js";
import type { Rule } from "../../rules/rule.js";
import { isTrouble } from "../compare/trouble.js";
import type { Milestones } from "../context.js";
import { Candidates } from "./candidates.js";
import { barOf, markOf, type SeenBar, type SeenMark, startOf } from "./seen.js";
import { SourceTally } from "./tally.js";
import { Ways } from "./ways.js";

/** What is held until the findings are known, of each sort: as many as a picture shows. */
const MOST_HELD = 6_000;
/** Transactions held for each group of matches, the first ones and the last ones: a finding's proof is of those. */
const FIRST_MATCHED = 8;
const LAST_MATCHED = 4;
/** Groups of matches that are told apart, for all rules together. */
const MOST_GROUPS = 1_000;

/** What is said at the end, of all that was seen: it did not happen at any time. */
const SUMMARIES: ReadonlySet<string> = new Set([
  "dns.first_server",
  "failures.after_churn",
  "conntrack.stale_flow",
]);

/** The transactions that a rule matched for one group: its first ones and its last ones. */
export interface Matched {
  rule: string;
  first: Event[];
  last: Event[];
}

/** Looks on while an investigation goes on, and holds a bounded part of what passes. */
export class PictureTaker implements Onlooker, Milestones {
  readonly bars = { trouble: new Candidates<SeenBar>(MOST_HELD), usual: new Candidates<SeenBar>(MOST_HELD) };
  readonly marks = {
    trouble: new Candidates<SeenMark>(MOST_HELD),
    usual: new Candidates<SeenMark>(MOST_HELD),
  };
  readonly tallies = new Map<number, SourceTally>();
  readonly ways = new Ways();
  private readonly groups = new Map<string, Matched>();

  /** @param bins at most so many for each source */
  constructor(private readonly bins: number) {}

  look(event: Event): void {
    if (event.action === "packet.passage") this.ways.note(event);
    if (!isDated(event.time) || SUMMARIES.has(event.action)) return;
    const sort = isTrouble(event) ? "trouble" : "usual";
    const start = startOf(event);
    if (start === undefined) this.marks[sort].offer(event, markOf);
    else if (isDated(start)) this.bars[sort].offer(event, barOf);
  }

  boundary(): void {
    // What has no place on the common clock was not taken.
  }

  note(source: number, line: number, us: number): void {
    let tally = this.tallies.get(source);
    if (!tally) this.tallies.set(source, (tally = new SourceTally(this.bins)));
    tally.milestone(line, us);
  }

  /** Takes a rule's match. */
  match = ({ events, outcome }: Match, rule: Rule): void => {
    if (outcome !== "found") return;
    const assembled = events.filter(({ cites }) => cites !== undefined);
    if (assembled.length === 0) return;
    const group = rule.groupBy.map((field) => fieldOf(events[0]!, field) ?? null);
    const key = JSON.stringify([rule.id, group]);
    let matched = this.groups.get(key);
    if (!matched) {
      if (this.groups.size >= MOST_GROUPS) return;
      this.groups.set(key, (matched = { rule: rule.id, first: [], last: [] }));
    }
    for (const event of assembled) {
      if (matched.first.length < FIRST_MATCHED) {
        matched.first.push(event);
        continue;
      }
      matched.last.push(event);
      if (matched.last.length > LAST_MATCHED) matched.last.shift();
    }
  };

  /** Transactions that rules matched, by group. */
  get matched(): readonly Matched[] {
    return [...this.groups.values()];
  }
}

const isDated = (us: number): boolean => !Number.isNaN(us) && !isFloating(us);
