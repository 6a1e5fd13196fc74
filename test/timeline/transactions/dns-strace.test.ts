import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../../src/model/event.js";
import { answer, ask, assemble, at, noise, of } from "../events.js";

const A = "192.0.2.53";
const B = "192.0.2.54";
const NONE = Number.NaN;

const call = { "strace.call": "sendto", "process.pid": 100, "process.thread.id": 100, $source: 5 };
const sent = (t: number, server: string, id: number, more: Fields = {}) =>
  at(t, "dns.query", {
    ...call,
    "strace.fd": 3,
    "destination.ip": server,
    "destination.port": 53,
    "dns.id": id,
    "dns.question.name": "a.example",
    "dns.question.type": "A",
    ...more,
  });
const read = (t: number, server: string, id: number, more: Fields = {}) =>
  at(t, "dns.answer", {
    ...call,
    "strace.call": "recvfrom",
    "destination.ip": server,
    "destination.port": 53,
    "dns.id": id,
    "dns.question.name": "a.example",
    "dns.question.type": "A",
    "dns.response_code": "NOERROR",
    ...more,
  });
const waited = (t: number, server: string, ids: number[], ms = 5000, more: Fields = {}) =>
  at(t, "dns.wait_timeout", {
    ...call,
    "strace.call": "poll",
    "destination.ip": server,
    "destination.port": 53,
    "dns.id": ids,
    "dns.wait.timeout_ms": ms,
    "event.duration": ms * 1e6,
    ...more,
  });

const moment = (t: number) => {
  const { time, latest } = noise(t);
  return { time, latest };
};

function legs(events: readonly Event[]): unknown[] {
  return of("dns.leg", assemble(events)).map(({ fields }) => [
    fields["dns.server.ip"],
    fields["dns.question.type"],
    fields["dns.outcome"],
    fields["dns.seen_by"],
  ]);
}
function lookups(events: readonly Event[]): Fields[] {
  return of("dns.lookup", assemble(events)).map((event) => event.fields);
}

