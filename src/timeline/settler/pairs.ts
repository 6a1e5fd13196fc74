import { DnsRow } from "./exchange.js";
import { MOST_SPAN } from "./portrait.js";
import { FLAG, type Window } from "./window.js";

/** A question is in order when the stream is no further on than this when its answer comes: µs. */
const MOST_BEHIND = MOST_SPAN + 50_000;

/** Questions with one id in the window; see `FEW` in transactions/dns/asked.ts: together they never fill a chain of the table. */
const MAX_ALIKE = 16;

/** Finds, for the questions in the window, their only answers. */
export class Pairs {
  /** By id: number of the newest question. */
  private readonly newest = new Int32Array(65536).fill(-1);
  private readonly question = new DnsRow();
  private readonly answer = new DnsRow();

  constructor(
    private readonly window: Window,
    private readonly responseCodes: ReadonlySet<number>,
  ) {}

  /** Item `number` is a question. Of one id and key, no two are plain; nor of very many with one id. */
  addQuestion(number: number, key: number, id: number): void {
    const { mask, flags, head, keys, before, answers } = this.window;
    const at = number & mask;
    let alike = 0;
    for (let other = this.newest[id]!; other >= head; other = before[other & mask]!) {
      if (keys[other & mask] !== key && ++alike < MAX_ALIKE) continue;
      flags[other & mask]! |= FLAG.KEEP;
      flags[at]! |= FLAG.KEEP;
    }
    keys[at] = key;
    answers[at] = -1;
    before[at] = this.newest[id]!;
    this.newest[id] = number;
  }

  /**
   * Item `number` is an answer: to a question that is kept, if it is not the only one, or does not answer it in time.
   * @param now how far the stream has come: µs UTC
   */
  addAnswer(number: number, key: number, id: number, now: number): void {
    const { mask, flags, head, keys, before, answers } = this.window;
    let asked = this.newest[id]!;
    while (asked >= head && keys[asked & mask] !== key) asked = before[asked & mask]!;
    if (asked < head) return;
    const at = asked & mask;
    if (answers[at]! < 0 && this.isAnswer(number, asked, now)) answers[at] = number;
    else flags[at]! |= FLAG.KEEP;
  }

  /** Items are counted anew. */
  clear(): void {
    this.newest.fill(-1);
  }

  private isAnswer(number: number, asked: number, now: number): boolean {
    const { window, question, answer } = this;
    const here = window.segmentOf(number);
    const there = window.segmentOf(asked);
    const [row, askedRow] = [window.rowOf(number), window.rowOf(asked)];
    const since = there.segment.times[askedRow]!;
    const span = here.segment.times[row]! - since;
    // When the clock was far ahead in between, the question may be over already.
    if (!(span >= 0 && span < MOST_SPAN && now - since <= MOST_BEHIND) || here.source !== there.source)
      return false;
    answer.turn(here.segment, row);
    if (!this.responseCodes.has(answer.rcode)) return false;
    // Who read the segment has compared them.
    if (here === there && answer.apart === row - askedRow) return true;
    question.turn(there.segment, askedRow);
    return question.isAnsweredBy(answer);
  }
}
