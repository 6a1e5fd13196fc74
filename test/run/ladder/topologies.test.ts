import { describe, expect, it } from "@jest/globals";
import { judged } from "./evidence.js";
import { capture, DOCKER0, dump, type Line, question, reply } from "./scenes.js";

const rulesOf = async (files: Readonly<Record<string, string>>) =>
  (await judged(files)).findings.map(({ rule }) => rule).sort();

/** Twelve times the lines of one question, five seconds apart, and a sign that the capture went on. */
const often = (lines: (number: number) => Line[]): Line[] => [
  ...Array.from({ length: 12 }, (_, number) =>
    lines(number).map(([at, ...rest]): Line => [number * 5 + at, ...rest]),
  ).flat(),
  [90, "lo", "In", "ARP, Request who-has 127.0.0.1 tell 127.0.0.1, length 28"],
];

const inspected = (id: string, name: string, ip: string, started: string): string =>
  JSON.stringify([
    {
      Id: id.repeat(64),
      State: { Status: "running", Running: true, StartedAt: started, FinishedAt: "0001-01-01T00:00:00Z" },
      Image: "sha256:00",
      Name: `/${name}`,
      HostConfig: { NetworkMode: "default" },
      Config: { Image: `${name}:1` },
      NetworkSettings: { Networks: { bridge: { Gateway: "172.17.0.1", IPAddress: ip } } },
    },
  ]);

describe("findings about a container's packets", () => {
  const any = capture(DOCKER0, "dies in forwarding");
  const named = async (started: string) => {
    const files = { "any.txt": any, "inspect.json": inspected("a", "web", "172.17.0.2", started) };
    const { findings } = await judged(files);
    return findings.find(({ rule }) => rule === "dropped-in-forwarding")!;
  };

  it("name it beside its address", async () => {
    const finding = await named("2026-03-02T09:00:00.5Z");
    expect(finding.entities["container.name"]).toEqual(["web"]);
    expect(finding.summary).toContain("172.17.0.2 (web)");
  });

  it("do not name one that was started later", async () => {
    const finding = await named("2026-03-02T11:00:00.5Z");
    expect(finding.entities["container.name"]).toBeUndefined();
    expect(finding.summary).toContain("of 172.17.0.2 reached");
  });
});

describe("a container in the host's network", () => {
  it("has nothing to be translated", async () => {
    const unanswered = often((number) => [
      [0, "eth0", "Out", question("192.168.7.5", 40_000 + number, "192.0.2.53", number + 1)],
    ]);
    expect(await rulesOf({ "any.txt": dump(unanswered) })).toEqual([]);
  });
});

describe("an overlay", () => {
  const toOtherNode = (number: number): Line[] => {
    const asked = question("10.244.1.5", 40_000 + number, "10.244.2.6", 2000 + number);
    return [
      [30, "veth0a1b2c3d", "P", asked],
      [30 + 1e-5, "cni0", "In", asked],
      [30 + 2e-5, "flannel.1", "Out", asked],
      [
        30 + 3e-5,
        "eth0",
        "Out",
        `IP 198.51.100.7.${50_000 + number} > 198.51.100.8.8472: OTV, flags [I] (0x08), overlay 0, instance 1`,
      ],
    ];
  };

  it("takes packets to another node as they are: none is lost, whatever rules for the way out say", async () => {
    const { findings, passages } = await judged({
      "any.txt": dump(often(toOtherNode)),
      "iptables-save.txt":
        "*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -s 10.244.0.0/16 ! -o cni0 -j MASQUERADE\nCOMMIT\n",
    });
    expect(findings).toEqual([]);
    expect(passages[0]).toMatchObject({
      "passage.outcome": "encapsulated",
      "passage.hops": ["veth0a1b2c3d P", "cni0 In", "flannel.1 Out"],
      "passage.nat_expected": false,
      "bridge.name": "cni0",
    });
  });
});

