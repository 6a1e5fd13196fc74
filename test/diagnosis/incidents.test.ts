import { describe, expect, it } from "@jest/globals";
import { diagnose } from "../../src/diagnosis/index.js";
import type { Finding } from "../../src/model/finding.js";
import { event, finding, seconds } from "./factory.js";
import { rules } from "./rules.js";

const HOST = "hub.example.net";
const A = "192.0.2.53";

const causesOf = (findings: readonly Finding[]): Record<string, string[]> =>
  Object.fromEntries(findings.map(({ id, causedBy }) => [id, causedBy]));

describe("the tag that was not missing", () => {
  const dns = finding("dns-timeout", {
    at: 5,
    entities: { "dns.server.ip": [A], "dns.question.name": [HOST] },
  });
  const dead = finding("dns-first-server-dead", {
    at: 5.1,
    to: seconds(12),
    entities: { "dns.lookup.first_server": [A], "dns.question.name": [HOST] },
  });
  const fallback = finding("registry-v1-fallback", {
    at: 5.2,
    entities: { "registry.host": [`${HOST}:5000`], "registry.repository": ["billing/web"] },
  });
  const tag = finding("registry-tag-not-found", {
    at: 5.2,
    severity: "medium",
    entities: { "registry.host": [HOST], "registry.tag": ["v3"] },
  });

  it("leads with the silent name server and ends with the tag", () => {
    const { rootCauses, stories, findings } = diagnose([tag, fallback, dead, dns], rules);
    expect(rootCauses).toEqual([dns.id]);
    expect(stories[0]?.chain).toEqual([dns.id, dead.id, fallback.id, tag.id]);
    expect(findings.map(({ id }) => id)).toEqual([dns.id, dead.id, fallback.id, tag.id]);
    expect(causesOf(findings)[tag.id]).toEqual([fallback.id]);
  });

  it("knows the tag by the pull's last words, where they name the image without its registry", () => {
    const words = (image: string) => ({ "error.message": [`Error: image ${image} not found`] });
    const pull = finding("registry-v1-fallback", {
      at: 5.2,
      entities: {
        "registry.host": [HOST],
        "registry.repository": [`${HOST}/billing/web`],
        ...words("billing/web:v3"),
      },
    });
    const missing = (image: string) =>
      finding("registry-tag-not-found", {
        at: 5.3,
        severity: "medium",
        entities: { "registry.repository": [image], ...words(image) },
      });
    const own = missing("billing/web:v3");
    expect(causesOf(diagnose([pull, own], rules).findings)[own.id]).toEqual([pull.id]);
    const other = missing("billing/shop:v3");
    expect(causesOf(diagnose([pull, other], rules).findings)[other.id]).toEqual([]);
  });

  it("holds when a trace without stamps is the only proof, less surely", () => {
    const unplaced = { ...dns, from: Number.NaN, latestFrom: Number.NaN, to: Number.NaN, evidence: [] };
    const sure = diagnose([dns, fallback, tag], rules).stories[0]!;
    const story = diagnose([unplaced, fallback, tag], rules).stories[0]!;
    expect(story.chain).toEqual([dns.id, fallback.id, tag.id]);
    expect(story.confidence).toBeLessThan(sure.confidence);
  });

  it("holds when the trace cut the name", () => {
    const cut = {
      ...dns,
      entities: {
        "dns.server.ip": [A],
        "dns.question.name": ["hub.exam"],
        "dns.question.name_cut": ["true"],
      },
    };
    expect(diagnose([cut, fallback], rules).stories[0]?.chain).toEqual([dns.id, fallback.id]);
    const whole = { ...cut, entities: { ...cut.entities, "dns.question.name_cut": [] } };
    expect(diagnose([whole, fallback], rules).rootCauses).toHaveLength(2);
  });

  it("does not accuse a name server that was silent about another name", () => {
    const other = { ...dns, entities: { ...dns.entities, "dns.question.name": ["mail.example.org"] } };
    expect(causesOf(diagnose([other, fallback], rules).findings)[fallback.id]).toEqual([]);
  });

  it("does not accuse what came only afterwards", () => {
    const later = finding("dns-timeout", { at: 60, entities: dns.entities });
    const { findings } = diagnose([later, fallback], rules);
    expect(causesOf(findings)[fallback.id]).toEqual([]);
  });

  it("does not accuse what was over long before", () => {
    const before = finding("dns-timeout", { at: -600, entities: dns.entities });
    expect(causesOf(diagnose([before, fallback], rules).findings)[fallback.id]).toEqual([]);
  });

  it("gives the doubt where intervals overlap", () => {
    const vague = { ...fallback, latestFrom: seconds(90), to: seconds(90) };
    const late = finding("dns-timeout", { at: 60, entities: dns.entities });
    expect(causesOf(diagnose([late, vague], rules).findings)[fallback.id]).toEqual([late.id]);
  });
});

