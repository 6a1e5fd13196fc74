import type { Event } from "../../model/event.js";
import { isExact } from "../transactions/dns/leg.js";
import { processOf } from "../transactions/dns/sightings.js";
import {
  FEW_TRACED,
  type TracedKind,
  type TracedQuestion,
  tracedKind,
} from "../transactions/dns/traced-question.js";
import { MOST_SPAN } from "./portrait.js";
import { LEAST_SPAN, PLAIN_CODE } from "./trace-portrait.js";

/** A question is in order when the stream is no further on than this when its answer comes: µs. */
const MOST_BEHIND = MOST_SPAN + 50_000;

/** An event in the window of a {@link TraceSettler}. */
export interface Item {
  readonly event: Event;
  /** µs UTC: that of the item before for events without a time. */
  readonly time: number;
  /** What it asks, where it may be the question of a plain exchange. */
  readonly asks: TracedQuestion | undefined;
  /** It is no part of a plain exchange. */
  isKept: boolean;
  /** Of a question: its only answer. */
  answer: Item | undefined;
  /** An answer whose question was dropped. */
  isDropped: boolean;
}

/** Finds, for the questions in the window that traces show, their only answers, and what else may have to do with them. */
export class TracePairs {
  /** The newest question with an id, if it is in the window. */
  private readonly newest = new Map<number, Item>();
  /** Questions that have no answer yet, of any kind. */
  private open: Item[] = [];

  /** Takes the next event of the stream, which is at `now` (µs UTC). */
  take(item: Item, now: number): void {
    const { action, fields } = item.event;
    switch (action) {
      case "dns.query":
        this.question(item);
        return;
      case "dns.answer":
        this.answer(item, now);
        return;
      case "dns.wait_timeout":
        for (const id of idsOf(fields["dns.id"])) this.touch(id);
        this.touchOpen();
        return;
      case "socket.error":
        this.touchOpen();
        return;
      case "socket.connect":
        if (fields["error.code"] !== undefined) this.touchOpen();
    }
  }

  /** A question leaves the window. */
  leave(item: Item): void {
    const { id } = item.asks!;
    if (this.newest.get(id) === item) this.newest.delete(id);
    this.over(item);
  }

  private question(item: Item): void {
    const { asks, event } = item;
    for (const id of idsOf(event.fields["dns.id"])) if (this.touch(id)) item.isKept = true;
    if (asks === undefined) {
      this.touchOpen();
      return;
    }
    for (const other of this.open) {
      if (!isAlike(other.asks!, asks)) continue;
      other.isKept = true;
      item.isKept = true;
    }
    this.open.push(item);
    this.newest.set(asks.id, item);
    if (this.open.length > FEW_TRACED) this.touchOpen();
  }

  private answer(item: Item, now: number): void {
    const { fields } = item.event;
    for (const id of idsOf(fields["dns.id"])) {
      const asked = this.newest.get(id);
      if (asked === undefined) continue;
      if (asked.answer === undefined && isAnswer(item.event, asked, now)) asked.answer = item;
      else asked.isKept = true;
      this.over(asked);
    }
  }

  /** Something else has that id. @returns whether a question in the window has it */
  private touch(id: number): boolean {
    const item = this.newest.get(id);
    if (item !== undefined) item.isKept = true;
    return item !== undefined;
  }

  private touchOpen(): void {
    for (const item of this.open) item.isKept = true;
  }

  private over(item: Item): void {
    if (this.open.includes(item)) this.open = this.open.filter((other) => other !== item);
  }
}

/** Knows the questions of plain exchanges. */
export class TracedQuestions {
  private last: { kind: TracedKind; event: Event } | undefined;

  /** What a `dns.query` asks that may be the question of a plain exchange; `undefined` for all others. */
  of(event: Event): TracedQuestion | undefined {
    const { fields, time } = event;
    const id = fields["dns.id"];
    const name = fields["dns.question.name"];
    const type = fields["dns.question.type"];
    const server = fields["destination.ip"];
    if (typeof id !== "number" || typeof name !== "string" || typeof type !== "string") return undefined;
    if (typeof server !== "string" || fields["destination.port"] !== 53) return undefined;
    if (fields["network.transport"] !== "udp" || fields["dns.question.name_cut"] !== undefined)
      return undefined;
    // With its own address a question has more to do with others.
    if (fields["source.ip"] !== undefined || fields["source.port"] !== undefined || !isExact(event))
      return undefined;
    const { last } = this;
    // Clients ask the same again and again.
    if (
      last?.kind.name === name &&
      last.kind.type === type &&
      last.kind.server === server &&
      isOfOneProcess(last.event, event)
    )
      return { kind: last.kind, id, asked: time };
    const process = processOf(event);
    if (process === undefined) return undefined;
    const kind = tracedKind(process, name, type, server);
    this.last = { kind, event };
    return { kind, id, asked: time };
  }
}

/** Are both surely of one process (`processOf`)? */
const isOfOneProcess = (a: Event, b: Event): boolean =>
  a.source === b.source &&
  a.fields["process.pid"] !== undefined &&
  a.fields["process.pid"] === b.fields["process.pid"] &&
  a.fields["strace.set"] === b.fields["strace.set"] &&
  (b.fields["strace.call"] === undefined) === (a.fields["strace.call"] === undefined);

const isAlike = ({ kind: a }: TracedQuestion, { kind: b }: TracedQuestion): boolean =>
  a === b || a.waitsAs === b.waitsAs;

/** Is it the answer of a plain exchange, in time? Their ids are equal. */
function isAnswer(event: Event, { asks, event: question }: Item, now: number): boolean {
  const { id, asked, kind } = asks!;
  const { fields, time } = event;
  const span = time - asked;
  // When the clock was far ahead in between, the question may be over already.
  if (!(span >= LEAST_SPAN && span < MOST_SPAN && now - asked <= MOST_BEHIND)) return false;
  return (
    isOfOneProcess(question, event) &&
    isExact(event) &&
    fields["dns.id"] === id &&
    fields["dns.response_code"] === PLAIN_CODE &&
    fields["dns.question.name"] === kind.name &&
    fields["dns.question.type"] === kind.type &&
    fields["dns.question.name_cut"] === undefined &&
    fields["destination.ip"] === kind.server &&
    fields["destination.port"] === 53 &&
    fields["network.transport"] === "udp" &&
    fields["source.ip"] === undefined &&
    fields["source.port"] === undefined
  );
}

const idsOf = (ids: unknown): readonly number[] =>
  (Array.isArray(ids) ? ids : [ids]).filter((id) => typeof id === "number");
