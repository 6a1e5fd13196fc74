import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { RuleEngine } from "../../../src/rules/engine.js";
import { rules } from "../../../src/rules/generated.js";
import { tracePlan } from "../../../src/run/trace-plan.js";
import { TraceSettler } from "../../../src/timeline/settler/trace-settler.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { Transactions } from "../../../src/timeline/transactions/index.js";
import { at } from "../events.js";
import { lacking } from "./hearing.js";
import { generator } from "./traffic.js";

const SERVERS = ["192.0.2.53", "192.0.2.54"];
const TRACE = 0;
const LOG = 1;

interface Call {
  seconds: number;
  process: number;
  id: number;
  name?: string;
  server?: string;
  cut?: boolean;
}

const call = (action: string, { seconds, process, id, name = "a.example", server, cut }: Call, more = {}) =>
  at(seconds, action, {
    $source: TRACE,
    "network.protocol": "dns",
    "network.transport": "udp",
    "dns.id": id,
    "dns.question.name": name,
    "dns.question.type": "A",
    "dns.question.name_cut": cut ? true : undefined,
    "destination.ip": server ?? SERVERS[0],
    "destination.port": 53,
    "strace.call": action === "dns.query" ? "sendto" : "recvfrom",
    "process.pid": process,
    "process.thread.id": process,
    "strace.fd": 5,
    ...more,
  });
const ask = (made: Call) => call("dns.query", made, { "dns.type": "query" });
const answer = (made: Call, code = "NOERROR") =>
  call("dns.answer", made, { "dns.type": "answer", "dns.response_code": code });
const wait = (made: Call, ms = 1000) =>
  call("dns.wait_timeout", made, { "dns.wait.timeout_ms": ms, "event.duration": ms * 1e6 });
const failure = (action: string, made: Call) => call(action, made, { "error.code": "ECONNREFUSED" });
const connect = (seconds: number, process: number): Event => ({
  ...at(seconds, "socket.connect", {
    $source: TRACE,
    "strace.call": "connect",
    "process.pid": process,
    "network.transport": "udp",
    "destination.ip": SERVERS[0],
    "destination.port": 53,
  }),
  category: "process",
});
const words = (seconds: number, name: string, kind: string) =>
  at(seconds, "dns.error", {
    $source: LOG,
    "error.kind": kind,
    "dns.question.name": name,
    "dns.server.ip": SERVERS[0],
  });

/** Look-ups of all kinds, drawn from so few values that they meet in all ways. */
function look(seed: number, count: number): Event[] {
  const random = generator(seed);
  const pick = <T>(from: readonly T[]): T => from[random(from.length)]!;
  const gap = pick([0.002, 0.02, 0.2]);
  const ids = pick([3, 40, 60_000]);
  const names = seed % 2 === 0 ? ["a.example"] : ["a.example", "b.example", "c.example"];
  const events: Event[] = [];
  let seconds = 1;
  for (let n = 0; n < count; n++) {
    const made = {
      seconds,
      process: 70 + random(3),
      id: random(ids),
      name: pick(names),
      server: pick(SERVERS),
      cut: random(40) === 0,
    };
    const soon = { ...made, seconds: seconds + pick([0.00005, 0.0004, 0.03, 0.2]) };
    const later = { ...made, seconds: seconds + 1 };
    events.push(connect(seconds, made.process), ask(made));
    switch (random(12)) {
      case 0:
        events.push(wait(later), ask({ ...later, server: SERVERS[1]! }));
        break;
      case 1:
        events.push(wait(later), ask({ ...later, id: random(ids), server: SERVERS[1]! }));
        break;
      case 2:
        events.push(answer(soon, pick(["NXDOMAIN", "SERVFAIL"])));
        break;
      case 3:
        events.push(failure(pick(["socket.error", "socket.connect"]), soon));
        break;
      case 4:
        events.push(words(soon.seconds, made.name, pick(["timeout", "no-such-host", "refused"])));
        break;
      case 5:
        events.push(answer(soon), answer({ ...soon, seconds: soon.seconds + 0.001 }));
        break;
      default:
        events.push(answer(soon));
    }
    seconds += random(100) === 0 ? 4 : gap * (1 + random(5));
  }
  return events.sort((a, b) => a.time - b.time);
}

