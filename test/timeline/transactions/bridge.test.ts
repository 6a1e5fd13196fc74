import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../../src/model/event.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { HostKnowledge, Transactions } from "../../../src/timeline/transactions/index.js";
import { assemble, at, of } from "../events.js";

const M1 = "32:74:7c:ab:e9:e3";
const M2 = "d6:9c:01:aa:bb:c0";

type More = Fields & { $source?: number };
const bridge = (t: number, mac: string, more: More = {}) =>
  at(t, "link.state", {
    "interface.name": "br-ci",
    "interface.id": 2,
    "interface.kind": "bridge",
    "interface.mac": mac,
    ...more,
  });
const port = (t: number, name: string, mac: string, more: More = {}) =>
  at(t, "link.state", {
    "interface.name": name,
    "interface.id": 7,
    "interface.master": "br-ci",
    "interface.mac": mac,
    ...more,
  });
const card = (t: number, mac: string, more: More = {}) =>
  at(t, "link.state", { "interface.name": "ens3", "interface.id": 1, "interface.mac": mac, ...more });
const isAt = (t: number, ip: string, mac: string, more: More = {}) =>
  at(t, "arp.reply", { "arp.sender.ip": ip, "arp.sender.mac": mac, ...more });
const neighbour = (t: number, ip: string, mac: string) =>
  at(t, "neighbour.state", {
    "destination.ip": ip,
    "destination.mac": mac,
    "interface.name": "eth0",
    $source: 3,
  });

const changes = (events: readonly Event[]): Fields[] =>
  of("bridge.mac_change", assemble(events)).map((event) => event.fields);

