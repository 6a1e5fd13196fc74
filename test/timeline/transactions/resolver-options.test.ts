import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { HostKnowledge, Transactions } from "../../../src/timeline/transactions/index.js";
import { answer, ask, at, noise, of } from "../events.js";

const CLIENT = "172.17.0.2";
const SERVER = "192.0.2.53";

/** A capture, source `$source`, of a question that nobody answers, until `until` seconds after it. */
const unanswered = ($source: number, until: number): Event[] => [
  ask(0, `${CLIENT}:4000`, SERVER, 6, "before.example", undefined, { $source }),
  answer(0.001, SERVER, `${CLIENT}:4000`, 6, undefined, { $source }),
  ask(1, `${CLIENT}:4001`, SERVER, 7, "a.example", undefined, { $source }),
  noise(1 + until, { $source }),
];

/** What became of the question, hosts being known by their sources' numbers. */
function outcome(events: readonly Event[], names: ReadonlyMap<number, string> = new Map()): unknown {
  const out: Event[] = [];
  const transactions = new Transactions({ coverage: new Coverage(), host: new HostKnowledge(names) });
  for (const event of events) transactions.push(event, (assembled) => out.push(assembled));
  transactions.end((assembled) => out.push(assembled));
  return of("dns.leg", out).find(({ fields }) => fields["dns.question.name"] === "a.example")?.fields[
    "dns.outcome"
  ];
}

const options = ($source: number, ...words: string[]) =>
  at(Number.NaN, "resolver.options", { $source, "resolver.options": words });

describe("how long a client waits, by its host's resolv.conf", () => {
  it("is five seconds without one", () => {
    expect(outcome(unanswered(0, 7))).toBe("timeout");
    expect(outcome(unanswered(0, 4))).toBe("unknown");
  });

  it("is what timeout says, so that seven seconds of ten prove nothing", () => {
    expect(outcome([options(0, "ndots:5", "timeout:10"), ...unanswered(0, 7)])).toBe("unknown");
    expect(outcome([options(0, "timeout:10"), ...unanswered(0, 12)])).toBe("timeout");
  });

  it("is never taken for shorter than usual: who reads the file is not known", () => {
    expect(outcome([options(0, "timeout:1"), ...unanswered(0, 4)])).toBe("unknown");
  });

  it("is the longest of several, and thirty seconds at most", () => {
    expect(outcome([options(0, "timeout:10"), options(1, "timeout:6"), ...unanswered(0, 7)])).toBe("unknown");
    expect(outcome([options(0, "timeout:500"), ...unanswered(0, 31)])).toBe("timeout");
  });

  it("is each host's own", () => {
    const names = new Map([
      [0, "node-1"],
      [1, "node-2"],
      [2, "node-2"],
    ]);
    const ofNode2 = options(2, "timeout:10");
    expect(outcome([ofNode2, ...unanswered(0, 7)], names)).toBe("timeout");
    expect(outcome([ofNode2, ...unanswered(1, 7)], names)).toBe("unknown");
  });
});

describe("how long a client was seen to wait", () => {
  it("says nothing of another host's client with the same address", () => {
    const names = new Map([
      [0, "node-1"],
      [1, "node-2"],
    ]);
    // On node-1 it asks another server after 9 s; on node-2 the same address asks something else.
    const patient = [
      ask(-60, `${CLIENT}:3000`, SERVER, 1, "slow.example", undefined, { $source: 0 }),
      ask(-51, `${CLIENT}:3001`, "192.0.2.54", 1, "slow.example", undefined, { $source: 0 }),
      answer(-50.9, "192.0.2.54", `${CLIENT}:3001`, 1, undefined, { $source: 0 }),
    ];
    expect(outcome([...patient, ...unanswered(0, 7)], names)).toBe("unknown");
    expect(outcome([...patient, ...unanswered(1, 7)], names)).toBe("timeout");
  });
});
