import type { Fields } from "../../model/event.js";
import { FACTS, Fact, FactAt } from "../../scan/facts.js";
import type { RowTaker } from "../text/late.js";
import type { UnreadRows } from "../text/unread.js";
import { CloneRows } from "./clone-rows.js";
import { LookUpRows, STEP } from "./look-up-rows.js";
import { type Process, UNNAMED } from "./processes.js";
import { lostIn, type Shared } from "./shared.js";
import { MAX_DESCRIPTORS } from "./sockets.js";
import { type Template, Templates } from "./templates.js";

/**
 * Follows whole look-ups that went well, from their rows: socket, connect, sendto, recvfrom and close of one thread on a descriptor of which
 * nothing was known, while its process asks nothing else. Behind the close nothing is left of them but what the process counts, so
 * that neither socket nor question need be made; and what they tell is known from others that are written alike (templates.ts). And
 * halves of clones (clone-rows.ts).
 */
export class ShortWay {
  private readonly found = new LookUpRows();
  private readonly templates = new Templates();
  private readonly clones: CloneRows;

  constructor(private readonly shared: Shared) {
    this.clones = new CloneRows(shared);
  }

  /**
   * Follows what begins in row `from`, a record that is known to matter: the half of a clone, or a look-up with all other rows up to its end.
   * @returns the row behind the last that was followed; 0 when it is to be read
   */
  take(rows: UnreadRows, from: number, to: number, taker: RowTaker): number {
    return this.clones.take(rows, from, taker) ? from + 1 : this.takeLookUp(rows, from, to, taker);
  }

  private takeLookUp(rows: UnreadRows, from: number, to: number, taker: RowTaker): number {
    const { sieve, disorder, processes } = this.shared;
    const { facts } = rows;
    const thread = facts[from * FACTS + FactAt.THREAD]!;
    const process = processes.known(thread)?.process;
    if (process === undefined || process.pid === UNNAMED || thread === UNNAMED) return 0;
    if (!sieve.isOpen || disorder.known || process.asked.length > 0) return 0;
    const { descriptors } = process;
    if (descriptors.size >= MAX_DESCRIPTORS || descriptors.has(facts[from * FACTS + FactAt.RESULT]!))
      return 0;
    const behind = this.found.find(rows, from, to, (row, fd) => sieve.wouldWithhold(facts, row * FACTS, fd));
    if (behind === 0) return 0;
    const template = this.templates.of(rows, this.found);
    return template ? this.follow(rows, behind, process, template, taker) : 0;
  }

  private follow(
    rows: UnreadRows,
    behind: number,
    process: Process,
    template: Template,
    taker: RowTaker,
  ): number {
    const { sieve, context, disorder, processes, ended } = this.shared;
    const { found } = this;
    const { facts } = rows;
    const thread = processes.known(found.thread)!;
    for (let row = found.rows[0]!, step = 0; row < behind; row++) {
      if (row !== found.rows[step]) {
        sieve.withholds(facts, row * FACTS);
        context.decisions.count();
        if ((facts[row * FACTS + FactAt.BITS]! & Fact.ENDED) !== 0) ended();
        continue;
      }
      sieve.count();
      const time = taker.stamp(rows, row);
      context.decisions.advance(time);
      context.measure(found.thread, time);
      const tail = disorder.needsNoSpans ? undefined : found.rest(rows, step);
      if (disorder.shownBy(time, found.thread, tail)) {
        lostIn(rows, row, taker, this.shared);
        return row + 1;
      }
      thread.unfinished = undefined;
      this.tell(rows, step++, process, template, taker);
    }
    return behind;
  }

  /** Counts what a step does, and gives its event. */
  private tell(rows: UnreadRows, step: number, process: Process, template: Template, taker: RowTaker): void {
    if (step === STEP.CONNECT) {
      process.dns = true;
      this.emit(rows, step, "socket.connect", "process", this.own(template.connect, process), taker);
    } else if (step === STEP.SEND) {
      process.questions++;
      this.emit(rows, step, "dns.query", "network", this.asked(template.query, process), taker);
    } else if (step === STEP.RECEIVE) {
      process.answers++;
      this.emit(rows, step, "dns.answer", "network", this.asked(template.answer, process), taker);
    }
  }

  private emit(
    rows: UnreadRows,
    step: number,
    action: string,
    category: string,
    fields: Fields,
    taker: RowTaker,
  ): void {
    const row = this.found.rows[step]!;
    const shows = step === STEP.CONNECT ? "process.syscall" : action;
    const cite = taker.eventAt(rows, row, shows, "process", { "strace.call": fields["strace.call"] });
    const event = taker.eventAt(rows, row, action, category, fields);
    event.cites = [cite];
    if (step === STEP.RECEIVE) {
      // As answerEvent (output.ts) has it: it was there at some moment of the call.
      const until = event.latest + this.found.spent(rows, step);
      if (until > event.latest) event.latest = until;
    }
    this.shared.context.emit(event);
  }

  private own(fields: Fields, { pid }: Process): Fields {
    return { ...fields, "process.pid": pid, "process.thread.id": this.found.thread };
  }

  private asked(fields: Fields, process: Process): Fields {
    return { ...this.own(fields, process), "dns.id": this.found.id, "strace.fd": this.found.fd };
  }
}
