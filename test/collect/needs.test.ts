import { describe, expect, it } from "@jest/globals";
import type { Problem } from "../../src/collect/options.js";
import { rules } from "../../src/rules/generated.js";
import { scriptFor, stepsOf } from "./scripts.js";

// What rules say they need is what the scripts collect.

/** Commands that only a person can run: they need a name, an address, a program of the user's, or change the host. */
const BY_HAND = [
  /^script -c /,
  /^strace .* COMMAND$/,
  /^dig .*@/,
  /^for i in 1 2 3; do dig/,
  /^dockerd --debug/,
  /^sysctl -w /,
  / host ADDRESS$/,
];

/** What a step of a script stands for, where its line has other words than the command that it comes down to. */
function wordsOf(step: string): string[] {
  const units = /^journal \S+ '([^']+)'/.exec(step)?.[1]?.split(" ");
  if (units)
    return ["journalctl", "-o", "short-iso-precise", "--no-pager", ...units.flatMap((unit) => ["-u", unit])];
  const [, words] = STANDS_FOR.find(([beginning]) => step.includes(beginning)) ?? [];
  return (words ?? step.replaceAll("'", "")).split(" ");
}

const STANDS_FOR: readonly (readonly [string, string])[] = [
  ["kernel_log", "journalctl -k -o short-iso-precise --no-pager"],
  ["offloads", "ethtool -k IFACE"],
  ["packet_filter iptables", "iptables-save iptables-nft-save iptables-legacy-save"],
  ["inspect_containers", "docker inspect $(docker ps -q)"],
  ["inspect_networks", "docker network inspect $(docker network ls -q)"],
  ["container_files", "docker exec CONTAINER cat /etc/resolv.conf"],
  ["container_logs", "docker logs -t registry"],
  ["net.ipv4.conf.*.forwarding", "sysctl -a net.ipv4.ip_forward net.ipv4.conf.all.forwarding"],
];

/** The single commands of a line, without where their output goes and what becomes of it. */
const commandsOf = (line: string): string[] =>
  line
    .replace(/ +#.*$/, "")
    .split(/; | & (?=strace)/)
    .map((command) => command.replaceAll(/ *[12]?>(&\d|\S| \S+)\S*| \| .*$/g, "").trim())
    .filter((command) => !BY_HAND.some((pattern) => pattern.test(command)));

/** Which packets are needed: the words of filters. */
const PACKETS = ["port 53", "arp", "icmp", "tcp-syn", "tcp-rst", "tcp port 443"];
/** The script asks for a time of its own, and for all protocols. */
const NARROWED = /^(--since|1h|--until|0s|-p|tcp|udp)$/;

/** Is a command that a rule names run by one of the steps, perhaps with more to it? */
function isCollected(command: string, steps: readonly string[]): boolean {
  if (command.startsWith("tcpdump")) {
    const captures = steps.filter((step) => step.startsWith("capture ")).join("\n");
    return PACKETS.every((packets) => !command.includes(packets) || captures.includes(packets));
  }
  const words = command.split(" ").filter((word) => !NARROWED.test(word));
  const collected = steps.map(wordsOf);
  // Of several daemons that may do a thing, each has its own file.
  if (words[0] === "journalctl") return words.every((word) => collected.some((step) => step.includes(word)));
  return collected.some((step) => words.every((word) => step.includes(word)));
}

function missingFrom(problems: readonly Problem[], ids: readonly string[]): string[] {
  const steps = stepsOf(scriptFor({ problems }));
  return rules
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ id, needs }) =>
      needs
        .filter(({ command }) => !BY_HAND.some((pattern) => pattern.test(command)))
        .flatMap(({ command }) => commandsOf(command))
        .filter((command) => !isCollected(command, steps))
        .map((command) => `${id}: ${command}`),
    );
}

const named = (pattern: RegExp) => rules.map(({ id }) => id).filter((id) => pattern.test(id));

describe("a script collects what the rules need", () => {
  it("all: every command of every rule that needs no person", () => {
    expect(missingFrom(["dns", "nat", "registry"], named(/./))).toEqual([]);
  });

  it("dns: those of rules about name servers and look-ups", () => {
    expect(
      missingFrom(["dns"], named(/^dns-|^resolver-|^embedded-resolver|^conntrack-race|^upstream-silent/)),
    ).toEqual([]);
  });

  it("nat: those of rules about the way through the host", () => {
    const about =
      /^(lost-nat|masquerade-missing|dropped-|reply-not-delivered|bridge-|ip-forward|iptables-|snat-|stale-udp|martian|conntrack-table|next-hop|no-route|capture-one|veth-|link-flap|failures-follow|subnet-overlap|neighbour)/;
    expect(missingFrom(["nat"], named(about))).toEqual([]);
  });

  it("registry: those of rules about pulls, pushes and certificates", () => {
    const about =
      /^(registry-|tls-|cert-|image-|pod-|proxy-|rate-limited|content-trust|connection-|mtu-|disk-full|daemon-|clock-)/;
    expect(missingFrom(["registry"], named(about))).toEqual([]);
  });
});