describe("a DNS look-up in a system call trace", () => {
  for (const [what, t] of [
    ["with", (s: number) => s],
    ["without", () => NONE],
  ] as const) {
    it(`${what} times: the wait tells the time-out, the second server answers`, () => {
      const aaaa = { "dns.question.type": "AAAA" };
      const events = [
        sent(t(0), A, 7),
        sent(t(0), A, 8, aaaa),
        waited(t(0.001), A, [7, 8]),
        sent(t(5.01), B, 7),
        sent(t(5.01), B, 8, aaaa),
        read(t(5.02), B, 7),
        read(t(5.03), B, 8, aaaa),
      ];
      expect(legs(events)).toEqual([
        [A, "A", "timeout", "strace"],
        [B, "A", "answered", "strace"],
        [A, "AAAA", "timeout", "strace"],
        [B, "AAAA", "answered", "strace"],
      ]);
      expect(lookups(events)).toHaveLength(2);
      expect(lookups(events)[0]).toMatchObject({
        "dns.outcome": "answered",
        "dns.lookup.first_server": A,
        "dns.lookup.answered_by": B,
        "dns.lookup.timeouts": 1,
      });
      expect(of("dns.leg", assemble(events))[0]!.fields["dns.wait.timeout_ms"]).toBe(5000);
    });
  }

  it("goes by the ask's id, server and process", () => {
    const other = { "process.pid": 200, "process.thread.id": 200 };
    const events = [sent(NONE, A, 7), sent(NONE, A, 7, other), waited(NONE, A, [7]), read(NONE, A, 7, other)];
    expect(legs(events).sort()).toEqual([
      [A, "A", "answered", "strace"],
      [A, "A", "timeout", "strace"],
    ]);
  });

  it("is proven by the wait alone when the ask was not traced", () => {
    expect(legs([waited(NONE, A, [])])).toEqual([[A, undefined, "timeout", "strace"]]);
  });

  it("does not time out on a short poll", () => {
    expect(legs([sent(NONE, A, 7), waited(NONE, A, [7], 250), read(NONE, A, 7)])).toEqual([
      [A, "A", "answered", "strace"],
    ]);
  });

  it("whose wait runs out, though its answer came back to the host, is one question that timed out", () => {
    const asked = [sent(0, A, 7), ask(0.0001, "10.9.0.5:4000", A, 7, "a.example", "br-ci In")];
    const left = ask(0.0002, "198.51.100.7:4000", A, 7, "a.example", "eth0 Out");
    const back = answer(0.001, A, "198.51.100.7:4000", 7, "eth0 In");
    expect(legs([...asked, left, back, waited(5, A, [7]), noise(60)])).toEqual([
      [A, "A", "timeout", "strace"],
    ]);
  });

  it("that ends with the ask is unknown", () => {
    expect(legs([sent(NONE, A, 7)])).toEqual([[A, "A", "unknown", "strace"]]);
    expect(legs([sent(0, A, 7), noise(60, { $source: 5 })])).toEqual([[A, "A", "unknown", "strace"]]);
  });

  it("refused by the kernel is refused", () => {
    const events = [
      sent(NONE, A, 7),
      at(NONE, "socket.error", {
        ...call,
        "error.code": "ECONNREFUSED",
        "destination.ip": A,
        "destination.port": 53,
      }),
      sent(NONE, B, 7),
      read(NONE, B, 7),
    ];
    expect(legs(events)).toEqual([
      [A, "A", "refused", "strace"],
      [B, "A", "answered", "strace"],
    ]);
  });

  describe("that met with an error of which only the poll tells", () => {
    const failed = (server: string, code: string) =>
      at(NONE, "socket.error", {
        ...call,
        "error.code": code,
        "destination.ip": server,
        "destination.port": 53,
      });
    const outcome = (events: readonly Event[]) =>
      of("dns.leg", assemble(events)).map(({ fields }) => [fields["dns.outcome"], fields["error.code"]]);

    it("was refused where the server is the host itself, else not to be had", () => {
      expect(outcome([sent(NONE, "127.0.0.1", 7), failed("127.0.0.1", "POLLERR")])).toEqual([
        ["refused", "POLLERR"],
      ]);
      expect(outcome([sent(NONE, A, 7), failed(A, "POLLERR")])).toEqual([["unreachable", "POLLERR"]]);
    });

    it("was waited for in vain where the error came after seconds: nobody had answered ARP", () => {
      const late = (code: string, more: Fields) => {
        const error = failed(A, code);
        return { ...error, fields: { ...error.fields, ...more } };
      };
      const length = { "event.duration": 3_049_360_000 };
      const wait = (events: readonly Event[]) =>
        of("dns.leg", assemble(events)).map(({ fields }) => [
          fields["dns.outcome"],
          fields["dns.wait.timeout_ms"],
        ]);
      expect(wait([sent(NONE, A, 7), late("POLLERR", length)])).toEqual([["timeout", 3049]]);
      expect(wait([sent(0, A, 7), { ...late("EHOSTUNREACH", {}), ...moment(3.1) }])).toEqual([
        ["timeout", 3100],
      ]);
      // A server that refuses is there, however late it says so; and an error at once ends no wait.
      expect(wait([sent(NONE, A, 7), late("ECONNREFUSED", length)])).toEqual([["refused", undefined]]);
      expect(wait([sent(0, A, 7), { ...late("EHOSTUNREACH", {}), ...moment(0.1) }])).toEqual([
        ["unreachable", undefined],
      ]);
    });

    it("was what a receive names, whichever comes first", () => {
      for (const codes of [
        ["POLLERR", "ECONNREFUSED"],
        ["ECONNREFUSED", "POLLERR"],
      ])
        expect(outcome([sent(NONE, A, 7), ...codes.map((code) => failed(A, code))])).toEqual([
          ["refused", "ECONNREFUSED"],
        ]);
    });

    it("was what the ICMP packet says", () => {
      const icmp = at(0.0004, "icmp.message", {
        "icmp.type": 3,
        "icmp.code": 3,
        "icmp.name": "udp port unreachable",
        "icmp.original.source.ip": "198.51.100.7",
        "icmp.original.source.port": 4000,
        "icmp.original.destination.ip": A,
        "icmp.original.destination.port": 53,
      });
      const error = { ...failed(A, "POLLERR"), time: icmp.time - 100, latest: icmp.time - 100 };
      const asked = [sent(0, A, 7), ask(0.00002, "198.51.100.7:4000", A, 7, "a.example")];
      expect(outcome([...asked, error, icmp])).toEqual([["refused", "udp port unreachable"]]);
    });
  });

  it("without any visible wait is a time-out when the stamps show the silence", () => {
    expect(legs([sent(0, A, 7), sent(5, B, 9), read(5.01, B, 9)])).toEqual([
      [A, "A", "timeout", "strace"],
      [B, "A", "answered", "strace"],
    ]);
    expect(legs([sent(NONE, A, 7), sent(NONE, B, 9), read(NONE, B, 9)])).toEqual([
      [A, "A", "unknown", "strace"],
      [B, "A", "answered", "strace"],
    ]);
  });

  it("asked of two servers at once is no time-out", () => {
    expect(legs([sent(0, A, 7), sent(0.0001, B, 7), read(0.01, B, 7)])).toEqual([
      [A, "A", "unknown", "strace"],
      [B, "A", "answered", "strace"],
    ]);
  });

  it("asked of two servers in one go is no time-out, though no stamp tells how far the calls are apart", () => {
    const told = [sent(NONE, A, 7), sent(NONE, B, 7), read(NONE, A, 7)];
    expect(legs(told)).toEqual([
      [A, "A", "answered", "strace"],
      [B, "A", "unknown", "strace"],
    ]);
    expect(of("dns.leg", assemble(told)).map(({ fields }) => fields["dns.parallel"])).toEqual([true, true]);
    expect(lookups(told)).toEqual([expect.objectContaining({ "dns.outcome": "answered" })]);
  });

  for (const [what, events] of [
    ["from another socket", () => [sent(NONE, A, 7), sent(NONE, B, 7, { "strace.fd": 4 })]],
    ["after other calls", () => [sent(NONE, A, 7), noise(NONE, { $source: 5 }), sent(NONE, B, 7)]],
    ["by the stamps a second later", () => [sent(0, A, 7), sent(1, B, 7)]],
  ] as const) {
    it(`asked ${what} was not asked of both at once`, () => {
      const asked = of("dns.leg", assemble(events()));
      expect(asked.map(({ fields }) => fields["dns.parallel"])).toEqual([undefined, undefined]);
    });
  }

  it("is one leg with its packets, and the cut name is made whole", () => {
    const cut = { "dns.question.name": "a.ex", "dns.question.name_cut": true };
    const events = [
      sent(0, A, 7, cut),
      ask(0.00002, "198.51.100.7:4000", A, 7, "a.example"),
      waited(0.001, A, [7], 5000, cut),
      ask(5.0061, "198.51.100.7:4001", B, 7, "a.example"),
      sent(5.0062, B, 7, cut),
      answer(5.007, B, "198.51.100.7:4001", 7),
      read(5.0071, B, 7, cut),
      noise(40),
    ];
    expect(legs(events)).toEqual([
      [A, "A", "timeout", "strace"],
      [B, "A", "answered", "strace"],
    ]);
    expect(lookups(events)).toEqual([
      expect.objectContaining({
        "dns.question.name": "a.example",
        "source.ip": "198.51.100.7",
        "dns.seen_by": "strace",
      }),
    ]);
  });
});

