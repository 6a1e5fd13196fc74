import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../../src/model/event.js";
import { answer, ask, assemble, at, of, type Place } from "../events.js";

const C = "10.9.0.5";
const HOST = "198.51.100.7";
const DNS = "192.0.2.53";
let id = 1000;

/** One question as the host's `-i any` capture shows it: each copy is `[place, source]`. */
function question(
  t: number,
  copies: readonly (readonly [Place, string])[],
  server = DNS,
  more: Fields & { $source?: number } = {},
): Event[] {
  id++;
  return copies.map(([place, from], index) =>
    ask(t + index * 1e-5, `${from}:${id}`, server, id, "a.example", place, more),
  );
}
const healthy = (t: number, server = DNS): Event[] => [
  ...question(
    t,
    [
      ["veth7f P", C],
      ["br-ci In", C],
      ["eth0 Out", HOST],
    ],
    server,
  ),
  answer(t + 0.001, server, `${HOST}:${id}`, id, "eth0 In"),
  answer(t + 0.0011, server, `${C}:${id}`, id, "br-ci Out"),
  answer(t + 0.0012, server, `${C}:${id}`, id, "veth7f Out"),
];
const syn = (
  t: number,
  place: Place,
  from: string,
  port: number,
  to: string,
  seq: number,
  flags = "S",
  more: Fields = {},
): Event => {
  const [name, direction] = (place ?? "").split(" ");
  return at(t, "tcp.segment", {
    "network.transport": "tcp",
    "source.ip": from,
    "source.port": port,
    "destination.ip": to,
    "destination.port": 443,
    "tcp.flags": flags,
    "tcp.seq": seq,
    ...(place && { "interface.name": name, "packet.direction": direction }),
    ...more,
  });
};
const end = at(300, "tcp.segment", { "tcp.flags": "." });
const rule = (subnet = "10.9.0.0/24", more: Fields = {}) =>
  at(NaN, "nat.rule", {
    "nat.chain": "POSTROUTING",
    "nat.target": "MASQUERADE",
    "source.subnet": subnet,
    "interface.out": "br-ci",
    "interface.out_negated": true,
    "rule.text": `-A POSTROUTING -s ${subnet} ! -o br-ci -j MASQUERADE`,
    $source: 9,
    ...more,
  });

function passages(events: readonly Event[]): Fields[] {
  return of("packet.passage", assemble([...events, end])).map((event) => event.fields);
}
const outcomes = (events: readonly Event[]) => passages(events).map((fields) => fields["passage.outcome"]);