describe("four look-alike digits", () => {
  it("a snapshot taken afterwards explains what the resolver did before", () => {
    const typo = finding("resolver-suspicious", {
      at: 4000,
      severity: "medium",
      entities: { "dns.server.ip": ["4.4.4.4"] },
      evidence: [event(seconds(4000), "configuration")],
    });
    const dns = finding("dns-timeout", { at: 5, entities: { "dns.server.ip": ["4.4.4.4"] } });
    const { rootCauses, stories } = diagnose([dns, typo], rules);
    expect(rootCauses).toEqual([typo.id]);
    expect(stories[0]?.chain).toEqual([typo.id, dns.id]);
  });

  it("explains the push that failed, although neither the list nor the terminal has a time", () => {
    const at = Number.NaN;
    const entities = { "dns.server.ip": ["4.4.4.4"] };
    const proof = [event(at, "configuration")];
    const typo = finding("resolver-suspicious", { at, severity: "medium", entities, evidence: proof });
    const trust = finding("content-trust-slow", { at, severity: "medium", confidence: 0.6 });
    const { rootCauses, stories } = diagnose([trust, typo], rules);
    expect(rootCauses).toEqual([typo.id]);
    expect(stories[0]?.confidence).toBeLessThan(0.5);
  });

  it("explains nothing about another server", () => {
    const typo = finding("resolver-suspicious", {
      severity: "medium",
      entities: { "dns.server.ip": ["4.4.4.4"] },
    });
    const dns = finding("dns-timeout", { at: 5, entities: { "dns.server.ip": [A] } });
    expect(diagnose([dns, typo], rules).rootCauses).toEqual([dns.id, typo.id]);
  });
});

describe("the NAT that came and went", () => {
  const mac = finding("bridge-mac-change", {
    severity: "critical",
    at: 0,
    to: seconds(30),
    count: 4,
    entities: { "bridge.name": ["br-ci"] },
  });
  const lost = finding("lost-nat", {
    severity: "critical",
    at: 2,
    to: seconds(40),
    count: 33,
    entities: { "passage.bridge": ["br-ci"], "source.ip": ["10.9.0.5"], "destination.ip": [A] },
  });
  const dns = finding("dns-timeout", {
    at: 7,
    count: 12,
    entities: { "dns.server.ip": [A], "source.ip": ["10.9.0.5"] },
  });

  it("leads with the bridge", () => {
    const { rootCauses, stories } = diagnose([dns, lost, mac], rules);
    expect(rootCauses).toEqual([mac.id]);
    expect(stories[0]).toMatchObject({ root: mac.id, chain: [mac.id, lost.id, dns.id], symptoms: [dns.id] });
  });

  it("takes the container's view of the same change as an effect of the bridge's own record", () => {
    const seen = { "bridge.mac.new": ["aa:1d:ed:20:79:80"] };
    const link = {
      ...mac,
      id: "bridge-mac-change-2",
      confidence: 0.95,
      entities: { ...mac.entities, ...seen },
    };
    const neighbour = finding("bridge-mac-change", {
      at: -1,
      severity: "critical",
      confidence: 0.8,
      entities: seen,
    });
    const { rootCauses, findings } = diagnose([neighbour, lost, link], rules);
    expect(rootCauses).toEqual([link.id]);
    expect(causesOf(findings)[neighbour.id]).toEqual([link.id]);
  });

  it("does not lead with another bridge", () => {
    const other = { ...mac, entities: { "bridge.name": ["virbr0"] } };
    expect(causesOf(diagnose([dns, lost, other], rules).findings)[lost.id]).toEqual([]);
  });
});
