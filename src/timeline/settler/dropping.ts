import { KIND, type PacketSegment } from "../../decode/packet/row.js";
import type { PacketRows } from "../../decode/packet/row-decoder.js";
import type { Event } from "../../model/event.js";
import type { Transactions } from "../transactions/index.js";
import { Combinations } from "./combinations.js";
import { DnsRow } from "./exchange.js";
import type { Dimension } from "./portrait.js";
import { SegmentRow } from "./segment.js";
import { ServerKeys } from "./server-keys.js";
import type { Touches } from "./touches.js";
import { FLAG, type Window } from "./window.js";

/** Whom dropped rows are told to, and which may be dropped. */
export interface DroppingOptions {
  readonly transactions: Transactions;
  /** Takes what transactions decide. */
  readonly decided: (event: Event) => void;
  /** Response codes that nobody asks about, and what plain exchanges are to be told apart by (rules/indifference.ts). */
  readonly responseCodes: ReadonlySet<number>;
  /** Of these codes, some are asked about by the question's name after all: what tells whether somebody may. */
  readonly minded: ReadonlyMap<number, (name: string) => boolean>;
  readonly dimensions: ReadonlySet<Dimension>;
  /** Nobody asks about the segments of plain TCP handshakes. */
  readonly handshakes: boolean;
}

/** Decides of rows that leave the window whether they are dropped. All that came before them has been heard by then. */
export class Dropping {
  private readonly combinations: Combinations;
  /** By response code: a look into a list costs less than one into a map. */
  private readonly minded: (((name: string) => boolean) | undefined)[] = [];
  private readonly serverKeys = new ServerKeys();
  private readonly question = new DnsRow();
  private readonly answer = new DnsRow();
  private readonly segment = new SegmentRow();

  constructor(
    private readonly window: Window,
    private readonly touches: Touches,
    private readonly options: DroppingOptions,
  ) {
    this.combinations = new Combinations(options.dimensions);
    for (const [code, minds] of options.minded) this.minded[code] = minds;
  }

  /** Drops the row, which is item `number`, if nobody misses it: lets time move on, and tells what is left to tell of it. */
  drops(number: number, rows: PacketRows, row: number): boolean {
    const { window, options } = this;
    const { transactions, decided } = options;
    const { source, segment } = rows;
    const at = number & window.mask;
    const time = segment.times[row]!;
    switch (window.kinds[at]) {
      case KIND.QUERY:
        if (!this.isPlainQuestion(number, at, rows, row)) return false;
        window.flags[window.answers[at]! & window.mask] = FLAG.DROPPED;
        transactions.pass(source, time, decided);
        transactions.passExchange(this.serverKeys.of(rows, this.question));
        return true;
      case KIND.ANSWER:
        if (window.flags[at] !== FLAG.DROPPED) return false;
        transactions.pass(source, time, decided);
        transactions.passAnswer(source);
        return true;
      case KIND.OPENER:
        if (!this.isPlainOpener(number, at, segment, row)) return false;
        transactions.pass(source, time, decided);
        transactions.passOpener(time);
        return true;
      case KIND.REPLY:
        if (!this.isIdleReply(segment, row)) return false;
        transactions.pass(source, time, decided);
        if (this.segment.isWelcome) transactions.passAnswer(source);
        return true;
      case KIND.TICK:
        transactions.pass(source, time, decided);
        return true;
      default:
        return false;
    }
  }

  private isPlainQuestion(number: number, at: number, rows: PacketRows, row: number): boolean {
    const { window, question, answer, touches } = this;
    const answered = window.answers[at]!;
    if (window.flags[at] !== 0 || answered < 0) return false;
    question.turn(rows.segment, row);
    if (touches.since(number, question.id, question.port)) return false;
    if (this.options.transactions.concerns(question)) return false;
    answer.turn(window.segmentOf(answered).segment, window.rowOf(answered));
    const { rcode } = answer;
    return this.combinations.has(rows, question, rcode) && !this.minded[rcode]?.(question.name);
  }

  private isPlainOpener(number: number, at: number, segment: PacketSegment, row: number): boolean {
    const { window, touches, options } = this;
    if (!options.handshakes || window.flags[at] !== 0 || window.answers[at]! < 0) return false;
    this.segment.turn(segment, row);
    return !touches.sinceOpener(number) && !options.transactions.mayConcern(this.segment);
  }

  /** Whether there is no SYN that it could answer. */
  private isIdleReply(segment: PacketSegment, row: number): boolean {
    this.segment.turn(segment, row);
    return this.options.handshakes && !this.options.transactions.mayConcern(this.segment);
  }
}
