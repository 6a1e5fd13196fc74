import { execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Programs without which there is no network to collect from. */
const NEEDED = ["ip", "tcpdump", "iptables", "dnsmasq", "dig", "unshare"];

/** May network namespaces be made here, and is there what runs in them? */
export function hasNamespaces(): boolean {
  const found = NEEDED.every((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0);
  return found && process.getuid?.() === 0 && spawnSync("unshare", ["-n", "true"]).status === 0;
}

/**
 * A host with a bridge, a container behind it and a name server beyond, each in a network namespace of its own. The host's resolv.conf is
 * a file of the test's: nothing of the machine that it runs on is changed.
 */
export class World {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "collect-"));
  /** So short that interface names made of it are still some. */
  private readonly id = `hc${process.pid}`;
  private readonly running: ReturnType<typeof spawn>[] = [];

  constructor(resolvConf: string) {
    fs.writeFileSync(path.join(this.folder, "resolv.conf"), resolvConf);
    for (const place of ["host", "container", "server"] as const) {
      execFileSync("ip", ["netns", "add", this.name(place)]);
      this.ip(place, "link set lo up");
      // Its addresses come up by themselves, and take their time.
      this.run(place, "for all in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >$all; done");
    }
    this.ip("host", "link add br0 address 02:00:00:00:00:01 type bridge");
    this.ip("host", `link add vport type veth peer name eth0 netns ${this.name("container")}`);
    this.ip("host", `link add uplink type veth peer name eth0 netns ${this.name("server")}`);
    this.ip("host", "addr add 10.9.0.1/24 dev br0");
    this.ip("host", "addr add 192.0.2.2/24 dev uplink");
    this.ip("container", "addr add 10.9.0.7/24 dev eth0");
    this.ip("server", "addr add 192.0.2.53/24 dev eth0");
    this.ip("server", "addr add 192.0.2.54/24 dev eth0");
    this.ip("host", "link set vport master br0 up");
    for (const [place, link] of [
      ["host", "br0"],
      ["host", "uplink"],
      ["container", "eth0"],
      ["server", "eth0"],
    ] as const)
      this.ip(place, `link set ${link} up`);
    this.ip("container", "route add default via 10.9.0.1");
    this.run("host", "echo 1 >/proc/sys/net/ipv4/ip_forward");
    this.begin(
      "server",
      "exec dnsmasq -k --conf-file=/dev/null --no-resolv --no-hosts --user=root --pid-file= --listen-address=192.0.2.53 --bind-interfaces --address=/example/192.0.2.80 --log-facility=/dev/null",
    );
  }

  private name(place: string): string {
    return `${this.id}-${place}`;
  }

  private ip(place: string, words: string): void {
    execFileSync("ip", ["-n", this.name(place), ...words.split(" ")]);
  }

  private inside(place: string, command: string): [string, string[]] {
    const own = `mount --bind ${this.folder}/resolv.conf /etc/resolv.conf && ${command}`;
    return ["ip", ["netns", "exec", this.name(place), "unshare", "-m", "sh", "-c", own]];
  }

  /** Runs a shell's command to its end. @returns what it printed */
  run(place: "host" | "container" | "server", command: string): string {
    return spawnSync(...this.inside(place, command), { encoding: "utf8" }).stdout;
  }

  /** Starts one, which ends with the world at the latest. */
  begin(place: "host" | "container" | "server", command: string): ReturnType<typeof spawn> {
    const child = spawn(...this.inside(place, command), { stdio: ["ignore", "pipe", "pipe"] });
    this.running.push(child);
    return child;
  }

  /** What a script could change here, and counters do not. */
  state(): string {
    return this.run(
      "host",
      "ip addr; ip route show table all; ip rule; iptables-save; nft list ruleset; cat /etc/resolv.conf; cat /proc/modules; grep -rs . /proc/sys/net/ipv4 /proc/sys/net/netfilter | grep -v -e conntrack_count -e nf_conntrack_buckets",
    ).replaceAll(/^#.*$|counter packets \d+ bytes \d+/gm, "");
  }

  end(): void {
    for (const child of this.running) child.kill();
    for (const place of ["host", "container", "server"]) spawnSync("ip", ["netns", "del", this.name(place)]);
    fs.rmSync(this.folder, { recursive: true });
  }
}
