import { describe, expect, it } from "@jest/globals";
import { rules } from "../../src/rules/generated.js";
import { indifferent } from "../../src/rules/indifference.js";
import { portraitsOf } from "../../src/timeline/settler/portrait.js";
import { rule } from "./rules.js";

const healthy = portraitsOf("NOERROR");
const told = (body: string) => {
  const told = indifferent([rule(body)], healthy);
  return told && [...told.dimensions].sort();
};

const QUERY = 'any where event.action == "dns.leg" and dns.outcome == "timeout"';
const rest = (eql = QUERY) => `
queries:
  - eql: ${JSON.stringify(eql)}
    confidence: 0.9
group_by: [dns.server.ip]
`;

describe("rules and plain exchanges", () => {
  it("lets the built-in rules do without them, but for the first of each server", () => {
    const needed = indifferent(rules, portraitsOf("NOERROR"));
    expect([...(needed?.dimensions ?? ["everything"])]).toEqual(["server"]);
    expect(needed?.minds).toBeUndefined();
  });

  it("keeps failed answers, about which a rule asks", () => {
    expect(indifferent(rules, portraitsOf("SERVFAIL"))).toBeUndefined();
  });

  it("keeps the names that do not exist and bear a suffix of the search list, which are counted, and no others", () => {
    const minds = indifferent(rules, portraitsOf("NXDOMAIN"))!.minds!;
    expect(minds("registry.example.net.shop.svc.cluster.local")).toBe(true);
    expect(minds("registry.example.com.corp.test")).toBe(true);
    expect(minds("web.shop.svc.cluster.local")).toBe(false);
    expect(minds("regsitry.example.net")).toBe(false);
    expect(minds("host-7.corp.test")).toBe(false);
  });

  it("keeps the names that a query asks for, whatever else it asks for", () => {
    const minds = (eql: string) => indifferent([rule(rest(eql))], healthy)?.minds;
    const asked = minds(
      'any where event.action == "dns.leg" and dns.question.name like "*.example" and event.duration > 5 and not dns.question.name == "b.example"',
    )!;
    expect(["a.example", "b.example", "a.test"].map(asked)).toEqual([true, false, false]);
    expect(minds('network where dns.question.name == "a.example"')!("a.example")).toBe(true);
    // What is no part of an `and` decides nothing by itself.
    expect(minds('any where event.action == "dns.leg" or dns.question.name == "a.example"')).toBeUndefined();
    expect(minds('any where event.action == "dns.leg" and length(dns.question.name) > 3')!("a.b")).toBe(
      false,
    );
  });

  it("is indifferent when a rule asks for what they never are", () => {
    expect(told(rest())).toEqual([]);
  });

  it.each([
    'sequence by source.ip [any where event.action == "dns.leg" and dns.outcome == "timeout"] [any where event.action == "dns.error"]',
    'sequence by source.ip with maxspan=5s [any where event.action == "dns.leg" and dns.outcome == "late"] ![any where event.action == "dns.leg" and dns.sends > 1]',
    'sequence by source.ip [any where event.action == "dns.error"] [any where event.action == "dns.refused"] until [process where dns.sends == 1]',
    'sample by source.ip [any where event.action == "dns.leg" and dns.outcome == "late"] [any where event.action == "dns.error"]',
    'join by source.ip [any where event.action == "dns.leg" and dns.outcome == "late"] [any where event.action == "dns.error"]',
  ])("is indifferent when they fit no step of a sequence, nothing missing and no end: %s", (eql) => {
    expect(told(rest(eql))).toEqual([]);
  });

  it("keeps the names that a step asks for", () => {
    const minds = indifferent(
      [
        rule(
          rest(
            'sequence by source.ip [network where dns.question.name == "a.example"] [any where event.action == "dns.error"]',
          ),
        ),
      ],
      healthy,
    )!.minds!;
    expect(["a.example", "b.example"].map(minds)).toEqual([true, false]);
  });

  it.each([
    'any where event.action == "dns.query"',
    'any where event.action == "dns.leg" and dns.sends >= 1',
    'any where event.action == "dns.lookup" and event.duration > 50000000',
    "network where dns.question.name == source.ip",
    'sequence by source.ip [any where event.action == "dns.leg" and dns.outcome == "timeout"] [any where event.action == "dns.lookup"]',
    'sequence by source.ip with maxspan=5s [any where event.action == "dns.error"] ![any where event.action == "dns.answer"]',
    'sequence by source.ip [any where event.action == "dns.error"] [any where event.action == "dns.refused"] until [network where dns.sends == 1]',
    'sample by source.ip [any where event.action == "dns.error"] [any where event.action == "dns.leg" and dns.sends == 1]',
    'join by source.ip [any where event.action == "dns.error"] [any where event.action == "dns.query"]',
  ])("keeps all when a query may match them, or follows their order: %s", (eql) => {
    expect(told(rest(eql))).toBeUndefined();
  });

  it("tells them apart by what an `unless` and its groups depend on", () => {
    const unless = (eql: string) => `${rest()}\nunless:\n  - eql: ${JSON.stringify(eql)}\n`;
    expect(told(unless('any where event.action == "dns.leg" and dns.outcome == "answered"'))).toEqual([
      "server",
    ]);
    expect(told(unless('any where event.action == "dns.leg" and dns.question.type == "A"'))).toEqual([
      "server",
      "type",
    ]);
    expect(told(unless('any where event.action == "dns.leg" and dns.question.name == "a"'))).toBeUndefined();
    expect(told(unless('any where event.action == "dns.leg" and dns.outcome == "late"'))).toEqual([]);
  });

  it("keeps all when groups are made by what every exchange has of its own", () => {
    const body = `${rest().replace("[dns.server.ip]", "[dns.question.name]")}
unless:
  - eql: any where event.action == "dns.leg" and dns.outcome == "answered"
`;
    expect(told(body)).toBeUndefined();
  });
});
