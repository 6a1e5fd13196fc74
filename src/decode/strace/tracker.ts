import type { Event } from "../../model/event.js";
import { Part } from "../../scan/call-line.js";
import { FACTS, Fact, FactAt } from "../../scan/facts.js";
import type { RowTaker } from "../text/late.js";
import { rowText, type UnreadRows } from "../text/unread.js";
import { Call, slim } from "./calls.js";
import { Context } from "./context.js";
import { Decisions } from "./decisions.js";
import * as descriptors from "./descriptors.js";
import { Disorder } from "./disorder.js";
import { FactGlance, noteIn } from "./fact-glance.js";
import { FieldGlance } from "./field-glance.js";
import { HANDLERS, type Handler } from "./handlers.js";
import type { Glance } from "./kinds.js";
import { LineGlance } from "./line-glance.js";
import { isIdle } from "./need.js";
import { type Process, Processes, sharesFiles, type Thread, UNNAMED } from "./processes.js";
import { ShortWay } from "./short-way.js";
import { LOOKED_AT_FIRST, Sieve } from "./sieve.js";

const READS_AND_WRITES = new Set(["read", "readv", "write", "writev"]);
const CLONES = new Set(["clone", "clone3", "fork", "vfork"]);
/** Sees a call, before it is followed, and whose it is. */
export type Watch = (call: Call, process: Process) => void;

/** The first half of a call that is longer than this is not kept. */
const MAX_KEPT_ARGS = 16 << 10;

/**
 * Follows the system calls of one trace from descriptor to descriptor and tells what they mean for name look-ups and connections:
 * `dns.query`, `dns.answer`, `dns.wait_timeout`, `socket.connect`, `socket.error` (docs/FIELDS.md).
 *
 * Takes the events of `grammars/strace/strace.grammar` in file order, stamped or not (time NaN). Memory is bounded: threads,
 * descriptors and open questions have caps, and emitted events keep no text of the file.
 */
export class StraceTracker {
  private readonly processes: Processes;
  private readonly decisions: Decisions;
  private readonly context: Context;
  private readonly disorder = new Disorder();
  /** Whose call was torn apart by a line of strace's own. */
  private torn: Thread | undefined;
  private readonly sieve: Sieve;
  private readonly shortWay: ShortWay;
  private readonly glance = new LineGlance();
  private readonly noted = new FactGlance();
  /** The next record is the one that could not be taken as its text: it is known to matter. */
  private matters = false;

  /**
   * @param emit takes the events that the calls give, roughly in file order
   * @param first so many records are all followed, before those that concern no socket are withheld
   * @param watch sees each call that sends, receives, reads or writes, whatever its data; none is withheld then
   */
  constructor(
    emit: (event: Event) => void,
    first = LOOKED_AT_FIRST,
    private readonly watch?: Watch,
  ) {
    this.decisions = new Decisions(emit);
    this.processes = new Processes((process) => this.decisions.gone(process));
    this.context = new Context(this.processes, this.decisions, emit);
    const sieve = new Sieve(this.processes, (thread) => this.context.awaits(thread), first);
    this.sieve = sieve;
    const { processes, context, disorder } = this;
    this.shortWay = new ShortWay({
      ...{ processes, context, disorder, sieve },
      ended: () => {
        this.torn = undefined;
      },
      lost: (event, thread) => this.alone(event, thread),
    });
  }

  /**
   * Takes the next records, rows [from, to), as long as they need no reading: they change nothing, or a short way is known.
   * @param taker takes those that change something; absent: they are read
   * @returns the first that must be read and pushed; `to` when there is none
   */
  passOver(rows: UnreadRows, from: number, to: number, taker?: RowTaker): number {
    const { sieve, disorder, decisions } = this;
    const { facts } = rows;
    for (let row = from; row < to; row++) {
      if (!disorder.known && sieve.withholds(facts, row * FACTS)) {
        decisions.count();
        if ((facts[row * FACTS + FactAt.BITS]! & Fact.ENDED) !== 0) this.torn = undefined;
      } else if (!this.takes(rows, row)) {
        const behind = taker && this.matters ? this.shortWay.take(rows, row, to, taker) : 0;
        if (behind === 0) return row;
        this.matters = false;
        row = behind - 1;
      }
    }
    return to;
  }

  private takes(rows: UnreadRows, row: number): boolean {
    const { glance, noted } = this;
    if (noted.at(rows.facts, row * FACTS)) {
      if (noted.noted && this.context.knows(noted, noteIn(rows, row))) noted.noted = false;
      if (!this.passes(noted)) return true;
      this.matters = !noted.guessed;
      if (this.matters) return false;
    }
    if (!glance.of(rowText(rows, row))) return false;
    this.matters = !isIdle(glance) && this.passes(glance);
    return !this.matters;
  }