describe("a bridge's MAC address", () => {
  it("that follows a port which leaves is a change, with the port named", () => {
    const events = [
      port(0, "vethaa", M1),
      bridge(0.0001, M1),
      port(12, "vethaa", M1, { "interface.deleted": true }),
      bridge(12.0001, M2),
      bridge(12.0002, M2),
    ];
    expect(changes(events)).toEqual([
      expect.objectContaining({
        "bridge.name": "br-ci",
        "bridge.mac.old": M1,
        "bridge.mac.new": M2,
        "bridge.mac.basis": "link",
        "interface.name": "vethaa",
      }),
    ]);
    expect(of("bridge.mac_change", assemble(events))[0]!.cites!.map((event) => event.time)).toHaveLength(3);
  });

  it("told by two monitors is one change", () => {
    expect(
      changes([
        bridge(0, M1),
        bridge(0.01, M1, { $source: 1 }),
        bridge(5, M2),
        bridge(5.01, M2, { $source: 1 }),
      ]),
    ).toHaveLength(1);
  });

  describe("in two dumps without times", () => {
    const dump = { "interface.addresses": ["10.9.0.1/24"] };
    const before = bridge(NaN, M1, { ...dump, $source: 1 });
    const after = bridge(NaN, M2, { ...dump, $source: 2 });
    const told = [{ "bridge.mac.basis": "link", "bridge.addresses": ["10.9.0.1/24"] }];

    it("is a change if a card shows that they are of one machine", () => {
      const cards = [1, 2].map(($source) => card(NaN, "52:54:00:00:00:01", { $source }));
      expect(changes([before, after, ...cards])).toMatchObject(told);
    });

    it("is a change if both show a port whose name was drawn by lot", () => {
      const ports = [1, 2].map(($source) => port(NaN, "veth1f3a9c2", "66:00:00:00:00:01", { $source }));
      expect(changes([before, after, ...ports])).toMatchObject(told);
    });

    it("is a change if the bridge had its address from a port", () => {
      expect(changes([before, after, port(NaN, "veth0", M2, { $source: 2 })])).toMatchObject(told);
      expect(changes([before, port(NaN, "veth0", M1, { $source: 1 }), after])).toMatchObject(told);
    });

    it("is a change if they are one file", () => {
      expect(changes([before, bridge(NaN, M2, { ...dump, $source: 1 })])).toMatchObject(told);
    });

    it("is a change if their names say that one was made after the other, also where they share no clock", () => {
      const series = new Map([
        [1, "ip_addr.*.txt"],
        [2, "ip_addr.*.txt"],
      ]);
      const host = new HostKnowledge(undefined, series);
      const out: Event[] = [];
      for (const event of [before, after]) {
        const transactions = new Transactions({ coverage: new Coverage(), host });
        transactions.push(event, (assembled) => out.push(assembled));
        transactions.end((assembled) => out.push(assembled));
      }
      host.finish((assembled) => out.push(assembled));
      expect(out).toMatchObject([
        { action: "bridge.mac_change", fields: { "bridge.mac.old": M1, "bridge.mac.new": M2 } },
      ]);
    });

    it("is none if nothing shows that they are of one machine: each has its docker0", () => {
      expect(changes([before, after])).toEqual([]);
      const ports = [1, 2].map(($source) => port(NaN, "veth0", `66:00:00:00:00:0${$source}`, { $source }));
      expect(changes([before, after, ...ports])).toEqual([]);
    });

    it("is found among the dumps of another machine", () => {
      const cards = [1, 2, 3].map(($source) => card(NaN, `52:54:00:00:00:0${$source % 2}`, { $source }));
      const later = bridge(NaN, "66:00:00:00:00:07", { ...dump, $source: 3 });
      expect(changes([before, after, later, ...cards])).toMatchObject([
        { "bridge.mac.old": M1, "bridge.mac.new": "66:00:00:00:00:07" },
      ]);
    });
  });

  it("told by the monitors of two machines is each one's own", () => {
    const a = { $source: 1 };
    const b = { $source: 2 };
    const events = [bridge(0, M1, a), bridge(1, M2, b), bridge(2, M1, a), bridge(3, M2, b)];
    expect(changes(events)).toEqual([]);
    expect(changes([...events, bridge(4, "66:00:00:00:00:07", a)])).toMatchObject([
      { "bridge.mac.old": M1, "bridge.mac.new": "66:00:00:00:00:07" },
    ]);
  });

  it("that is fixed does not change when ports come and go", () => {
    expect(
      changes([
        port(0, "vethaa", M1),
        bridge(0, M2),
        port(1, "vethaa", M1, { "interface.deleted": true }),
        bridge(1.1, M2),
      ]),
    ).toEqual([]);
  });

  it("is each machine's own: two machines have one bridge name", () => {
    const a = { $source: 1 };
    const b = { $source: 2 };
    expect(
      changes([
        card(NaN, "52:54:00:00:00:01", a),
        bridge(NaN, M1, a),
        card(NaN, "52:54:00:00:00:02", b),
        bridge(NaN, M2, b),
      ]),
    ).toEqual([]);
  });

  it("of a bridge made anew is another bridge's", () => {
    expect(changes([bridge(0, M1), bridge(5, M2, { "interface.id": 9 })])).toEqual([]);
  });

  it("does not change when another interface gets a new address", () => {
    expect(changes([card(0, M1), card(5, M2)])).toEqual([]);
  });

  it("first set is no change", () => {
    expect(changes([bridge(0, "00:00:00:00:00:00"), bridge(1, M1)])).toEqual([]);
  });

  it("shows in the ARP replies that the bridge sends, not in those of other interfaces", () => {
    const out = { "interface.name": "br-ci", "packet.direction": "Out" };
    const flux = { "interface.name": "vethzz", "packet.direction": "Out" };
    expect(
      changes([
        isAt(0, "10.9.0.1", M1, out),
        isAt(0.00001, "10.9.0.1", "e6:b5:5d:89:46:15", flux),
        isAt(9, "10.9.0.1", M2, out),
      ]),
    ).toMatchObject([
      { "bridge.name": "br-ci", "bridge.mac.old": M1, "bridge.mac.new": M2, "bridge.mac.basis": "arp" },
    ]);
  });

  it("is told from replies of other interfaces by the index, where the capture has no names", () => {
    const dump = [
      bridge(NaN, M1, { "interface.addresses": ["10.9.0.1/24"], $source: 1 }),
      port(NaN, "vethzz", M2, { $source: 1 }),
    ];
    const out = { "interface.id": 2, "packet.direction": "Out" };
    const flux = { "interface.id": 7, "packet.direction": "Out" };
    expect(
      changes([
        ...dump,
        isAt(0, "10.9.0.1", M1, out),
        isAt(1, "10.9.0.1", M2, flux),
        isAt(2, "10.9.0.1", M1, out),
      ]),
    ).toEqual([]);
  });

  it("does not change when two interfaces answer one question", () => {
    const dump = [
      bridge(NaN, M1, { "interface.addresses": ["10.9.0.1/24"], $source: 1 }),
      port(NaN, "vethzz", M2, { $source: 1 }),
    ];
    const replies = [isAt(0, "10.9.0.1", M1), isAt(0.00002, "10.9.0.1", M2), isAt(9, "10.9.0.1", M1)];
    expect(changes([...dump, ...replies])).toEqual([]);
  });

  it("shows in the container's neighbour table, when the address is known to be a bridge's", () => {
    const dump = bridge(NaN, M1, { "interface.addresses": ["10.9.0.1/24"], $source: 1 });
    expect(changes([neighbour(0, "10.9.0.1", M1), neighbour(9, "10.9.0.1", M2), dump])).toMatchObject([
      { "bridge.name": "br-ci", "bridge.mac.basis": "neighbour" },
    ]);
    expect(changes([neighbour(0, "10.9.0.1", M1), neighbour(9, "10.9.0.1", M2)])).toEqual([]);
  });

  it("told by a monitor is not told again by the neighbours that notice it later", () => {
    const dump = bridge(NaN, M1, { "interface.addresses": ["10.9.0.1/24"], $source: 1 });
    const events = [
      dump,
      isAt(0, "10.9.0.1", M1, { $source: 4 }),
      bridge(0.5, M1, { $source: 2 }),
      bridge(1, M2, { $source: 2 }),
      isAt(0.999, "10.9.0.1", M2, { $source: 4 }),
      neighbour(1.2, "10.9.0.1", M1),
      neighbour(20, "10.9.0.1", M2),
    ];
    expect(changes(events)).toMatchObject([{ "bridge.name": "br-ci", "bridge.mac.basis": "link" }]);
  });

  it("that is undone a second later was still told by the monitor, and not again by its neighbours", () => {
    const events = [
      bridge(0, M1, { "interface.addresses": ["10.9.0.1/24"], $source: 2 }),
      isAt(0.1, "10.9.0.1", M1, { $source: 4 }),
      bridge(5, M2, { $source: 2 }),
      isAt(6, "10.9.0.1", M2, { $source: 4 }),
      bridge(7, M1, { $source: 2 }),
    ];
    expect(changes(events)).toHaveLength(2);
  });

  it("that two containers notice is one change, of the bridge that has the MAC", () => {
    const events = [
      bridge(NaN, M1, { $source: 1 }),
      port(NaN, "vethaa", M2, { $source: 1 }),
      neighbour(0, "10.9.0.1", M1),
      isAt(0, "10.9.0.1", M1, { $source: 5 }),
      isAt(4, "10.9.0.1", M2, { $source: 5 }),
      neighbour(20, "10.9.0.1", M2),
    ];
    expect(changes(events)).toMatchObject([{ "bridge.name": "br-ci", "bridge.mac.basis": "arp" }]);
  });

  it("between two dumps without times is told once, with the time at which a capture shows it", () => {
    const out = { "interface.name": "br-ci", "packet.direction": "Out", $source: 4 };
    const all = of(
      "bridge.mac_change",
      assemble([
        bridge(NaN, M1, { $source: 1 }),
        bridge(NaN, M2, { $source: 2 }),
        isAt(3, "10.9.0.1", M1, out),
        isAt(9, "10.9.0.1", M2, out),
      ]),
    );
    expect(all).toMatchObject([{ fields: { "bridge.mac.basis": "arp", "bridge.name": "br-ci" } }]);
    expect(all[0]!.time).not.toBeNaN();
  });

  it("between two dumps without times is not told again when a monitor tells of it", () => {
    const monitor = { $source: 3 };
    const events = [
      bridge(NaN, M1, { $source: 1 }),
      bridge(NaN, M2, { $source: 2 }),
      bridge(0, M1, monitor),
      bridge(5, M2, monitor),
    ];
    const all = of("bridge.mac_change", assemble(events));
    expect(all.map(({ time }) => time)).not.toContain(NaN);
    expect(all.filter(({ fields }) => fields["bridge.mac.new"] === M2)).toHaveLength(1);
    expect(all).toHaveLength(1); // the monitor begins where the first dump left off
  });

  it("is not at stake when a virtual address moves or a container comes back with its old address", () => {
    const dump = bridge(NaN, M1, { "interface.addresses": ["10.9.0.1/24"], $source: 1 });
    expect(
      changes([
        dump,
        isAt(0, "192.0.2.1", "00:11:22:33:44:55"),
        isAt(9, "192.0.2.1", "00:11:22:33:44:66"),
        neighbour(0, "10.9.0.7", M1),
        neighbour(9, "10.9.0.7", M2),
      ]),
    ).toEqual([]);
  });

  describe("of an address of which nothing says whose it is", () => {
    const moves = (events: readonly Event[]) =>
      of("arp.mac_change", assemble(events)).map(({ fields }) => fields);

    it("is told as a move of the address", () => {
      expect(moves([isAt(0, "10.9.0.1", M1), isAt(9, "10.9.0.1", M2)])).toMatchObject([
        { "arp.sender.ip": "10.9.0.1", "arp.sender.mac": M2, "arp.sender.mac_before": M1 },
      ]);
    });

    it("is none where it stays, where two answer at once, and where it is the bridge's", () => {
      const dump = bridge(NaN, M1, { "interface.addresses": ["10.9.0.1/24"], $source: 1 });
      expect(moves([isAt(0, "10.9.0.1", M1), isAt(9, "10.9.0.1", M1)])).toEqual([]);
      expect(moves([isAt(0, "10.9.0.1", M1), isAt(0.00002, "10.9.0.1", M2)])).toEqual([]);
      expect(moves([dump, isAt(0, "10.9.0.1", M1), isAt(9, "10.9.0.1", M2)])).toEqual([]);
    });
  });
});