describe("a container's packet", () => {
  it("that passes says nothing", () => {
    expect(outcomes([...healthy(0), ...healthy(1)])).toEqual([]);
  });

  it("that stays on the bridge: seen at its port, not taken by the bridge", () => {
    const found = passages([
      ...healthy(0),
      ...question(7, [["veth7f P", C]]),
      ...question(8, [
        ["veth7f P", C],
        ["veth9 Out", C],
        ["br-ci P", C],
        ["veth8 P", C],
      ]),
    ]);
    expect(found).toHaveLength(2);
    expect(found[1]).toMatchObject({
      "passage.outcome": "stayed-on-bridge",
      "passage.hop": "port",
      "passage.bridge": "br-ci",
      "passage.nat_expected": true,
      "passage.translated": false,
      "source.ip": C,
      "destination.ip": DNS,
      "passage.hops": ["veth7f P", "veth8 P", "br-ci P", "veth9 Out"],
      "passage.nat_basis": "other packets of 10.9.0.0/24 left as 198.51.100.7",
    });
  });

  it("is understood whatever the order of its copies, and its port's bridge is remembered", () => {
    const shuffled = (t: number): Event[] => [
      ...question(t, [
        ["brX In", C],
        ["pX P", C],
        ["eth0 Out", HOST],
      ]),
      answer(t + 0.001, DNS, `${HOST}:${id}`, id, "eth0 In"),
    ];
    const inForwarding = question(10, [
      ["brX In", C],
      ["pX P", C],
    ]);
    expect(passages([...shuffled(0), ...inForwarding, ...shuffled(30), end])).toMatchObject([
      { "passage.outcome": "not-forwarded", "passage.bridge": "brX" },
    ]);
    expect(passages([...shuffled(0), ...question(10, [["pX P", C]]), ...shuffled(30), end])).toMatchObject([
      { "passage.outcome": "stayed-on-bridge", "passage.bridge": "brX" },
    ]);
  });

  it("that the bridge took and that left by an interface without a name left untranslated", () => {
    const foreign = (t: number, last: string) =>
      question(t, [
        ["? P", C],
        ["ifb0 In", C],
        ["? Out", last],
      ]);
    const passes = (t: number) => [...foreign(t, HOST), answer(t + 0.001, DNS, `${HOST}:${id}`, id, "? In")];
    expect(passages([...passes(0), ...passes(1), ...foreign(10, C), ...passes(30), end])).toMatchObject([
      { "passage.outcome": "untranslated", "passage.hop": "left" },
    ]);
    const flooded = question(10, [
      ["? P", C],
      ["ifb0 P", C],
      ["? Out", C],
    ]);
    expect(passages([...passes(0), ...passes(1), ...flooded, ...passes(30), end])).toMatchObject([
      { "passage.outcome": "stayed-on-bridge" },
    ]);
  });

  it("that dies in forwarding: taken by the bridge, not seen to leave", () => {
    expect(
      passages([
        ...healthy(0),
        ...question(7, [
          ["veth7f P", C],
          ["br-ci In", C],
        ]),
      ]),
    ).toMatchObject([{ "passage.outcome": "not-forwarded", "passage.hop": "bridge" }]);
  });

  it("that leaves untranslated, as other packets or a rule show it should not", () => {
    const lost = question(7, [
      ["veth7f P", C],
      ["br-ci In", C],
      ["eth0 Out", C],
    ]);
    expect(passages([...healthy(0), ...lost])).toMatchObject([
      { "passage.outcome": "untranslated", "passage.hop": "left", "passage.source_on_wire": C },
    ]);
    expect(passages([rule(), ...lost])).toMatchObject([
      { "passage.outcome": "untranslated", "passage.nat_basis": expect.stringContaining("MASQUERADE") },
    ]);
    expect(outcomes([rule("10.8.0.0/24"), ...lost])).toEqual([]);
  });

  it("is judged by what comes to light later", () => {
    expect(
      outcomes([
        ...question(0, [
          ["veth7f P", C],
          ["br-ci In", C],
          ["eth0 Out", C],
        ]),
        ...healthy(60),
      ]),
    ).toEqual(["untranslated"]);
  });

  it("of a routed network needs no translation", () => {
    expect(
      outcomes(
        [0, 1, 2].flatMap((t) =>
          question(t, [
            ["veth7f P", C],
            ["br-ci In", C],
            ["eth0 Out", C],
          ]),
        ),
      ),
    ).toEqual([]);
    // Translated to the internet, routed to a private network: both by design.
    expect(
      outcomes([
        ...healthy(0),
        ...question(
          7,
          [
            ["veth7f P", C],
            ["br-ci In", C],
            ["eth0 Out", C],
          ],
          "10.1.0.53",
        ),
      ]),
    ).toEqual([]);
  });

  it("captured inside the container is healthy", () => {
    expect(
      outcomes([
        rule("172.17.0.0/16"),
        ...question(0, [["eth0 Out", "172.17.0.2"]]),
        ...question(9, [["eth0 Out", "172.17.0.2"]]),
      ]),
    ).toEqual([]);
  });

  it("on a single interface is nobody's to judge", () => {
    expect(outcomes([...question(0, [[undefined, C]]), ...question(9, [[undefined, C]])])).toEqual([]);
    expect(outcomes([rule(), ...question(0, [["br-ci In", C]])])).toEqual(["unknown"]);
  });

  it("in two captures of all interfaces is told of as the one that names them tells it, whichever is read first", () => {
    const twice = (t: number, first: number): Event[] => {
      id++;
      const copy = (source: number, n: number, name: string, direction: string, from: string) =>
        ask(t + n * 1e-5, `${from}:${id}`, DNS, id, "a.example", `${name} ${direction}`, {
          $source: source,
          ...(source === 2 && { "interface.name": undefined, "interface.id": n + 10 }),
        });
      const copies = (from: string) =>
        ["veth7f P", "br-ci In", "eth0 Out"].flatMap((place, n) => {
          const [name = "", direction = ""] = place.split(" ");
          return [first, 3 - first].map((source) => copy(source, n, name, direction, n < 2 ? C : from));
        });
      return t < 1 ? [...copies(HOST), answer(t + 0.001, DNS, `${HOST}:${id}`, id, "eth0 In")] : copies(C);
    };
    const still = [1, 2].map(($source) => at(299, "tcp.segment", { "tcp.flags": ".", $source }));
    const told = passages([...twice(0, 1), ...twice(10, 1), ...twice(20, 2), ...still]);
    expect(told.map((fields) => [fields["passage.outcome"], fields["passage.bridge"]])).toEqual([
      ["untranslated", "br-ci"],
      ["untranslated", "br-ci"],
    ]);
  });

  it("in two captures, one of the bridge and one of the uplink, is followed from one to the other", () => {
    const two = (t: number, ...seen: [number, string][]) => {
      id++;
      return seen.map(([source, from], index) =>
        ask(t + index * 1e-5, `${from}:${id}`, DNS, id, "a.example", undefined, { $source: source }),
      );
    };
    const good = [
      ...two(0, [1, C], [2, HOST]),
      answer(0.001, DNS, `${HOST}:${id}`, id, undefined, { $source: 2 }),
      answer(0.002, DNS, `${C}:${id}`, id, undefined, { $source: 1 }),
    ];
    const still = [1, 2].map(($source) => at(299, "tcp.segment", { "tcp.flags": ".", $source }));
    expect(outcomes([...good, ...two(7, [1, C]), ...still])).toEqual(["lost"]);
    expect(outcomes([...good, ...two(7, [1, C], [2, C]), ...still])).toEqual(["untranslated"]);
    expect(outcomes([...good, ...two(7, [1, C]), still[0]!])).toEqual(["unknown"]);
    expect(outcomes([...good, ...still])).toEqual([]);
  });

  it("that its bridge saw go to another MAC was lost there, though the capture shows nothing that passes", () => {
    const known = at(Number.NaN, "link.state", { "interface.name": "br-ci", "interface.kind": "bridge" });
    const seen = (direction: string) =>
      question(7, [
        ["veth7f P", C],
        [`br-ci ${direction}`, C],
      ]);
    expect(outcomes([known, rule(), ...seen("P")])).toEqual(["stayed-on-bridge"]);
    expect(outcomes([known, rule(), ...seen("In")])).toEqual(["unknown"]);
    // Without a snapshot, the name may be that of the machine on which the capture was read.
    expect(outcomes([rule(), ...seen("P")])).toEqual(["unknown"]);
    expect(outcomes([known, ...seen("P")])).toEqual([]);
  });

  it("whose next hop is silent waits for it, also where the capture tells no interfaces", () => {
    const asked = [7.001, 8, 9].map((t) => at(t, "arp.request", { "arp.target.ip": DNS }));
    const plain = (t: number) => [
      ...question(t, [
        [undefined, C],
        [undefined, HOST],
      ]),
      answer(t + 0.001, DNS, `${HOST}:${id}`, id),
      answer(t + 0.002, DNS, `${C}:${id}`, id),
    ];
    expect(outcomes([...plain(0), ...question(7, [[undefined, C]]), ...asked])).toEqual(["next-hop-silent"]);
    expect(outcomes([...plain(0), ...question(7, [[undefined, C]])])).toEqual(["lost"]);
  });

  it("is judged by the capture that shows where it stayed, beside others that show it lost", () => {
    const three = (t: number, ...copies: [number, Place, string][]) => {
      id++;
      return copies.map(([$source, place, from], index) =>
        ask(t + index * 1e-5, `${from}:${id}`, DNS, id, "a.example", place, { $source }),
      );
    };
    const way: [number, Place, string][] = [
      [1, undefined, C],
      [3, "veth7f P", C],
      [3, "br-ci In", C],
    ];
    const good = [
      ...three(0, ...way, [2, undefined, HOST], [3, "eth0 Out", HOST]),
      ...[2, 3].map(($source) =>
        answer(0.001, DNS, `${HOST}:${id}`, id, $source === 3 ? "eth0 In" : undefined, { $source }),
      ),
      ...[1, 3].map(($source) =>
        answer(0.002, DNS, `${C}:${id}`, id, $source === 3 ? "br-ci Out" : undefined, { $source }),
      ),
    ];
    const still = [1, 2, 3].map(($source) => at(299, "tcp.segment", { "tcp.flags": ".", $source }));
    expect(outcomes([...good, ...three(7, ...way), ...still])).toEqual(["not-forwarded"]);
    expect(outcomes([...good, ...three(7, ...way.slice(0, 2)), ...still])).toEqual(["stayed-on-bridge"]);
    expect(outcomes([...good, ...three(7, ...way.slice(0, 1)), ...still])).toEqual(["lost"]);
  });

  it("says which setting switches forwarding off, where it was not forwarded and a snapshot says so", () => {
    const setting = (value: string) =>
      at(Number.NaN, "sysctl.setting", { "sysctl.name": "net.ipv4.ip_forward", "sysctl.value": value });
    const died = [
      ...healthy(0),
      ...question(7, [
        ["veth7f P", C],
        ["br-ci In", C],
      ]),
    ];
    expect(passages([setting("0"), ...died])[0]).toMatchObject({ "sysctl.name": "net.ipv4.ip_forward" });
    expect(passages([setting("1"), ...died])[0]).toMatchObject({ "sysctl.name": undefined });
    // Before and after somebody mended it: which of the two holds in between, nobody knows.
    expect(passages([setting("0"), setting("1"), ...died])[0]).toMatchObject({ "sysctl.name": undefined });
  });

  it("that left is not waited for in vain where its server answered its twin, or what it answered does not fit", () => {
    const v6 = { "dns.question.type": "AAAA" };
    const out = (t: number, key: number, more: Fields = {}) =>
      [
        ["veth7f P", C],
        ["br-ci In", C],
        ["eth0 Out", HOST],
      ].map(([place, from], index) =>
        ask(t + index * 1e-5, `${from}:4001`, DNS, key, "a.example", place, more),
      );
    const back = (t: number, key: number) => [
      answer(t, DNS, `${HOST}:4001`, key, "eth0 In"),
      answer(t + 1e-5, DNS, `${C}:4001`, key, "br-ci Out"),
    ];
    expect(outcomes([...healthy(0), ...out(7, 70)])).toEqual(["translated"]);
    expect(outcomes([...healthy(0), ...out(7, 70), ...out(7.0001, 71, v6), ...back(7.01, 70)])).toEqual([]);
    expect(outcomes([...healthy(0), ...out(7, 70), ...back(7.01, 77)])).toEqual([]);
    // A packet that was not taken by the bridge was not, whatever became of its twin.
    const stayed = ask(7.0001, `${C}:4001`, DNS, 71, "a.example", "veth7f P", v6);
    expect(outcomes([...healthy(0), ...out(7, 70), stayed, ...back(7.01, 70)])).toEqual(["stayed-on-bridge"]);
  });

  it("is not called lost in a list without interfaces and ports where its server answered its twin meanwhile", () => {
    const v6 = { "dns.question.type": "AAAA" };
    const copies = (t: number, key: number, from: string[], more: Fields = {}) =>
      from.map((address, index) =>
        ask(t + index * 1e-5, `${address}:4001`, DNS, key, "a.example", undefined, more),
      );
    const back = (t: number, key: number) => [
      answer(t, DNS, `${HOST}:4001`, key),
      answer(t + 1e-5, DNS, `${C}:4001`, key),
      answer(t + 2e-5, DNS, `${C}:4001`, key),
    ];
    const bare = (events: Event[]) =>
      events.map(({ fields, ...event }) => ({
        ...event,
        fields: { ...fields, "source.port": undefined, "destination.port": undefined },
      }));
    const before = [1, 2, 3].flatMap((t) => [...copies(t, t, [C, C, HOST]), ...back(t + 0.01, t)]);
    const lost = copies(7, 70, [C, C]);
    const twin = [...copies(7.0001, 71, [C, C, HOST], v6), ...back(7.01, 71)];
    expect(outcomes(bare([...before, ...lost]))).toEqual(["lost"]);
    expect(outcomes(bare([...before, ...lost, ...twin]))).toEqual([]);
  });

  it("read on a machine with other interface names is followed by what packets show", () => {
    const other = (events: Event[]) =>
      events.map((event) => ({
        ...event,
        fields: {
          ...event.fields,
          "interface.name": { veth7f: "?", "br-ci": "veth0", eth0: "docker0" }[
            event.fields["interface.name"] as string
          ],
        },
      }));
    expect(
      outcomes(
        other([
          ...healthy(0),
          ...question(7, [
            ["veth7f P", C],
            ["br-ci In", C],
          ]),
        ]),
      ),
    ).toEqual(["not-forwarded"]);
    expect(
      outcomes(
        other([
          ...healthy(0),
          ...question(7, [
            ["veth7f P", C],
            ["br-ci P", C],
          ]),
        ]),
      ),
    ).toEqual(["stayed-on-bridge"]);
    expect(
      outcomes(
        other([
          ...healthy(0),
          ...question(7, [
            ["veth7f P", C],
            ["br-ci In", C],
            ["eth0 Out", C],
          ]),
        ]),
      ),
    ).toEqual(["untranslated"]);
  });

  it("to its own subnet, the host, another bridge, a multicast group needs none", () => {
    const dump = at(NaN, "link.state", {
      "interface.name": "br-other",
      "interface.kind": "bridge",
      "interface.addresses": ["10.10.0.1/24"],
      $source: 9,
    });
    for (const server of ["10.9.0.1", "10.9.0.77", HOST, "10.10.0.5", "224.0.0.251", "127.0.0.11"]) {
      expect(
        outcomes([
          dump,
          rule(),
          ...healthy(0),
          ...question(
            7,
            [
              ["veth7f P", C],
              ["br-ci In", C],
            ],
            server,
          ),
        ]),
      ).toEqual([]);
    }
  });

  it("flooded with the bridge's address as source was not masqueraded (br_netfilter)", () => {
    expect(
      outcomes([
        ...healthy(0),
        ...question(7, [
          ["veth7f P", C],
          ["br-ci P", C],
          ["veth8 Out", "10.9.0.1"],
        ]),
      ]),
    ).toEqual(["stayed-on-bridge"]);
  });

  it("bridged on to another port keeps its MAC: it has not left", () => {
    const mac = { "source.mac": "3a:61:b6:a3:a2:98" };
    expect(
      outcomes([
        ...healthy(0),
        ...question(
          7,
          [
            ["veth7f P", C],
            ["br-ci P", C],
            ["oddname Out", C],
          ],
          DNS,
          mac,
        ),
      ]),
    ).toEqual(["stayed-on-bridge"]);
  });

  it("that waits for a silent next hop was forwarded", () => {
    const who = [7.0001, 8, 9].map((t) =>
      at(t, "arp.request", {
        "arp.target.ip": DNS,
        "arp.sender.ip": HOST,
        "interface.name": "eth0",
        "packet.direction": "Out",
      }),
    );
    expect(
      passages([
        ...healthy(0, "192.0.2.54"),
        ...question(7, [
          ["veth7f P", C],
          ["br-ci In", C],
        ]),
        ...who,
      ]),
    ).toMatchObject([
      { "passage.outcome": "next-hop-silent", "passage.hop": "forwarding", "passage.next_hop": DNS },
    ]);
    const reply = at(7.001, "arp.reply", { "arp.sender.ip": DNS, "arp.sender.mac": "02:00:00:00:00:09" });
    expect(
      outcomes([
        ...healthy(0, "192.0.2.54"),
        ...question(7, [
          ["veth7f P", C],
          ["br-ci In", C],
        ]),
        who[0]!,
        reply,
        ...who.slice(1),
      ]),
    ).toEqual(["not-forwarded"]);
  });

  it("that left translated and got no answer tells so", () => {
    expect(
      passages(
        question(7, [
          ["veth7f P", C],
          ["br-ci In", C],
          ["eth0 Out", HOST],
        ]),
      ),
    ).toMatchObject([
      { "passage.outcome": "translated", "passage.translated": true, "passage.source_on_wire": HOST },
    ]);
  });

  it("whose answer comes back to the host but not to the client", () => {
    const asked = (t: number, key: number) =>
      [
        ["veth7f P", C],
        ["br-ci In", C],
        ["eth0 Out", HOST],
      ].map(([place, from]) => ask(t, `${from}:${key}`, DNS, key, "a.example", place));
    const back = (t: number, key: number) => answer(t, DNS, `${HOST}:${key}`, key, "eth0 In");
    const events = [...asked(7, 50), back(7.001, 50), ...asked(12.005, 50), back(12.006, 50)];
    const told = {
      "passage.outcome": "reply-not-delivered",
      "passage.hop": "left",
      "passage.translated": true,
    };
    const first = passages([...healthy(0), ...events].slice(0, -1));
    // After the last question the client gives up: it shares the lot of the one before, where the capture goes on long enough.
    expect(passages([...healthy(0), ...events])).toMatchObject([told, told]);
    expect(first).toMatchObject([told, { "passage.outcome": "translated" }]);
    const legs = of("dns.leg", assemble([...healthy(0), ...events])).map(
      (event) => event.fields["dns.outcome"],
    );
    expect(legs).toEqual(["answered", "timeout", "answered"]);
    // Asked and answered once: the client did not ask again, and nothing shows that it missed the answer.
    expect(outcomes([...healthy(0), ...asked(7, 50), back(7.001, 50)])).toEqual([]);
    // Without any answer that goes on, the capture may just not show them.
    expect(outcomes(events)).toEqual([]);
  });

  it("that is refused by the host's firewall was not lost", () => {
    const icmp = at(7.0005, "icmp.message", {
      "icmp.type": 3,
      "icmp.code": 13,
      "icmp.name": "admin prohibited",
      "icmp.original.source.ip": C,
      "icmp.original.source.port": id + 7,
      "icmp.original.destination.ip": DNS,
      "icmp.original.destination.port": 53,
    });
    const events = [
      ...healthy(0),
      ...question(7, [
        ["veth7f P", C],
        ["br-ci In", C],
      ]),
    ];
    expect(
      outcomes([...events, { ...icmp, fields: { ...icmp.fields, "icmp.original.source.port": id } }]),
    ).toEqual([]);
  });

  it("with interface indices only is followed by what healthy packets show", () => {
    const numbered = (events: Event[]) =>
      events.map((event) => {
        const { "interface.name": name, ...fields } = event.fields;
        return {
          ...event,
          fields: { ...fields, "interface.id": { veth7f: 59, "br-ci": 2, eth0: 63 }[name as string] },
        };
      });
    expect(
      passages(
        numbered([
          ...healthy(0),
          ...question(7, [
            ["veth7f P", C],
            ["br-ci P", C],
          ]),
        ]),
      ),
    ).toMatchObject([
      {
        "passage.outcome": "stayed-on-bridge",
        "passage.bridge": "ifindex 2",
        "passage.hops": ["ifindex 59 P", "ifindex 2 P"],
      },
    ]);
    expect(
      outcomes(
        numbered([
          ...healthy(0),
          ...question(7, [
            ["veth7f P", C],
            ["br-ci In", C],
          ]),
        ]),
      ),
    ).toEqual(["not-forwarded"]);
  });

  it("without interface or direction is known to be lost, not where", () => {
    const bare = (events: Event[]) =>
      events.map(({ fields: { "interface.name": _, "packet.direction": __, ...fields }, ...event }) => ({
        ...event,
        fields,
      }));
    expect(
      outcomes(
        bare([
          ...healthy(0),
          ...question(7, [
            ["a", C],
            ["b", C],
          ]),
        ]),
      ),
    ).toEqual(["lost"]);
    expect(
      outcomes(
        bare([
          ...healthy(0),
          ...question(7, [
            ["a", C],
            ["b", C],
            ["c", C],
          ]),
        ]),
      ),
    ).toEqual(["untranslated"]);
  });

  it("opens TCP connections by SYN; each repetition is a passage", () => {
    const good = [
      syn(0, "veth7f P", C, 50001, "192.0.2.80", 100),
      syn(0.00001, "br-ci In", C, 50001, "192.0.2.80", 100),
      syn(0.0001, "eth0 Out", HOST, 50001, "192.0.2.80", 100),
      at(0.001, "tcp.segment", {
        "tcp.flags": "S.",
        "tcp.seq": 9,
        "tcp.ack": 101,
        "source.ip": "192.0.2.80",
        "source.port": 443,
        "destination.ip": HOST,
        "destination.port": 50001,
      }),
    ];
    const bad = [7, 8.02, 10.02].flatMap((t) => [
      syn(t, "veth7f P", C, 50002, "192.0.2.80", 300),
      syn(t, "br-ci In", C, 50002, "192.0.2.80", 300),
      syn(t, "eth0 Out", C, 50002, "192.0.2.80", 300),
    ]);
    expect(outcomes([...good, ...bad])).toEqual(["untranslated", "untranslated", "untranslated"]);
    expect(outcomes(good)).toEqual([]);
  });

  it("to a service's address goes on to where that is: it was not lost", () => {
    const service = "10.96.0.10";
    const kube = rule("10.9.0.0/24", { "interface.out": undefined, "interface.out_negated": undefined });
    const asked = question(
      7,
      [
        ["veth7f P", C],
        ["br-ci In", C],
      ],
      service,
    );
    const rewritten = ask(7.0001, `${C}:${id}`, "10.9.0.9", id, "a.example", "veth8 Out");
    expect(outcomes([kube, ...healthy(0), ...asked])).toEqual(["not-forwarded"]);
    expect(outcomes([kube, ...healthy(0), ...asked, rewritten])).toEqual([]);
    const opened = [syn(7, "veth7f P", C, 50002, service, 300), syn(7, "br-ci In", C, 50002, service, 300)];
    expect(outcomes([kube, ...healthy(0), ...opened])).toEqual(["not-forwarded"]);
    expect(
      outcomes([kube, ...healthy(0), ...opened, syn(7.0001, "veth8 Out", C, 50002, "10.9.0.9", 300)]),
    ).toEqual([]);
  });

  it("last seen when the capture ends proves nothing", () => {
    const lost = question(7, [
      ["veth7f P", C],
      ["br-ci In", C],
    ]);
    expect(of("packet.passage", assemble([...healthy(0), ...lost]))).toEqual([]);
  });

  it("that is a stray reset skips NAT harmlessly", () => {
    const events = [
      ...healthy(0),
      ...["veth7f P", "br-ci In", "eth0 Out"].map((place) => syn(9, place, C, 50001, "192.0.2.80", 300, "R")),
    ];
    expect(outcomes(events)).toEqual([]);
  });

  it("can be a ping", () => {
    const ping = (t: number, place: string, from: string): Event => {
      const [name, direction] = place.split(" ");
      return at(t, "icmp.message", {
        "network.transport": "icmp",
        "icmp.type": 8,
        "icmp.code": 0,
        "icmp.id": 7,
        "icmp.seq": t,
        "source.ip": from,
        "destination.ip": "192.0.2.1",
        "interface.name": name,
        "packet.direction": direction,
      });
    };
    expect(outcomes([...healthy(0), ping(7, "veth7f P", C), ping(7, "br-ci In", C)])).toEqual([
      "not-forwarded",
    ]);
  });

  it("is cited by at most eight of its copies", () => {
    const [passage] = of(
      "packet.passage",
      assemble([
        ...healthy(0),
        ...question(
          7,
          Array.from({ length: 20 }, (_, port) => [`veth${port} P`, C] as const),
        ),
        end,
      ]),
    );
    expect(passage!.cites).toHaveLength(8);
  });
});
