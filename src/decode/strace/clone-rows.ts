import { rest, text } from "../../grammar/helpers.js";
import {
  argsFrom,
  argsTo,
  FACTS,
  Fact,
  FactAt,
  nameFrom,
  restFrom,
  tagOf,
  UNTOLD,
} from "../../scan/facts.js";
import type { RowTaker } from "../text/late.js";
import { textBegin, type UnreadRows } from "../text/unread.js";
import { Kind } from "./kinds.js";
import { sharesFiles } from "./processes.js";
import { lostIn, type Shared } from "./shared.js";

/** Longer arguments are left to who reads the record. */
const MOST_ARGS = 4096;
/** Between name and arguments of a second half stand so many characters: ` resumed>`. Of a first half it is the parenthesis. */
const RESUMED = 9;

/**
 * Follows the halves of calls that make threads and processes (`clone(… <unfinished ...>`, `<... clone resumed>…`) from their rows, as
 * the tracker follows their records: in a busy daemon's trace they are most of what would be read.
 */
export class CloneRows {
  constructor(private readonly shared: Shared) {}

  /**
   * Follows the record in a row, which is known to matter.
   * @returns whether it was followed; if not, nothing has changed
   */
  take(rows: UnreadRows, row: number, taker: RowTaker): boolean {
    const { facts } = rows;
    const at = row * FACTS;
    const bits = facts[at + FactAt.BITS]!;
    if (tagOf(bits) !== Kind.CLONE) return false;
    const [lead, ends] = [facts[at + FactAt.LEAD]!, facts[at + FactAt.ENDS]!];
    if ((bits & (Fact.BEGUN | Fact.ENDED)) === 0 || ends === 0) return false;
    if (facts[at + FactAt.RESULT] === UNTOLD && (bits & Fact.DONE) !== 0) return false;
    const { disorder, sieve, context } = this.shared;
    const begin = textBegin(rows, row);
    const [from, to] = [begin + argsFrom(lead), begin + argsTo(ends)];
    if (to - from > MOST_ARGS) return false;
    const isEnded = (bits & Fact.ENDED) !== 0;
    const name = rows.texts.toString("latin1", begin + nameFrom(lead), from - (isEnded ? RESUMED : 1));
    const args = rows.texts.toString("latin1", from, to);
    const id = facts[at + FactAt.THREAD]!;
    sieve.count();
    const time = taker.stamp(rows, row);
    context.decisions.advance(time);
    context.measure(id, time);
    if (disorder.shownBy(time, id, isEnded && !disorder.needsNoSpans ? tailOf(rows, row) : undefined))
      lostIn(rows, row, taker, this.shared);
    else if (isEnded) this.ended(id, name, args, facts[at + FactAt.RESULT]!, time);
    else this.begun(rows, row, name, args, taker);
    return true;
  }

  private begun(rows: UnreadRows, row: number, name: string, args: string, taker: RowTaker): void {
    const { processes } = this.shared;
    const thread = processes.thread(rows.facts[row * FACTS + FactAt.THREAD]!);
    const record = taker.eventAt(rows, row, "process.syscall", "process", { "strace.call": name });
    thread.unfinished = { name, args, record };
    processes.beginClone(thread);
  }

  private ended(id: number, name: string, args: string, child: number, time: number): void {
    const { processes, context, ended } = this.shared;
    const thread = processes.thread(id);
    const first = thread.unfinished;
    ended();
    thread.unfinished = undefined;
    context.decisions.returned(thread, time);
    if (first?.name === name) processes.endClone(thread, child, sharesFiles(first.args + args));
  }
}

/** What stands behind the result. */
function tailOf(rows: UnreadRows, row: number): string | undefined {
  const from = textBegin(rows, row) + restFrom(rows.facts[row * FACTS + FactAt.ENDS]!);
  return rest(text(rows.texts.toString("latin1", from, rows.ends[row])));
}