describe("a question that nobody answers", () => {
  const ask = (t: number, mac: string, more: Fields = {}) =>
    at(t, "dns.query", {
      "network.transport": "udp",
      "source.ip": "10.9.0.5",
      "source.port": 4000,
      "destination.ip": "192.0.2.53",
      "destination.port": 53,
      "dns.id": 7,
      "dns.question.name": "a.example",
      "dns.question.type": "A",
      "destination.mac": mac,
      $source: 3,
      ...more,
    });
  const seen = [at(1, "arp.reply", { $source: 3 }), at(90, "arp.reply", { $source: 3 })] as const;
  const leaves = [port(12, "vethaa", M1, { "interface.deleted": true }), bridge(12.0001, M2)];
  const strays = (...events: Event[]) =>
    of("dns.leg", assemble([seen[0], port(2, "vethaa", M1), bridge(2.0001, M1), ...events, seen[1]])).map(
      ({ fields }) => fields["bridge.mac.old"],
    );

  it("went to the MAC that the bridge gave up when the port left which had lent it", () => {
    expect(strays(...leaves, ask(13, M1))).toEqual([M1]);
  });

  it("went elsewhere: nothing is said", () => {
    expect(strays(...leaves, ask(13, M2))).toEqual([undefined]);
    expect(strays(ask(11, M1), ...leaves)).toEqual([undefined]);
  });

  it("went to a MAC that the bridge gave up while its port stayed, and is taken as before", () => {
    expect(strays(bridge(12, M2), ask(13, M1))).toEqual([undefined]);
    expect(strays(...leaves, port(12.5, "vethbb", M1), ask(13, M1))).toEqual([undefined]);
  });

  it("went to a MAC that the bridge took again", () => {
    expect(strays(...leaves, bridge(12.5, M1), ask(13, M1))).toEqual([undefined]);
  });
});