/** What kube-proxy writes of one service, and flanneld of the cluster's network. */
const CLUSTER_RULES = `*nat
:POSTROUTING ACCEPT [0:0]
:KUBE-SERVICES - [0:0]
:FLANNEL-POSTRTG - [0:0]
-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
-A POSTROUTING -m comment --comment "flanneld masq" -j FLANNEL-POSTRTG
-A FLANNEL-POSTRTG -m mark --mark 0x4000/0x4000 -m comment --comment "flanneld masq" -j RETURN
-A FLANNEL-POSTRTG -s 10.244.1.0/24 -d 10.244.0.0/16 -m comment --comment "flanneld masq" -j RETURN
-A FLANNEL-POSTRTG -s 10.244.0.0/16 ! -d 224.0.0.0/4 -m comment --comment "flanneld masq" -j MASQUERADE --random-fully
-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
-A KUBE-SERVICES -d 10.96.0.10/32 -p udp -m comment --comment "kube-system/kube-dns:dns cluster IP" -m udp --dport 53 -j KUBE-SVC-TCOU7JCQXEZGVUNU
COMMIT
`;

describe("a cluster's node", () => {
  const asked = (number: number, server: string, out?: string): Line[] => {
    const words = question("10.244.1.5", 40_000 + number, server, 2000 + number);
    return [
      [0, "veth0a1b2c3d", "P", words],
      [1e-5, "cni0", "In", words],
      ...(out === undefined ? [] : [[2e-5, out, "Out", words] as Line]),
    ];
  };
  const judgedWith = (lines: (number: number) => Line[], dumped = CLUSTER_RULES) =>
    rulesOf({ "any.txt": dump(often(lines)), "iptables-save.txt": dumped });

  it("rewrites where packets to a service go: nobody misses them on the way out", async () => {
    const leaving = (number: number): Line[] => [
      [1, "cni0", "In", question("10.244.1.5", 41_000 + number, "192.0.2.53", 3000 + number)],
      [1.0001, "eth0", "Out", question("198.51.100.7", 41_000 + number, "192.0.2.53", 3000 + number)],
      [1.001, "eth0", "In", reply("192.0.2.53", "198.51.100.7", 41_000 + number, 3000 + number)],
      [1.002, "cni0", "Out", reply("192.0.2.53", "10.244.1.5", 41_000 + number, 3000 + number)],
    ];
    const toService = (number: number) => [...asked(number, "10.96.0.10"), ...leaving(number)];
    expect(await judgedWith(toService)).toEqual([]);
    const withoutServices = CLUSTER_RULES.replace(/^-A KUBE-SERVICES.*\n/m, "");
    expect(await judgedWith(toService, withoutServices)).toContain("dropped-in-forwarding");
  });

  it("spares packets between pods from translation, also without an overlay", async () => {
    expect(await judgedWith((number) => asked(number, "10.244.2.6", "eth0"))).toEqual([]);
  });

  it("translates what leaves the cluster", async () => {
    expect(await judgedWith((number) => asked(number, "192.0.2.53", "eth0"))).toEqual([
      "lost-nat",
      "masquerade-missing",
    ]);
  });
});

describe("evidence of two hosts", () => {
  const NAT =
    "*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE\nCOMMIT\n";
  // The second host routes its containers: no packet of theirs is ever translated.
  const routed = dump(
    often((number) => {
      const client = "172.17.0.2";
      const asked = question(client, 40_000 + number, "192.0.2.53", number + 1);
      const answered = reply("192.0.2.53", client, 40_000 + number, number + 1);
      const out: Line[] = [
        [0, "veth7f3a1b2", "P", asked],
        [1e-5, "docker0", "In", asked],
        [2e-5, "eth0", "Out", asked],
      ];
      return number % 2 === 0
        ? out
        : [...out, [1e-3, "eth0", "In", answered], [2e-3, "docker0", "Out", answered]];
    }),
  );

  it("does not explain one by the other's rules", async () => {
    const files = {
      "a/etc/hostname": "node-a\n",
      "a/iptables-save.txt": NAT,
      "b/etc/hostname": "node-b\n",
      "b/any.txt": routed,
    };
    expect(await rulesOf(files)).toEqual([]);
    expect(await rulesOf({ ...files, "b/iptables-save.txt": NAT })).toEqual([
      "lost-nat",
      "masquerade-missing",
    ]);
  });

  it("explains a capture of an unknown host by what any of them says", async () => {
    const files = { "a/etc/hostname": "node-a\n", "a/iptables-save.txt": NAT, "b/etc/hostname": "node-b\n" };
    expect(await rulesOf({ ...files, "any.txt": routed })).toEqual(["lost-nat", "masquerade-missing"]);
  });
});
