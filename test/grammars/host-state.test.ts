import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { adapt } from "../../src/decode/adapters.js";
import { Composer } from "../../src/decode/text/compose.js";
import { detect } from "../../src/decode/text/detect.js";
import { TextReader } from "../../src/decode/text/reader.js";
import { timeless } from "../../src/decode/text/timeless.js";
import { grammars } from "../../src/grammar/generated.js";
import { MessageIndex } from "../../src/grammar/index/index.js";
import type { Event, Fields } from "../../src/model/event.js";
import { Topology } from "../../src/timeline/topology/topology.js";

/** What real tools printed of one host at one time: a bridge with two ports, an uplink, NAT, a tunnel. */
const RECORDED = join(import.meta.dirname, "fixtures/host");

const envelopes = grammars.filter(({ layer, file }) => layer === "envelope" && file.includes("/host/"));

function eventsOf(name: string): Event[] {
  const bytes = readFileSync(join(RECORDED, name));
  const events: Event[] = [];
  const unread: string[] = [];
  const adapter = adapt({ path: name, emit: (event) => events.push(event) });
  const reader = new TextReader({
    source: 0,
    path: name,
    detection: detect(bytes.toString("latin1"), envelopes),
    envelopes,
    composer: new Composer({ bodies: [], messages: new MessageIndex([]) }),
    stamper: timeless,
    emit: (event) => adapter.push(event),
    observe: ({ text }, claimed) => {
      if (!claimed && text.trim() !== "") unread.push(text);
    },
  });
  reader.push(bytes);
  reader.end();
  adapter.end();
  expect(unread).toEqual([]);
  return events;
}

/** What a tool says of one kind of thing, as text to compare, in no order. */
function facts(name: string, action: string, fact: (fields: Fields) => string | undefined): string[] {
  return eventsOf(name)
    .filter((event) => event.action === action)
    .flatMap(({ fields }) => fact(fields) ?? [])
    .sort();
}

const address = (text: unknown): string => String(text ?? "");

describe("one host, shown by different tools", () => {
  it.each([
    "ip_addr.txt",
    "ip_br_addr.txt",
    "ip_o_addr.txt",
    "busybox_ip_addr.txt",
    "ifconfig_a.txt",
    "busybox_ifconfig.txt",
  ])("%s: has these addresses", (name) => {
    const found = eventsOf(name)
      .filter(({ action }) => action === "link.state")
      .flatMap(({ fields }) =>
        ((fields["interface.addresses"] as string[] | undefined) ?? []).map(
          (each) => `${fields["interface.name"]} ${each}`,
        ),
      );
    expect(found.filter((each) => !each.includes(":")).sort()).toEqual([
      "br0 10.55.0.1/24",
      "br0 10.56.0.1/24",
      "enp1s0 192.0.2.10/24",
      "lo 127.0.0.1/8",
      "tun0 10.8.0.1/32",
    ]);
    expect(found).toContain("br0 2001:db8:55::1/64");
  });

  it.each(["ip_route.txt", "route_n.txt", "netstat_rn.txt", "busybox_route.txt", "proc_net_route.txt"])(
    "%s: has these routes",
    (name) => {
      const routes = facts(name, "route.entry", (route) =>
        [route["destination.subnet"], route["route.gateway"], route["interface.out"]].map(address).join(" "),
      );
      expect(routes).toEqual([
        "10.55.0.0/24  br0",
        "10.56.0.0/24  br0",
        "10.8.0.2  tun0",
        "10.98.0.0/16  ",
        "10.99.0.0/16  ",
        "192.0.2.0/24  enp1s0",
        "198.51.100.0/24 192.0.2.1 enp1s0",
        "default 192.0.2.1 enp1s0",
      ]);
    },
  );

  it.each(["ip_neigh.txt", "arp_n.txt", "arp_an.txt", "proc_net_arp.txt"])(
    "%s: has these neighbours",
    (name) => {
      const neighbours = facts(name, "neighbour.state", (each) =>
        [each["destination.ip"], each["destination.mac"], each["interface.name"]].map(address).join(" "),
      );
      expect(neighbours).toEqual(["10.55.0.10 c6:f3:30:5e:3c:3c br0", "192.0.2.1 7a:85:74:9e:67:70 enp1s0"]);
    },
  );

  it.each(["ss_tnap.txt", "netstat_tnap.txt", "lsof_i.txt", "proc_net_tcp.txt"])(
    "%s: has these sockets",
    (name) => {
      const sockets = facts(name, "socket.state", (socket) =>
        [socket["socket.state"], socket["source.ip"], socket["source.port"], socket["destination.port"] || ""]
          .map(address)
          .join(" "),
      );
      expect(sockets).toEqual([
        "ESTABLISHED 127.0.0.1 42814 5000",
        "ESTABLISHED 127.0.0.1 5000 42814",
        "LISTEN 127.0.0.1 5000 ",
      ]);
    },
  );

  it.each(["ss_tnap.txt", "netstat_tnap.txt", "lsof_i.txt"])("%s: says whose they are", (name) => {
    const owners = facts(
      name,
      "socket.state",
      (socket) => `${socket["process.name"]} ${socket["process.pid"]}`,
    );
    expect(new Set(owners)).toEqual(new Set(["python3 30649"]));
  });

  it.each(["iptables-save.txt", "iptables_L_n_v_nat.txt", "nft_ruleset.txt"])(
    "%s: translates what leaves the bridge",
    (name) => {
      const masquerade = eventsOf(name).find(({ fields }) => fields["nat.target"] === "MASQUERADE")!;
      expect(masquerade.fields).toMatchObject({
        "source.subnet": "10.55.0.0/24",
        "interface.out": "br0",
        "interface.out_negated": true,
      });
      expect(masquerade.fields["nat.chain"] ?? masquerade.fields["filter.chain"]).toBe("POSTROUTING");
    },
  );

  it.each(["ip_addr.txt", "bridge_link.txt", "brctl_show.txt"])(
    "%s: has these ports of the bridge",
    (name) => {
      const topology = new Topology();
      for (const event of eventsOf(name)) topology.learn(event);
      expect([topology.masterOf("veth0"), topology.masterOf("veth1")]).toEqual(["br0", "br0"]);
      expect(topology.isBridge("br0")).toBe(true);
    },
  );

  it.each(["proc_net_dev.txt", "netstat_i.txt", "ip_s_link.txt"])("%s: has these counters", (name) => {
    const counters = eventsOf(name).find(
      ({ action, fields }) => action !== "interface.header" && fields["interface.name"] === "lo",
    )!.fields;
    expect(counters["interface.rx.packets"]).toBe(4);
    expect(counters["interface.tx.dropped"]).toBe(0);
  });

  it("tracks the same connections as text and as XML", () => {
    const flow = (each: Fields): string | undefined =>
      each["source.port"] === undefined
        ? undefined
        : [
            each["network.transport"],
            each["source.ip"],
            each["source.port"],
            each["destination.ip"],
            each["reply.destination.ip"],
            each["conntrack.unreplied"],
          ]
            .map(address)
            .join(" ");
    const text = facts("conntrack_L.txt", "conntrack.flow", flow);
    expect(facts("conntrack_L_o_xml.txt", "conntrack.flow", flow)).toEqual(text);
    expect(text).toContain("udp 192.0.2.10 60530 192.0.2.53 192.0.2.10 true");
  });
});
