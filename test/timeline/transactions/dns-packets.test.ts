import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../../src/model/event.js";
import { answer, ask, assemble, at, noise, of, T0 } from "../events.js";

const A = "192.0.2.53";
const B = "192.0.2.54";
const C = "198.51.100.7";

function legs(events: readonly Event[]): unknown[] {
  return of("dns.leg", assemble(events)).map((leg) => [
    leg.fields["dns.server.ip"],
    leg.fields["dns.outcome"],
    leg.fields["dns.sends"],
  ]);
}
function lookups(events: readonly Event[]): Event[] {
  return of("dns.lookup", assemble(events));
}

describe("a DNS look-up in packets", () => {
  it("answered at once is one leg and one look-up", () => {
    const out = assemble([
      ask(0, `${C}:4000`, A, 7, "a.example"),
      answer(0.001, A, `${C}:4000`, 7),
      noise(9),
    ]);
    expect(out).toHaveLength(2);
    expect(out[0]).toMatchObject({
      action: "dns.leg",
      time: T0 + 1000,
      fields: {
        "dns.outcome": "answered",
        "dns.response_code": "NOERROR",
        "dns.seen_by": "packet",
        "event.duration": 1_000_000,
        "dns.sends": 1,
      },
    });
    expect(out[0]!.cites).toHaveLength(2);
    expect(out[1]!.fields).toMatchObject({
      "dns.outcome": "answered",
      "dns.lookup.servers": [A],
      "dns.lookup.answered_by": A,
      "dns.lookup.timeouts": 0,
    });
  });

  it("of a dead first server times out there and is answered by the second", () => {
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      ask(5.005, `${C}:4001`, B, 7, "a.example"),
      answer(5.006, B, `${C}:4001`, 7),
      noise(30),
    ];
    expect(legs(events)).toEqual([
      [A, "timeout", 1],
      [B, "answered", 1],
    ]);
    expect(lookups(events)).toHaveLength(1);
    expect(lookups(events)[0]!.fields).toMatchObject({
      "dns.outcome": "answered",
      "dns.lookup.first_server": A,
      "dns.lookup.answered_by": B,
      "dns.lookup.timeouts": 1,
      "dns.lookup.timed_out_servers": [A],
      "dns.lookup.servers": [A, B],
    });
    expect(of("dns.leg", assemble(events))[0]!.fields["dns.wait.timeout_ms"]).toBe(5005);
  });

  it("is joined by the client's timer when the id changes", () => {
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      ask(5.001, `${C}:4001`, B, 8, "a.example"),
      answer(5.002, B, `${C}:4001`, 8),
      noise(30),
    ];
    expect(lookups(events)).toHaveLength(1);
    expect(legs(events)).toEqual([
      [A, "timeout", 1],
      [B, "answered", 1],
    ]);
  });

  it("repeated to the same server is answered, its first leg timed out", () => {
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      ask(5, `${C}:4000`, A, 7, "a.example"),
      answer(5.001, A, `${C}:4000`, 7),
      noise(30),
    ];
    expect(legs(events)).toEqual([
      [A, "timeout", 1],
      [A, "answered", 1],
    ]);
    expect(lookups(events)[0]!.fields).toMatchObject({
      "dns.outcome": "answered",
      "dns.lookup.timeouts": 1,
      "dns.lookup.answered_by": A,
    });
  });

  it("says nothing when the capture ends inside the wait", () => {
    expect(
      legs([
        ask(-9, `${C}:3999`, A, 6, "b.example"),
        answer(-8.9, A, `${C}:3999`, 6),
        ask(0, `${C}:4000`, A, 7, "a.example"),
        noise(2),
      ]),
    ).toEqual([
      [A, "answered", 1],
      [A, "unknown", 1],
    ]);
  });

  it("times out when the capture covers the wait, also when nothing more comes", () => {
    expect(legs([ask(0, `${C}:4000`, A, 7, "a.example"), noise(5.5)])).toEqual([[A, "timeout", 1]]);
    expect(legs([ask(0, `${C}:4000`, A, 7, "a.example"), noise(60)])).toEqual([[A, "timeout", 1]]);
  });

  it("says nothing when only one direction was captured", () => {
    const events = [0, 10, 20, 30].map((t) => ask(t, `${C}:${4000 + t}`, A, 7 + t, "a.example"));
    expect(legs(events).map((leg) => (leg as string[])[1])).toEqual([
      "unknown",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });

  it("is one leg however many interfaces, captures and addresses show it", () => {
    const events = [
      ask(0, "10.0.0.2:4000", A, 7, "a.example", "veth0 In"),
      ask(0, "10.0.0.2:4000", A, 7, "a.example", "br0 In"),
      ask(0.0001, "10.0.0.2:4000", A, 7, "a.example", "eth0 Out", { $source: 3 }),
      ask(0.0002, `${C}:4000`, A, 7, "a.example", "eth0 Out"),
      ask(0.0003, `${C}:61000`, A, 7, "a.example", undefined, { $source: 2 }),
      answer(0.01, A, `${C}:4000`, 7, "eth0 In"),
      answer(0.0101, A, "10.0.0.2:4000", 7, "br0 Out"),
      answer(0.0102, A, "10.0.0.2:4000", 7, "veth0 Out"),
      noise(9),
    ];
    expect(legs(events)).toEqual([[A, "answered", 1]]);
    expect(lookups(events)).toHaveLength(1);
    expect(lookups(events)[0]!.fields["source.ip"]).toBe("10.0.0.2");
  });

  it("of two clients with one id stays apart", () => {
    const events = [
      ask(0, "10.0.0.2:4000", A, 7, "a.example", "br0 In"),
      ask(0.01, "10.0.0.3:4400", A, 7, "a.example", "br0 In"),
      answer(0.02, A, "10.0.0.3:4400", 7, "br0 Out"),
      noise(30),
    ];
    expect(legs(events)).toEqual(
      expect.arrayContaining([
        [A, "answered", 1],
        [A, "timeout", 1],
      ]),
    );
    expect(lookups(events)).toHaveLength(2);
  });

  it("asked of two servers at once is no time-out when one answers", () => {
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      ask(0.0001, `${C}:4000`, B, 7, "a.example"),
      answer(0.002, B, `${C}:4000`, 7),
      noise(30),
    ];
    expect(legs(events)).toEqual([
      [A, "unknown", 1],
      [B, "answered", 1],
    ]);
    expect(lookups(events)[0]!.fields).toMatchObject({
      "dns.outcome": "answered",
      "dns.lookup.timeouts": 0,
      "dns.lookup.first_server": B,
      "dns.lookup.parallel": true,
      "dns.lookup.answered_by": B,
    });
  });

  it("answered after the client asked again is late", () => {
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      ask(5, `${C}:4001`, B, 7, "a.example"),
      answer(5.6, A, `${C}:4000`, 7),
      at(5.6001, "icmp.message", {
        "icmp.type": 3,
        "icmp.code": 3,
        "icmp.name": "udp port unreachable",
        "source.ip": C,
        "icmp.original.source.ip": A,
        "icmp.original.source.port": 53,
        "icmp.original.destination.ip": C,
        "icmp.original.destination.port": 4000,
      }),
      noise(40),
    ];
    expect(legs(events)).toEqual([
      [A, "late", 1],
      [B, "timeout", 1],
    ]);
    expect(lookups(events)[0]!.fields).toMatchObject({ "dns.outcome": "failed", "dns.lookup.timeouts": 2 });
  });

  it("answered twice after asking twice was late the first time", () => {
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      ask(5, `${C}:4000`, A, 7, "a.example"),
      answer(5.6, A, `${C}:4000`, 7),
      answer(10.6, A, `${C}:4000`, 7),
      noise(40),
    ];
    expect(legs(events)).toEqual([
      [A, "late", 1],
      [A, "answered", 1],
    ]);
    expect(lookups(events)[0]!.fields).toMatchObject({
      "dns.outcome": "answered",
      "dns.lookup.timeouts": 1,
      "dns.lookup.answered_by": A,
    });
  });

  it("answered after two seconds is slow, not late", () => {
    expect(legs([ask(0, `${C}:4000`, A, 7, "a.example"), answer(2, A, `${C}:4000`, 7), noise(30)])).toEqual([
      [A, "answered", 1],
    ]);
  });

  it("refused by ICMP is refused, also for the AAAA twin on the same port", () => {
    const refusal = (t: number) =>
      at(t, "icmp.message", {
        "icmp.type": 3,
        "icmp.code": 3,
        "icmp.name": "udp port unreachable",
        "source.ip": A,
        "icmp.original.source.ip": C,
        "icmp.original.source.port": 4000,
        "icmp.original.destination.ip": A,
        "icmp.original.destination.port": 53,
      });
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      ask(0.0001, `${C}:4000`, A, 8, "a.example", undefined, { "dns.question.type": "AAAA" }),
      refusal(0.001),
      noise(30),
    ];
    expect(legs(events)).toEqual([
      [A, "refused", 1],
      [A, "refused", 1],
    ]);
    expect(lookups(events)[0]!.fields["dns.outcome"]).toBe("failed");
  });

  it("refused by an ICMP error that tcpdump prints without its quotation", () => {
    const refusal = (t: number) =>
      at(t, "icmp.message", {
        "icmp.type": 3,
        "icmp.code": 3,
        "icmp.name": "udp port unreachable",
        "source.ip": A,
        "destination.ip": C,
        "icmp.original.destination.ip": A,
        "icmp.original.destination.port": 53,
      });
    const events = [
      ask(-1, `${C}:3999`, B, 6, "b.example"),
      ask(0, `${C}:4000`, A, 7, "a.example"),
      refusal(0.001),
      answer(1, B, `${C}:3999`, 6),
      noise(30),
    ];
    expect(legs(events)).toEqual([
      [B, "answered", 1],
      [A, "refused", 1],
    ]);
    // A restarting server may refuse and still answer.
    expect(
      legs([
        ask(0, `${C}:4000`, A, 7, "a.example"),
        refusal(0.0001),
        answer(0.002, A, `${C}:4000`, 7),
        noise(30),
      ]),
    ).toEqual([[A, "answered", 1]]);
  });

  it("goes on to the next server after SERVFAIL", () => {
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      answer(0.001, A, `${C}:4000`, 7, undefined, { "dns.response_code": "SERVFAIL" }),
      ask(0.002, `${C}:4001`, B, 7, "a.example"),
      answer(0.003, B, `${C}:4001`, 7),
      noise(30),
    ];
    expect(lookups(events)).toHaveLength(1);
    expect(lookups(events)[0]!.fields).toMatchObject({
      "dns.outcome": "answered",
      "dns.response_code": "NOERROR",
      "dns.lookup.answered_by": B,
      "dns.lookup.timeouts": 0,
    });
  });

  it("with the same id again and again is a look-up each time", () => {
    const events = [0, 1, 2, 3].flatMap((t) => [
      ask(t, `${C}:4000`, A, 7, "a.example"),
      answer(t + 0.001, A, `${C}:4000`, 7),
    ]);
    expect(lookups([...events, noise(30)])).toHaveLength(4);
  });

  it("learns the client's wait", () => {
    const events = [
      ask(0, `${C}:4000`, A, 7, "a.example"),
      ask(1.001, `${C}:4001`, B, 7, "a.example"),
      ask(2.003, `${C}:4002`, A, 7, "a.example"),
      ask(3.004, `${C}:4003`, B, 7, "a.example"),
      noise(4.5),
    ];
    expect(legs(events)).toEqual([
      [A, "timeout", 1],
      [B, "timeout", 1],
      [A, "timeout", 1],
      [B, "timeout", 1],
    ]);
    expect(lookups(events)[0]!.fields).toMatchObject({ "dns.outcome": "failed", "dns.lookup.timeouts": 4 });
  });

  it("answers for each of a hundred thousand questions with one id and names of their own", () => {
    const events: Event[] = [];
    for (let i = 0; i < 100_000; i++)
      events.push(ask(i * 1e-6, `${C}:${(i % 60000) + 1024}`, A, 7, `n${i}.example`, "eth0 Out"));
    const out = assemble(events);
    expect(of("dns.leg", out)).toHaveLength(100_000);
  });
});

