import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { parseIPv4 } from "../../../src/timeline/topology/addresses.js";
import { Topology } from "../../../src/timeline/topology/topology.js";
import { at, T0 } from "../events.js";

const ip = (text: string) => parseIPv4(text)!;
const t = (seconds: number) => T0 + seconds * 1e6;
const learned = (...events: Event[]): Topology => {
  const topology = new Topology();
  for (const event of events) topology.learn(event);
  return topology;
};
const bridge = (seconds: number, name: string, address: string, deleted?: boolean) =>
  at(seconds, "link.state", {
    "interface.name": name,
    "interface.kind": "bridge",
    "interface.addresses": [address],
    "interface.deleted": deleted,
  });

describe("a host's topology over time", () => {
  it("gives a subnet to the bridge that had it then", () => {
    const topology = learned(
      bridge(0, "br-old", "172.18.0.1/16"),
      bridge(50, "br-old", "172.18.0.1/16", true),
      bridge(60, "br-new", "172.18.0.1/16"),
      bridge(90, "br-new", "172.18.0.1/16", true),
    );
    expect(topology.behind(ip("172.18.0.5"), t(70))?.bridge).toBe("br-new");
    expect(topology.behind(ip("172.18.0.5"), t(100))).toBeUndefined();
  });

  it("knows the bridge that a port was moved from", () => {
    const moved = (seconds: number, name: string) =>
      at(seconds, "bridge.port_state", { "bridge.name": name, "interface.name": "p1" });
    const topology = learned(moved(0, "br-a"), moved(50, "br-b"));
    expect([10, 60].map((seconds) => topology.masterOf("p1", t(seconds)))).toEqual(["br-a", "br-b"]);
    expect(topology.masterOf("p1")).toBe("br-b");
  });

  it("loses an address that ip monitor saw go", () => {
    const address = (seconds: number, deleted?: boolean) =>
      at(seconds, "link.address", {
        "interface.name": "docker0",
        "interface.addresses": ["172.17.0.1/16"],
        "interface.deleted": deleted,
      });
    const topology = learned(address(0), address(50, true));
    expect(topology.behind(ip("172.17.0.2"), t(10))?.bridge).toBe("docker0");
    expect(topology.behind(ip("172.17.0.2"), t(60))).toBeUndefined();
  });

  it("learns a bridge's subnet from the route to it, and from docker's network", () => {
    const route = at(Number.NaN, "route.entry", {
      "destination.subnet": "10.244.1.0/24",
      "interface.out": "cni0",
      "source.ip": "10.244.1.1",
    });
    expect(learned(route).behind(ip("10.244.1.5"))?.bridge).toBe("cni0");
    const network = at(Number.NaN, "docker.network", {
      "network.driver": "bridge",
      "network.subnets": ["172.30.0.0/16"],
      "bridge.name": "lan",
    });
    expect(learned(network).behind(ip("172.30.0.5"))?.bridge).toBe("lan");
  });
});

describe("the host's end of a container", () => {
  it("is where a route to its address alone leads: such a port is no bridge's", () => {
    const topology = learned(
      at(Number.NaN, "route.entry", {
        "destination.subnet": "10.244.1.5",
        "interface.out": "veth12",
        "route.type": undefined,
      }),
    );
    expect(topology.ports.of(ip("10.244.1.5"), t(0))).toBe("veth12");
    expect(topology.ports.isRouted("veth12")).toBe(true);
    expect(topology.ports.isRouted("veth13")).toBe(false);
  });

  it("is where the bridge has seen the MAC that docker gave it", () => {
    const topology = learned(
      at(Number.NaN, "container.address", {
        "container.name": "web",
        "container.ip": "172.17.0.2",
        "container.mac": "02:42:ac:11:00:02",
      }),
      at(0, "fdb.entry", { "interface.mac": "02:42:ac:11:00:02", "interface.name": "veth7f" }),
      at(50, "fdb.entry", {
        "interface.mac": "02:42:ac:11:00:02",
        "interface.name": "veth7f",
        "neighbour.deleted": true,
      }),
    );
    expect([10, 60].map((seconds) => topology.ports.of(ip("172.17.0.2"), t(seconds)))).toEqual([
      "veth7f",
      undefined,
    ]);
  });
});

describe("rules that spare packets from translation", () => {
  const masquerade = at(Number.NaN, "nat.rule", {
    "nat.chain": "POSTROUTING",
    "nat.target": "MASQUERADE",
    "source.subnet": "10.9.0.0/24",
    "iptables.table": "nat",
  });
  const spare = (offset: number, more: Event["fields"] = {}): Event => ({
    ...at(Number.NaN, "filter.rule", {
      "filter.chain": "POSTROUTING",
      "filter.target": "RETURN",
      "source.subnet": "10.9.0.0/24",
      "destination.subnet": "10.0.0.0/8",
      "iptables.table": "nat",
      ...more,
    }),
    offset: masquerade.offset + offset,
  });
  const translates = (...events: Event[]) =>
    learned(...events).translationRule(ip("10.9.0.7"), ip("10.1.0.53")) !== undefined;

  it("count when they stand before the rule that translates, in the same table", () => {
    expect(translates(masquerade)).toBe(true);
    expect(translates(masquerade, spare(-1))).toBe(false);
    expect(translates(masquerade, spare(1))).toBe(true);
    expect(translates(masquerade, spare(-1, { "iptables.table": "filter" }))).toBe(true);
    expect(translates(masquerade, spare(-1, { "destination.subnet": "192.0.2.0/24" }))).toBe(true);
    expect(translates(masquerade, { ...spare(-1), source: 7 })).toBe(true);
  });

  it("of a chain of their own return to where it was entered, but for what they accept", () => {
    expect(translates(masquerade, spare(-1, { "filter.chain": "MINE" }))).toBe(true);
    expect(translates(masquerade, spare(-1, { "filter.chain": "MINE", "filter.target": "ACCEPT" }))).toBe(
      false,
    );
  });
});