/** What is decided of a stream, and what the rules find. */
function hear(events: readonly Event[], settles: boolean) {
  const coverage = new Coverage();
  coverage.note(TRACE, "strace", Number.NaN, Number.NaN);
  const transactions = new Transactions({ coverage });
  const engine = new RuleEngine(rules);
  const decided: Event[] = [];
  let taken = 0;
  const judge = (event: Event) => {
    decided.push(event);
    engine.push(event);
  };
  const take = (event: Event) => {
    taken++;
    transactions.push(event, judge);
    engine.push(event);
  };
  const settler = new TraceSettler({ ...tracePlan(rules)!, transactions, take, decided: judge });
  for (const event of events)
    if (settles) settler.push(event);
    else take(event);
  settler.end();
  transactions.end(judge);
  return { decided, taken, result: { ...engine.end(), notes: transactions.notes } };
}

const isPlain = ({ action, fields }: Event) =>
  (action === "dns.leg" || action === "dns.lookup") &&
  fields["dns.outcome"] === "answered" &&
  fields["dns.response_code"] === "NOERROR" &&
  (fields["event.duration"] as number) < 1e8;

describe("the settler of traces", () => {
  const seeds = Array.from({ length: 60 }, (_, i) => i + 1);

  it.each(seeds)("takes away nothing but plain exchanges, and changes no finding (calls %i)", (seed) => {
    const events = look(seed, 400);
    const full = hear(events, false);
    const fast = hear(events, true);
    expect(fast.result).toEqual(full.result);
    const { lacks, isSubsequence } = lacking(full.decided, fast.decided);
    expect(isSubsequence).toBe(true);
    expect(lacks.filter((event) => !isPlain(event))).toEqual([]);
  });

  it("takes plain exchanges away, but for the one that makes a process known, and the first plain one", () => {
    const events: Event[] = [];
    for (let n = 0; n < 200; n++) {
      const made = { seconds: n / 20, process: 70 + (n % 2), id: n };
      events.push(connect(made.seconds, made.process), ask(made));
      events.push(answer({ ...made, seconds: made.seconds + 0.001 }));
    }
    const { decided, taken } = hear(events, true);
    expect(taken).toBe(8);
    expect(decided.map(({ action, fields }) => [action, fields["process.pid"]])).toEqual([
      ["dns.leg", 70],
      ["dns.lookup", 70],
      ["dns.leg", 71],
      ["dns.lookup", 71],
      ["dns.leg", 70],
      ["dns.lookup", 70],
      ["dns.leg", 71],
      ["dns.lookup", 71],
    ]);
  });

  it.each([
    ["answered by an error", answer({ seconds: 5.001, process: 70, id: 9 }, "SERVFAIL")],
    ["answered late", answer({ seconds: 5.15, process: 70, id: 9 })],
    ["answered to another process", answer({ seconds: 5.001, process: 71, id: 9 })],
    ["of which words may tell", words(5.0005, "a.example", "timeout")],
    ["whose socket fails", failure("socket.error", { seconds: 5.0005, process: 70, id: 9 })],
  ])("keeps a question %s", (_what, event) => {
    const made = { process: 70, id: 9 };
    const events = [
      ask({ ...made, seconds: 1 }),
      answer({ ...made, seconds: 1.001 }),
      ask({ ...made, seconds: 5 }),
      event,
      answer({ ...made, seconds: 5.3 }),
    ].sort((a, b) => a.time - b.time);
    expect(hear(events, true).taken).toBe(events.length);
  });

  it("drops nothing where a rule asks for healthy look-ups", () => {
    const asking = { ...rules.find(({ id }) => id === "dns-slow")!, unless: [] };
    const [query] = asking.queries;
    const where = { op: "compare", is: "==", left: { op: "field", name: "dns.outcome" } } as const;
    const healthy = { ...where, right: { op: "constant", value: "answered" } } as const;
    const changed = { ...query!, query: { kind: "event", category: undefined, where: healthy } as never };
    expect(tracePlan([{ ...asking, queries: [changed] }])).toBeUndefined();
  });
});
