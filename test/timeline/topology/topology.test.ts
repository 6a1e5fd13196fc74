import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../../src/model/event.js";
import { parseIPv4 } from "../../../src/timeline/topology/addresses.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { Topology } from "../../../src/timeline/topology/topology.js";
import { at, T0 } from "../events.js";

const ip = (text: string) => parseIPv4(text)!;
const link = (fields: Fields) => at(NaN, "link.state", fields);
const nat = (fields: Fields) =>
  at(NaN, "nat.rule", { "nat.chain": "POSTROUTING", "nat.target": "MASQUERADE", ...fields });

describe("the topology", () => {
  it("knows bridges by their kind, their ports, or their usual names", () => {
    const topology = new Topology();
    topology.learn(link({ "interface.name": "lan", "interface.kind": "bridge" }));
    topology.learn(link({ "interface.name": "p1", "interface.master": "wan" }));
    topology.learn(link({ "interface.name": "ens3", "interface.id": 2 }));
    topology.learn(at(0, "bridge.port_state", { "bridge.name": "ring", "interface.name": "p2" }));
    topology.learn(at(NaN, "bridge.port", { "bridge.name": "star", "interface.name": "p3" }));
    expect(
      ["lan", "wan", "ring", "docker0", "br-3f00", "p1", "p2", "veth12", "ens3", "ens4"].map((name) =>
        topology.roleOf(name),
      ),
    ).toEqual(["bridge", "bridge", "bridge", "bridge", "bridge", "port", "port", "port", "other", undefined]);
    expect(topology.masterOf("p2")).toBe("ring");
    expect(topology.masterOf("p3")).toBe("star");
    expect(topology.nameOf(2)).toBe("ens3");
    expect(topology.isBridge("docker0")).toBe(false);
  });

  it("knows a bridge's subnets also when its ports, listed after it, tell that it is one", () => {
    const topology = new Topology();
    topology.learn(link({ "interface.name": "lan", "interface.addresses": ["10.9.0.1/24"] }));
    expect(topology.behind(ip("10.9.0.7"))).toBeUndefined();
    topology.learn(link({ "interface.name": "p1", "interface.master": "lan" }));
    expect(topology.behind(ip("10.9.0.7"))?.bridge).toBe("lan");
    expect(topology.bridgeAt(ip("10.9.0.1"))).toBe("lan");
  });

  it("knows what lies behind a bridge, by the narrowest subnet", () => {
    const topology = new Topology();
    topology.learn(link({ "interface.name": "docker0", "interface.addresses": ["10.0.0.1/8"] }));
    topology.learn(link({ "interface.name": "br-a", "interface.addresses": ["10.9.0.1/24", "fe80::1/64"] }));
    topology.learn(link({ "interface.name": "ens3", "interface.addresses": ["192.168.1.5/24"] }));
    expect(topology.behind(ip("10.9.0.7"))?.bridge).toBe("br-a");
    expect(topology.behind(ip("10.8.0.7"))?.bridge).toBe("docker0");
    expect(topology.behind(ip("192.168.1.9"))).toBeUndefined();
    expect(topology.bridgeAt(ip("10.9.0.1"))).toBe("br-a");
    expect(topology.bridgeAt(ip("10.9.0.2"))).toBeUndefined();
    expect(topology.isOwn(ip("192.168.1.5"))).toBe(true);
  });

  it.each([
    [{ "source.subnet": "10.9.0.0/24", "interface.out": "br-a", "interface.out_negated": true }, true],
    [{ "source.subnet": "10.9.0.0/24" }, true],
    [{ "interface.out": "ens3" }, true],
    [{ "nat.target": "SNAT", "source.subnet": "10.9.0.0/16", "nat.to": "192.0.2.1" }, true],
    [{ "source.subnet": "10.8.0.0/24" }, false],
    [{ "source.subnet": "10.9.0.0/24", "source.subnet_negated": true }, false],
    [{ "source.subnet": "10.9.0.0/24", "destination.subnet": "10.0.0.0/8" }, false],
    [
      {
        "source.subnet": "10.9.0.0/24",
        "destination.subnet": "203.0.113.0/24",
        "rule.text": "-A POSTROUTING -s 10.9.0.0/24 ! -d 203.0.113.0/24 -j MASQUERADE",
      },
      false,
    ],
    [{ "source.subnet": "10.9.0.0/24", "interface.out": "br-a" }, false],
    [
      {
        "source.subnet": "10.9.0.0/24",
        "rule.text": "-A POSTROUTING -s 10.9.0.0/24 -p tcp -m tcp --dport 80 -j MASQUERADE",
      },
      false,
    ],
    [{ "nat.chain": "KUBE-POSTROUTING" }, false],
    [{ "nat.chain": undefined, "filter.chain": "KUBE-POSTROUTING", "source.subnet": "0.0.0.0/0" }, false],
    [{ "source.subnet": "0.0.0.0/0", "destination.subnet": "anywhere" }, true],
    [{ "rule.text": "mark match 0x4000/0x4000" }, false],
    [{ "rule.text": "tcp dpt:80" }, false],
    [{ "rule.text": "meta mark 0x00000001" }, false],
    [{ "rule.text": "tcp dport 80 counter packets 0 bytes 0" }, false],
    [{ "rule.text": "counter packets 0 bytes 0" }, true],
    [{ "nat.target": "RETURN", "source.subnet": "10.9.0.0/24" }, false],
  ] as [Fields, boolean][])(
    "takes %j to translate a container's packet to the internet: %p",
    (fields, covered) => {
      const topology = new Topology();
      topology.learn(link({ "interface.name": "br-a", "interface.addresses": ["10.9.0.1/24"] }));
      topology.learn(nat(fields));
      expect(topology.translationRule(ip("10.9.0.7"), ip("203.0.113.9")) !== undefined).toBe(covered);
    },
  );
});

