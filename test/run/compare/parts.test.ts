import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Event, Fields } from "../../../src/model/event.js";
import { Census } from "../../../src/run/compare/census.js";
import { factsOf } from "../../../src/run/compare/facts.js";
import { Histogram } from "../../../src/run/compare/histogram.js";
import { apart, NO_CHANCE, surprise } from "../../../src/run/compare/statistics.js";
import { isTrouble, wordsOf } from "../../../src/run/compare/trouble.js";

const event = (action: string, fields: Fields, time = 1_795_000_000e6): Event => ({
  source: 0,
  line: 1,
  offset: 0,
  length: 1,
  time,
  ns: 0,
  latest: time,
  action,
  category: "network",
  fields,
});

describe("quantiles of durations", () => {
  it("are those of the sorted list, to one percent, in any order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.1, 0.5, 0.95, 1),
        (durations, share) => {
          const [one, other] = [new Histogram(), new Histogram()];
          for (const us of durations) one.add(us);
          for (const us of [...durations].reverse()) other.add(us);
          const exact = [...durations].sort((a, b) => a - b)[Math.ceil(share * durations.length) - 1]!;
          // Whole microseconds: the shortest ones are right to one.
          expect(Math.abs(one.quantile(share) - exact)).toBeLessThanOrEqual(exact * 0.0105 + 1);
          expect(other.quantile(share)).toBe(one.quantile(share));
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });

  it("are unknown where nothing was timed", () => {
    expect(new Histogram().quantile(0.5)).toBeNaN();
  });
});

describe("the surprise of two counts", () => {
  it("is none where the rates are the same", () => {
    expect(surprise(10, 100, 30, 300)).toBeCloseTo(0);
  });

  it("knows what was watched: ten in an hour are not ten in a minute", () => {
    expect(surprise(10, 3600, 10, 60)).toBeGreaterThan(NO_CHANCE);
    expect(surprise(10, 60, 10, 60)).toBe(0);
  });

  it("takes one against none for chance", () => {
    expect(surprise(1, 60, 0, 60)).toBeLessThan(NO_CHANCE);
    expect(surprise(0, 60, 12, 60)).toBeGreaterThan(NO_CHANCE);
  });

  it("sizes lie apart between nothing and all", () => {
    expect([apart(0, 0), apart(5, 5), apart(0, 5), apart(10, 5)]).toEqual([0, 0, 1, 0.5]);
  });
});

describe("trouble", () => {
  it.each<[string, Fields]>([
    ["dns.leg", { "dns.outcome": "timeout" }],
    ["dns.answer", { "dns.response_code": "SERVFAIL" }],
    ["http.access", { "http.response.status_code": 502 }],
    ["socket.connect", { "error.code": "ECONNREFUSED" }],
    ["bridge.mac_change", {}],
    ["http.error", {}],
  ])("%s %j", (action, fields) => {
    expect(isTrouble(event(action, fields))).toBe(true);
  });

  it.each<[string, Fields]>([
    ["dns.leg", { "dns.outcome": "answered", "dns.response_code": "NOERROR" }],
    ["dns.answer", { "dns.response_code": "NXDOMAIN" }],
    ["http.access", { "http.response.status_code": 401 }],
    ["http.access", { "http.response.status_code": 200 }],
    ["socket.connect", { "error.code": "EINPROGRESS" }],
    ["registry.attempt", {}],
  ])("is not %s %j", (action, fields) => {
    expect(isTrouble(event(action, fields))).toBe(false);
  });

  it("is told apart by how it went", () => {
    expect(wordsOf(event("dns.leg", { "dns.outcome": "answered", "dns.response_code": "SERVFAIL" }))).toBe(
      "dns.outcome=answered, dns.response_code=SERVFAIL",
    );
  });
});

describe("facts of the network", () => {
  it.each<[string, Fields, [string, string, string[]][]]>([
    ["resolver.server", { "dns.server.ip": "192.0.2.53" }, [["name server", "", ["192.0.2.53"]]]],
    [
      "route.entry",
      { "destination.subnet": "default", "route.gateway": "10.0.0.1", "interface.out": "eth0" },
      [["route", "default", ["via 10.0.0.1 dev eth0"]]],
    ],
    ["route.entry", { "destination.subnet": "default", "route.deleted": true }, []],
    [
      "link.state",
      {
        "interface.name": "br-ci",
        "interface.mac": "02:42:00:00:00:01",
        "interface.addresses": ["10.9.0.1/24", "fe80::1/64"],
      },
      [
        ["MAC of interface", "br-ci", ["02:42:00:00:00:01"]],
        ["address of interface", "br-ci", ["10.9.0.1/24"]],
      ],
    ],
    [
      "nat.rule",
      { "rule.text": "[12:720] -A POSTROUTING -s 10.9.0.0/24 -j MASQUERADE" },
      [["NAT rule", "", ["-A POSTROUTING -s 10.9.0.0/24 -j MASQUERADE"]]],
    ],
    [
      "sysctl.setting",
      { "sysctl.name": "net.ipv4.ip_forward", "sysctl.value": "0" },
      [["kernel setting", "net.ipv4.ip_forward", ["0"]]],
    ],
    ["sysctl.setting", { "sysctl.name": "fs.file-nr", "sysctl.value": "992" }, []],
    ["dns.query", { "dns.question.name": "a.example.net" }, []],
  ])("%s %j", (action, fields, facts) => {
    expect(
      factsOf(event(action, fields)).map(({ what, subject, values }) => [what, subject, values]),
    ).toEqual(facts);
  });
});

describe("the census", () => {
  it("says how much it could not tell apart, and keeps counting what it knows", () => {
    const census = new Census();
    for (let code = 0; code < 5_100; code++) census.look(event("http.error", { "error.code": `E${code}` }));
    census.look(event("http.error", { "error.code": "E0" }));
    expect(census.kinds.size).toBe(5_000);
    expect(census.overflow).toBe(100);
    expect(census.kinds.get("http.error\nerror.code=E0")?.count).toBe(2);
  });

  it("keeps so many values of one fact, and says that there were more", () => {
    const census = new Census();
    for (let i = 0; i < 300; i++)
      census.look(
        event("arp.reply", { "arp.sender.ip": "10.0.0.1", "arp.sender.mac": `02:00:00:00:00:${i}` }),
      );
    expect(census.facts.get("MAC behind address\n10.0.0.1")?.values.size).toBe(256);
    expect(census.overflow).toBe(44);
  });

  it("takes no time from what has none, or no end", () => {
    const census = new Census();
    census.look(event("dns.query", {}, Number.NaN));
    census.look(event("dns.query", {}, Number.NEGATIVE_INFINITY));
    expect(census.sources.get(0)).toMatchObject({ from: Number.NaN, to: Number.NaN });
  });
});