  /** Takes the next record. */
  push(event: Event): void {
    const { fields } = event;
    if (event.action === "process.syscall" && !this.watch) {
      if (!this.matters) {
        const glance = new FieldGlance(fields);
        if (isIdle(glance) || !this.passes(glance)) return;
      }
      this.matters = false;
      this.sieve.count();
    }
    const id = fields["process.thread.id"];
    const thread = typeof id === "number" ? id : UNNAMED;
    this.decisions.advance(event.time);
    this.context.measure(thread, event.time);
    switch (event.action) {
      case "process.syscall":
        if (this.disorder.shownBy(event.time, thread, fields["strace.tail"])) this.alone(event, thread);
        else this.syscall(event, thread);
        return;
      case "process.exit":
        this.processes.exit(thread);
        return;
      case "process.attached":
        this.processes.announce(thread);
        return;
      default:
    }
  }

  /** The trace is over: decides what is still undecided. */
  end(): void {
    this.decisions.end();
  }

  private passes(glance: Glance): boolean {
    if (this.disorder.known || this.sieve.passes(glance)) return true;
    this.sieve.count();
    this.decisions.count();
    if (glance.part === Part.ENDED) this.torn = undefined;
    return false;
  }

  private syscall(event: Event, id: number): void {
    const { fields } = event;
    const args = fields["strace.args"];
    if (typeof args !== "string") return;
    const text = fields["strace.cell"] === true ? args.replaceAll('""', '"') : args;
    if (fields["strace.resumed"] === true) {
      this.resumed(event, id, text);
      return;
    }
    const name = String(fields["strace.call"]);
    const handler = HANDLERS.get(name);
    const clones = CLONES.has(name);
    if (fields["strace.unfinished"] === true) {
      this.unfinished(event, this.processes.thread(id), name, text, handler !== undefined || clones);
      return;
    }
    if (handler === undefined && !clones) return;
    const thread = this.processes.thread(id);
    thread.unfinished = undefined;
    const call = new Call(
      name,
      text,
      textOf(fields["strace.ret"]),
      textOf(fields["strace.tail"]),
      [event],
      id,
      Number.NaN,
    );
    this.run(call, thread, handler);
  }

  private unfinished(event: Event, thread: Thread, name: string, args: string, matters: boolean): void {
    const attached = event.fields["strace.attached"];
    if (typeof attached === "number") {
      this.processes.announce(attached);
      this.torn = thread;
    }
    thread.unfinished = undefined;
    if (!matters || args.length > MAX_KEPT_ARGS) return;
    if (!this.watch && READS_AND_WRITES.has(name) && !descriptors.mayBeDns(thread.process, args)) return;
    // A copy: the text may be a slice of a large chunk, and the other half may never come.
    const kept = Buffer.from(args, "latin1").toString("latin1");
    thread.unfinished = { name, args: kept, record: slim(event) };
    if (CLONES.has(name)) this.processes.beginClone(thread);
  }

  private resumed(event: Event, id: number, args: string): void {
    const { fields, time } = event;
    if (fields["strace.unfinished"] === true) return;
    const name = fields["strace.call"];
    const thread = name === undefined ? this.torn : this.processes.thread(id);
    this.torn = undefined;
    const first = thread?.unfinished;
    if (thread !== undefined) {
      thread.unfinished = undefined;
      this.decisions.returned(thread, time);
    }
    // Without its beginning (traced from the middle on) nobody knows what the call was about.
    if (thread === undefined || first === undefined || (name !== undefined && first.name !== name)) return;
    const whole = first.args + args;
    const call = new Call(
      first.name,
      whole,
      textOf(fields["strace.ret"]),
      textOf(fields["strace.tail"]),
      [first.record, event],
      thread.id,
      time,
    );
    this.run(call, thread, HANDLERS.get(first.name));
  }

  private run(call: Call, thread: Thread, handler: Handler | undefined): void {
    if (handler === undefined) {
      this.processes.endClone(thread, call.value, sharesFiles(call.args));
      return;
    }
    this.watch?.(call, thread.process);
    if (READS_AND_WRITES.has(call.name) && !call.failed && !descriptors.mayBeDns(thread.process, call.args))
      return;
    handler(this.context, call);
  }

  /** In a trace without order only what the record says by itself counts. */
  private alone(event: Event, thread: number): void {
    this.decisions.clear();
    this.processes.clear();
    this.syscall(event, thread);
    this.decisions.end();
  }
}

const textOf = (value: unknown) =>
  typeof value === "string" ? value : value === undefined ? "" : String(value);