describe("coverage", () => {
  it("is what the stream has shown and what is known beforehand", () => {
    const coverage = new Coverage();
    coverage.observe(at(0, "dns.query"));
    coverage.observe(at(NaN, "dns.query"));
    coverage.observe(at(4, "dns.query"));
    expect(coverage.covers(0, T0, T0 + 4e6)).toBe(true);
    expect(coverage.covers(0, T0, T0 + 5e6)).toBe(false);
    expect(coverage.covers(0, T0 - 1, T0)).toBe(false);
    expect(coverage.coversPackets(T0, T0 + 1e6)).toBe(false);
    coverage.note(0, "packets", T0 - 1e6, T0 + 9e6);
    expect(coverage.covers(0, T0 - 1, T0 + 9e6)).toBe(true);
    expect(coverage.coversPackets(T0, T0 + 1e6)).toBe(true);
    expect(coverage.isNoted(0)).toBe(true);
  });

  it("of unknown extent proves nothing", () => {
    const coverage = new Coverage();
    coverage.note(3, "packets", NaN, NaN);
    expect(coverage.covers(3, T0, T0)).toBe(false);
    expect(coverage.isNoted(3)).toBe(false);
    expect(coverage.spanOf(3)).toEqual({ from: NaN, to: NaN });
  });

  it("tells rules apart whose words are only their counters", () => {
    const topology = new Topology();
    topology.learn(link({ "interface.name": "br-a", "interface.addresses": ["10.9.0.1/24"] }));
    topology.learn(nat({ "source.subnet": "172.17.0.0/16", "rule.text": "counter packets 0 bytes 0" }));
    topology.learn(nat({ "source.subnet": "10.9.0.0/24", "rule.text": "counter packets 0 bytes 0" }));
    expect(topology.translationRule(ip("10.9.0.7"), ip("203.0.113.9"))).toBeDefined();
  });
});
