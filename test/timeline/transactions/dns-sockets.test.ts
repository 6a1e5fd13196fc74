import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../../src/model/event.js";
import { answer, ask, assemble, at, of } from "../events.js";

const C = "10.9.0.5:4000";
const DNS = "192.0.2.53";
const end = at(60, "arp.request", { "arp.target.ip": "192.0.2.1" });
const other = [ask(-1, "10.9.0.5:3999", DNS, 1, "b.example"), answer(-0.99, DNS, "10.9.0.5:3999", 1)];
const legs = (events: Event[]) =>
  of("dns.leg", assemble([...other, ...events, end])).map(({ fields }) => fields);
const v6 = { "dns.question.type": "AAAA" };

describe("two questions that a socket writes at once", () => {
  it("of which one is answered: the other says so", () => {
    const found = legs([
      ask(0, C, DNS, 7, "a.example"),
      ask(0.0001, C, DNS, 8, "a.example", undefined, v6),
      answer(0.01, DNS, C, 7),
    ]);
    expect(found.find((leg) => leg["dns.id"] === 8)).toMatchObject({
      "dns.outcome": "timeout",
      "dns.twin_outcome": "answered",
    });
    expect(found.find((leg) => leg["dns.id"] === 7)).toMatchObject({ "dns.twin_outcome": undefined });
  });

  it("of which neither is answered: nothing is said of the other", () => {
    const found = legs([ask(0, C, DNS, 7, "a.example"), ask(0.0001, C, DNS, 8, "a.example", undefined, v6)]);
    expect(found.filter((leg) => leg["dns.twin_outcome"] !== undefined)).toEqual([]);
  });

  it("of which one's answer comes back to the host alone: nothing is said of it", () => {
    const found = legs([
      ask(0, C, DNS, 7, "a.example"),
      ask(0.00005, "198.51.100.7:4000", DNS, 7, "a.example"),
      ask(0.0001, C, DNS, 8, "a.example", undefined, v6),
      answer(0.01, DNS, "198.51.100.7:4000", 7),
    ]);
    expect(found.filter((leg) => leg["dns.twin_outcome"] !== undefined)).toEqual([]);
  });

  it("in one call of a trace are a pair, though neither has a time, nor its type is shown", () => {
    const call = { "strace.call": "sendmmsg", "process.pid": 9, "strace.fd": 3, $source: 5 };
    const sent = (key: number, more: Fields = {}) => ({
      ...at(Number.NaN, "dns.query", {
        ...call,
        "destination.ip": DNS,
        "destination.port": 53,
        "dns.id": key,
        "dns.question.name": "a.exam",
        ...more,
      }),
      line: 12,
    });
    const read = at(Number.NaN, "dns.answer", { ...call, "destination.ip": DNS, "dns.id": 7 });
    const waited = at(Number.NaN, "dns.wait_timeout", {
      ...call,
      "strace.call": "poll",
      "destination.ip": DNS,
      "dns.id": [8],
      "dns.wait.timeout_ms": 5000,
    });
    const twin = (second: Event) =>
      of("dns.leg", assemble([sent(7), second, read, waited])).map(
        ({ fields }) => fields["dns.twin_outcome"],
      );
    expect(twin(sent(8))).toEqual([undefined, "answered"]);
    expect(twin({ ...sent(8), line: 13 })).toEqual([undefined, undefined]);
    expect(twin(sent(8, { "dns.question.name": "b.exam" }))).toEqual([undefined, undefined]);
  });

  it("but not in the same moment are no pair", () => {
    const found = legs([
      ask(0, C, DNS, 7, "a.example"),
      answer(0.01, DNS, C, 7),
      ask(0.2, C, DNS, 8, "a.example", undefined, v6),
    ]);
    expect(found.filter((leg) => leg["dns.twin_outcome"] !== undefined)).toEqual([]);
  });
});

