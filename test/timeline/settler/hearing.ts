import { PacketAccounts } from "../../../src/decode/packet/accounts.js";
import { PacketReader } from "../../../src/decode/packet/reader.js";
import { type PacketRows, RowDecoder } from "../../../src/decode/packet/row-decoder.js";
import { PacketSequence } from "../../../src/decode/packet/sequence.js";
import type { Event } from "../../../src/model/event.js";
import { RuleEngine } from "../../../src/rules/engine.js";
import { rules } from "../../../src/rules/generated.js";
import { packetPlan } from "../../../src/run/packets.js";
import { wantedActions } from "../../../src/run/wanted.js";
import type { Batch, Sink } from "../../../src/timeline/lanes.js";
import { mergeInto } from "../../../src/timeline/merge.js";
import { Settler } from "../../../src/timeline/settler/settler.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { Transactions } from "../../../src/timeline/transactions/index.js";
import { at } from "../events.js";
import { BEGINNING, type Traced } from "./traffic.js";

const wanted = wantedActions(rules)!;
const plan = packetPlan(rules, wanted)!;

/** Between which times (µs UTC) anybody wants to hear of what happened. */
export interface Window {
  since?: number;
  until?: number;
}

/** What becomes of an investigation's stream: all that is decided, and what the rules find. */
class Hearing {
  readonly coverage = new Coverage();
  readonly transactions = new Transactions({ coverage: this.coverage });
  readonly decided: Event[] = [];
  taken = 0;
  private readonly engine = new RuleEngine(rules, {
    coverage: { covers: (_kind, from, to) => this.coverage.coversAny("packets", from, to) },
  });

  constructor(private readonly window: Window) {
    for (const source of [0, 1]) this.coverage.note(source, "packets", Number.NaN, Number.NaN);
    this.coverage.note(2, "strace", Number.NaN, Number.NaN);
  }

  readonly take = (event: Event) => {
    if (this.outside(event.time, event.latest)) return;
    this.taken++;
    this.transactions.push(event, this.judge);
    this.engine.push(event);
  };

  readonly judge = (event: Event) => {
    this.decided.push(event);
    this.engine.push(event);
  };

  readonly outside = (time: number, latest: number) =>
    latest < (this.window.since ?? -Infinity) || time > (this.window.until ?? Infinity);

  end() {
    this.transactions.end(this.judge);
    return { ...this.engine.end(), transactions: this.transactions.notes };
  }
}

async function* once<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The events of a trace: the client's own asks, as `decode/strace` gives them. */
export function traceOf(traced: readonly Traced[]): Event[] {
  const events = traced.map(({ at: us, id, name, port, server }) => ({
    ...at(0, "dns.query", {
      $source: 2,
      "strace.call": "sendto",
      "process.pid": 77,
      "dns.id": id,
      "dns.question.name": name,
      "dns.question.type": "A",
      "source.port": port,
      "destination.ip": server,
      "destination.port": 53,
    }),
    time: BEGINNING + us,
    latest: BEGINNING + us,
  }));
  return events.sort((a, b) => a.time - b.time);
}

/** A program's complaints about the same asks, a moment later: right ones and wrong ones, with and without their sockets. */
export function wordsOf(traced: readonly Traced[]): Event[] {
  const kinds = ["no-such-host", "servfail", "refused", "timeout"];
  const events = traced.map(({ at: us, name, port, server }, i) => ({
    ...at(0, "dns.error", {
      $source: 2,
      "error.kind": kinds[i % kinds.length],
      "dns.question.name": name,
      "dns.server.ip": server,
      ...(i % 3 > 0 && { "source.port": port }),
    }),
    time: BEGINNING + us + (i % 7) * 40_000,
    latest: BEGINNING + us + (i % 7) * 40_000,
  }));
  return events.sort((a, b) => a.time - b.time);
}

/** The full way: every packet of the captures is an event. `beside`: the events of source 2. */
export async function everyPacketAnEvent(captures: readonly Buffer[], beside: Event[], window: Window = {}) {
  const hearing = new Hearing(window);
  const lanes = captures.map((bytes, source) => {
    const events: Event[] = [];
    const reader = new PacketReader(source, (batch) => events.push(...batch), {
      wants: (kind) => wanted.has(kind),
    });
    reader.push(bytes);
    reader.end();
    return once<Batch>([events]);
  });
  await mergeInto([...lanes, once<Batch>([beside])], {
    pushEvents: (events, from, to) => events.slice(from, to).forEach(hearing.take),
    pushRows: () => {},
  });
  return { hearing, result: hearing.end() };
}

/** Rows whose memory holds something else as soon as the settler says that it needs them no more. */
function spoiledWhenDone({ segment, ...rest }: PacketRows): PacketRows {
  const { times, words } = segment;
  const frames = Buffer.from(segment.frames);
  const done = () => {
    times.fill(Number.NaN);
    words.fill(-1);
    frames.fill(0xff);
  };
  return { ...rest, segment: { ...segment, frames }, done };
}

/** The fast way: packets are rows, and pass the settler. */
export async function settled(
  captures: readonly Buffer[],
  beside: Event[],
  window: Window = {},
  chunk = 5000,
) {
  const hearing = new Hearing(window);
  const lanes = captures.map((bytes, source) => {
    const sequence = new PacketSequence(source, plan.asked, new PacketAccounts(""));
    const parts: PacketRows[] = [];
    for (let i = 0; i < bytes.length; i += chunk) parts.push(sequence.push(bytes.subarray(i, i + chunk)));
    parts.push(sequence.end());
    return once<Batch>(parts.map(spoiledWhenDone));
  });
  const { transactions, take, judge, outside } = hearing;
  const decoder = new RowDecoder(plan.asked.wanted);
  const settler = new Settler({ ...plan.settling!, transactions, take, decided: judge, decoder, outside });
  await mergeInto([...lanes, once<Batch>([beside])], settler satisfies Sink);
  settler.end();
  return { hearing, result: hearing.end() };
}

/** What is made of a plain exchange. */
export const isPlain = ({ action, fields }: Event) =>
  (action === "dns.leg" || action === "dns.lookup") &&
  fields["dns.outcome"] === "answered" &&
  fields["dns.seen_by"] === "packet" &&
  (fields["event.duration"] as number) < 1e8;

/** Taking `fewer` for the list that may lack some: what it lacks, and whether all it has comes in the same order. */
export function lacking(
  all: readonly Event[],
  fewer: readonly Event[],
): { lacks: Event[]; isSubsequence: boolean } {
  const lacks: Event[] = [];
  const texts = fewer.map((event) => JSON.stringify(event));
  let next = 0;
  for (const event of all) {
    if (JSON.stringify(event) === texts[next]) next++;
    else lacks.push(event);
  }
  return { lacks, isSubsequence: next === texts.length };
}