describe("name resolution in words", () => {
  it("gives a leg of the server named, and no look-up", () => {
    const out = assemble([
      at(0, "dns.error", {
        "dns.question.name": "a.example",
        "dns.server.ip": A,
        "error.kind": "timeout",
        "error.message": "i/o timeout",
      }),
    ]);
    expect(out).toHaveLength(1);
    expect(out[0]).toMatchObject({
      action: "dns.leg",
      fields: { "dns.outcome": "timeout", "dns.seen_by": "words", "dns.server.ip": A },
    });
  });

  it("calls a server's SERVFAIL an answer", () => {
    const out = assemble([at(0, "dns.error", { "dns.server.ip": A, "error.kind": "servfail" })]);
    expect(out[0]!.fields).toMatchObject({ "dns.outcome": "answered", "dns.response_code": "SERVFAIL" });
  });
});

describe("a trace without stamps that was placed between other events", () => {
  const placed = (event: Event, seconds: number): Event => ({ ...event, latest: event.time + seconds * 1e6 });

  it("takes its times from the packets", () => {
    const events = [
      placed(sent(0, A, 7), 2),
      placed(read(0, A, 7), 3),
      ask(0.5, "198.51.100.7:4000", A, 7, "a.example"),
      answer(2.5, A, "198.51.100.7:4000", 7),
      noise(40),
    ];
    const [leg] = of("dns.leg", assemble(events));
    expect(leg!.fields).toMatchObject({
      "dns.outcome": "answered",
      "dns.seen_by": "strace",
      "event.duration": 2e9,
    });
  });

  it("asked nobody in parallel because the earliest times agree, and took no known time", () => {
    const events = [sent(0, A, 7), waited(0, A, [7]), sent(0, B, 7), read(0, B, 7)].map((event) =>
      placed(event, 6),
    );
    const [lookup] = lookups([...events, noise(60)]);
    expect(lookup).toMatchObject({
      "dns.lookup.first_server": A,
      "dns.lookup.answered_by": B,
      "dns.lookup.timeouts": 1,
    });
    expect(lookup!["event.duration"]).toBeUndefined();
  });
});
