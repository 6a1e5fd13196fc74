import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readText } from "./shipped.js";

/** Recorded evidence, when it lies beside the project: not part of the repository. */
const CAPTURES = join(process.cwd(), "../shared/captures");
const describeCaptures = existsSync(CAPTURES) ? describe : describe.skip;

/** Which captures each format must understand. */
const FORMATS: [format: string, files: RegExp][] = [
  ["journals", /journalctl_(?!json|export|verbose|cat|output).*\.txt$|journal\.txt$/],
  ["syslog", /syslog|messages/],
  ["logfmt of daemons and registries", /(dockerd|containerd|registry|docker|var_log_docker)\.log$/],
  ["container logs", /docker_logs|compose_logs|docker_events/],
  ["kernel ring buffer", /dmesg|kmsg/],
  ["web servers", /nginx/],
  ["resolvers", /resolv\.conf|dnsmasq\.log$/],
  ["iptables", /iptables/],
  ["connection tracking", /conntrack(?!.*xml)/],
  ["iproute2", /ip_(addr|br_addr|d_link|s_link|monitor|neigh|route)|bridge_(fdb|link|monitor)/],
];

function* files(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else if (!/\.(pcap|pcapng|gz|json|jsonl)$|TRUTH|truth_|README/.test(name)) yield path;
  }
}

describeCaptures("coverage of recorded evidence", () => {
  const all = existsSync(CAPTURES) ? [...files(CAPTURES)] : [];

  it.each(FORMATS)("%s: at least 98 of 100 lines are claimed", (_, pattern) => {
    let lines = 0;
    let unclaimed = 0;
    const examples: string[] = [];
    for (const path of all.filter((each) => pattern.test(each.slice(CAPTURES.length)))) {
      const read = readText(readFileSync(path));
      lines += read.lines;
      unclaimed += read.unclaimedLines;
      examples.push(...read.unclaimed.slice(0, 3).map((text) => `${path.slice(CAPTURES.length)}: ${text}`));
    }
    expect(lines).toBeGreaterThan(0);
    expect({
      enough: unclaimed <= lines * 0.02,
      examples: unclaimed <= lines * 0.02 ? [] : examples,
    }).toEqual({ enough: true, examples: [] });
  });
});