describe("questions of a packet list that has no ports", () => {
  /** The same packet as such a list shows it. */
  const bare = (event: Event): Event => ({
    ...event,
    fields: { ...event.fields, "source.port": undefined, "destination.port": undefined },
  });
  const named = (type: string) => ({ "dns.question.type": type, "dns.question.name": "a.example" });

  it("of two in one moment of which one is answered, nothing is said of the other's socket", () => {
    const found = legs(
      [
        ask(0, C, DNS, 7, "a.example"),
        ask(0.0001, C, DNS, 8, "a.example", undefined, v6),
        answer(0.01, DNS, C, 7),
      ].map(bare),
    );
    expect(found.find((leg) => leg["dns.id"] === 8)).toMatchObject({
      "dns.outcome": "timeout",
      "dns.twin_outcome": undefined,
    });
  });

  it("an answer with another id is counted on the one of that name and type", () => {
    const found = legs(
      [
        ask(0, C, DNS, 7, "a.example"),
        ask(0.0001, C, DNS, 8, "a.example", undefined, v6),
        answer(0.01, DNS, C, 18, undefined, named("AAAA")),
      ].map(bare),
    );
    expect(found.slice(-2).map((leg) => leg["dns.stray_answers"])).toEqual([undefined, 1]);
  });

  it("but not on one of another name or client", () => {
    const found = legs(
      [ask(0, C, DNS, 7, "b.example"), answer(0.01, DNS, C, 17, undefined, named("A"))].map(bare),
    );
    expect(found.at(-1)).toMatchObject({ "dns.outcome": "timeout", "dns.stray_answers": undefined });
    const others = legs(
      [ask(0, "10.9.0.6:4000", DNS, 7, "a.example"), answer(0.01, DNS, C, 17, undefined, named("A"))].map(
        bare,
      ),
    );
    expect(others.at(-1)).toMatchObject({ "dns.stray_answers": undefined });
  });
});

describe("an answer with another id", () => {
  it("is counted on the question that its socket waits for in vain", () => {
    expect(legs([ask(0, C, DNS, 7, "a.example"), answer(0.01, DNS, C, 9)]).at(-1)).toMatchObject({
      "dns.outcome": "timeout",
      "dns.stray_answers": 1,
    });
  });

  it("is counted on the one of two twins that it has the type of", () => {
    const found = legs([
      ask(0, C, DNS, 7, "a.example"),
      ask(0.0001, C, DNS, 8, "a.example", undefined, v6),
      answer(0.01, DNS, C, 17, undefined, { "dns.question.type": "A", "dns.question.name": "a.example" }),
      answer(0.01, DNS, C, 18, undefined, { ...v6, "dns.question.name": "a.example" }),
    ]);
    expect(found.slice(-2).map((leg) => leg["dns.stray_answers"])).toEqual([1, 1]);
  });

  it("is of no account once the right one has come", () => {
    const found = legs([ask(0, C, DNS, 7, "a.example"), answer(0.01, DNS, C, 9), answer(0.02, DNS, C, 7)]);
    expect(found.at(-1)).toMatchObject({ "dns.outcome": "answered", "dns.stray_answers": undefined });
  });

  it("is counted, too, where the id fits and the sender is not the server that was asked", () => {
    const found = legs([ask(0, C, DNS, 7, "a.example"), answer(0.01, "192.0.2.54", C, 7)]);
    expect(found.at(-1)).toMatchObject({
      "dns.server.ip": DNS,
      "dns.outcome": "timeout",
      "dns.stray_answers": 1,
    });
  });

  it("and from another server, or to another port, has nothing to do with it", () => {
    const found = legs([
      ask(0, C, DNS, 7, "a.example"),
      answer(0.01, "192.0.2.54", C, 9),
      answer(0.01, DNS, "10.9.0.5:4001", 9),
    ]);
    expect(found.find((leg) => leg["dns.id"] === 7)).toMatchObject({ "dns.stray_answers": undefined });
  });
});
