import type { Event } from "../../../model/event.js";
import { isAnswered, type Leg, type LegOutcome } from "./leg.js";
import { LOOKUP_SPAN } from "./timing.js";
import { FEW_TRACED, type TracedKind, toldKey } from "./traced-question.js";

/** Words that are kept with one question; more tell nothing new. */
const MAX_WORDS = 16;

/** Of more questions alike, the newest ones: words follow soon. */
const MAX_ALIKE = 16;

const NONE: readonly Leg[] = [];

/**
 * The legs that are still followed, by name and server: those that wait, and those that failed a moment ago. A question that a capture or a trace shows is often told in a program's words as well: both are one
 * question, and are to be counted once.
 */
export class ToldLegs {
  private readonly open = new Map<string, Leg[]>();

  /** @param isOneHost whether two sources may be of one host */
  constructor(private readonly isOneHost: (a: number, b: number) => boolean) {}

  add(leg: Leg): void {
    if (leg.name === undefined || leg.server === undefined || Number.isNaN(leg.asked)) return;
    const key = toldKey(leg.name, leg.server);
    const others = this.open.get(key);
    if (others?.includes(leg)) return;
    if (others === undefined) this.open.set(key, [leg]);
    else others.push(leg);
    if (others === undefined || others.length <= MAX_ALIKE) return;
    // What has its answer makes room for what is open: words are about that.
    others.splice(Math.max(0, others.findIndex(isAnswered)), 1);
  }

  /** Are few of those with this name and server without an answer? */
  hasFewOf({ toldAs }: TracedKind): boolean {
    let open = 0;
    for (const leg of this.open.get(toldAs) ?? NONE) if (!isAnswered(leg)) open++;
    return open <= FEW_TRACED;
  }

  remove(leg: Leg): void {
    const key = toldKey(leg.name, leg.server);
    const left = this.open.get(key)?.filter((other) => other !== leg) ?? [];
    if (left.length > 0) this.open.set(key, left);
    else this.open.delete(key);
  }

  /** Keeps a `dns.leg` made of words with the open leg that it tells of. @returns false: there is none */
  keep(words: Event, said: Event): boolean {
    const { fields } = words;
    const legs = this.open.get(toldKey(fields["dns.question.name"], fields["dns.server.ip"]));
    const leg = legs?.findLast((other) => this.isTold(other, words, said));
    if (leg === undefined) return false;
    if (leg.words.length < MAX_WORDS) leg.words = [...leg.words, words];
    return true;
  }

  private isTold(leg: Leg, { fields }: Event, said: Event): boolean {
    if (!(leg.asked <= said.latest && said.time <= leg.asked + LOOKUP_SPAN)) return false;
    if (!this.isOneHost(leg.asks[0]!.source, said.source)) return false;
    const client = fields["source.ip"];
    if (typeof client === "string" && !leg.clients.includes(client)) return false;
    const port = said.fields["source.port"];
    return port === undefined || leg.port === 0 || port === leg.port;
  }
}

/** Do words say of a question what became of it? If not, they tell of something that the packets do not show. */
export function agrees({ fields }: Event, outcome: LegOutcome, rcode: string | undefined): boolean {
  // For whoever waits no longer, an answer that comes late is none.
  const known = outcome === "late" ? "timeout" : outcome;
  return fields["dns.outcome"] === known && (known !== "answered" || fields["dns.response_code"] === rcode);
}