describe("packets whose parties are printed by name", () => {
  it("are asked of and answered by names", () => {
    const named = (
      t: number,
      action: string,
      from: string,
      to: string,
      id: number,
      port: number,
      more: Fields = {},
    ) =>
      at(t, action, {
        "network.transport": "udp",
        "source.address": from,
        "destination.address": to,
        "source.port": action === "dns.query" ? port : 53,
        "destination.port": action === "dns.query" ? 53 : port,
        "dns.id": id,
        "dns.question.name": "a.example",
        "dns.question.type": "A",
        ...more,
      });
    const legs = of(
      "dns.leg",
      assemble([
        named(0, "dns.query", "web.example", "ns1.example", 7, 4000),
        named(5.005, "dns.query", "web.example", "ns2.example", 7, 4001),
        named(5.006, "dns.answer", "ns2.example", "web.example", 7, 4001, { "dns.response_code": "NOERROR" }),
        named(90, "dns.query", "web.example", "ns2.example", 9, 4002),
        named(90.001, "dns.answer", "ns2.example", "web.example", 9, 4002, {
          "dns.response_code": "NOERROR",
        }),
      ]),
    ).map(({ fields }) => [fields["dns.server.ip"], fields["dns.outcome"]]);
    expect(legs).toEqual([
      ["ns1.example", "timeout"],
      ["ns2.example", "answered"],
      ["ns2.example", "answered"],
    ]);
  });
});
