import type { ReportInput } from "../../src/report/document.js";
import { at, clock, finding, input, record, source } from "./samples.js";

/** A bridge whose address moved with its ports; answers and queries lost for half a minute. Two hundred losses. */
export function lostNat(): ReportInput {
  const removed = record(
    1,
    4,
    at("01:04:14.070183"),
    "bridge.mac_change",
    "[2026-11-22T01:04:14.070183] 4: brtest: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP\\    link/ether d6:9c:01:aa:bb:c0 brd ff:ff:ff:ff:ff:ff",
  );
  const port = record(
    2,
    88,
    [at("01:04:14"), at("01:04:14.999999")],
    "bridge.port_state",
    "Nov 22 01:04:14 dev1 kernel: brtest: port 2(vethtest0) entered disabled state",
  );
  const lost = Array.from({ length: 10 }, (_, i) =>
    record(
      0,
      120 + i * 3,
      at("01:04:14.222447") + i * 200_013,
      "dns.query",
      `brtest In  IP 10.12.10.42.${40112 + i} > 192.168.55.53.53: ${2000 + i}+ A? repo.corp.test. (32)`,
    ),
  );
  const span = { from: at("01:04:07"), to: at("01:04:54") };
  return input({
    sources: [
      source(0, "dump/host_any.pcap", { format: "pcap", records: 450_213, parsed: 450_213, ...span }),
      source(1, "ip_monitor.txt", { format: "ip-monitor", records: 212, parsed: 212, ...span }),
      source(2, "dmesg.txt", {
        format: "journal-short",
        records: 1412,
        parsed: 1409,
        unparsed: 3,
        ...span,
        stamp: "syslog",
        clock: "dev1",
      }),
      source(3, "old/kern.log", {
        format: "syslog",
        records: 55,
        parsed: 55,
        from: at("01:00:00") - at("00:00:00") + 2 * 365 * 86_400e6 + 325 * 86_400e6,
        to: 2 * 365 * 86_400e6 + 326 * 86_400e6,
        stamp: "syslog",
        clock: "old",
      }),
    ],
    clocks: [
      clock("utc", { kind: "epoch", sources: [0, 1], reference: true }),
      clock("dev1", {
        kind: "syslog",
        sources: [2],
        offset: { min: -0.9, max: 0.1, best: -0.4 },
        matches: 12,
        basis: "the year is that of the capture",
      }),
      clock("old", {
        kind: "syslog",
        sources: [3],
        offset: null,
        floating: true,
        basis: "nothing in it is seen elsewhere",
      }),
    ],
    findings: [
      finding("bridge-mac-change-1", {
        severity: "high",
        title: "The bridge's MAC address changed",
        summary:
          "brtest went from 32:74:7c:ab:e9:e3 to d6:9c:01:aa:bb:c0 when vethtest0 left it; it has no address of its own",
        count: 12,
        confidence: 0.97,
        evidence: [removed, port],
        entities: { "bridge.name": ["brtest"] },
        remediation: [
          "Give the bridge a fixed address: ip link set dev brtest address d6:9c:01:aa:bb:c0 (and the same in its configuration).",
        ],
        verify: [
          "ip monitor link while a container starts and stops: no record of brtest with another address.",
        ],
      }),
      ...Array.from({ length: 3 }, (_, i) =>
        finding(`lost-nat-${i + 1}`, {
          severity: "high",
          title: "Packets of containers were not translated",
          summary: `${i === 0 ? 198 : 54} packets from 10.12.10.${42 + i} stayed on brtest and never left with the host's address`,
          count: i === 0 ? 198 : 54,
          confidence: 0.9,
          causedBy: i === 0 ? ["bridge-mac-change-1"] : [],
          evidence: i === 0 ? lost : lost.slice(2 + i, 3 + i),
        }),
      ),
    ],
    rootCauses: ["bridge-mac-change-1"],
    stories: [
      { root: "bridge-mac-change-1", chain: ["bridge-mac-change-1", "lost-nat-1"], symptoms: ["lost-nat-1"] },
    ],
  });
}

/** A healthy folder, with one question that its evidence cannot answer. */
export function nothingFound(): ReportInput {
  const span = { from: at("03:00:00"), to: at("03:30:00") };
  return input({
    sources: [
      source(0, "journal.txt", {
        format: "journal-short",
        records: 2411,
        parsed: 2398,
        unparsed: 13,
        ...span,
      }),
      source(1, "pull.strace", { format: "strace", records: 89, parsed: 89, stamp: "none", clock: "none" }),
      source(2, "notes.docx", {
        format: "unknown",
        records: 0,
        parsed: 0,
        problems: [
          {
            path: "notes.docx",
            offset: 0,
            message: "not a format that is known: nothing was read from it",
            severity: "warning",
          },
        ],
      }),
    ],
    clocks: [clock("utc", { sources: [0] })],
    missing: [
      {
        what: "how the last look-up in pull.strace ended",
        why: "the trace ends 0.8 s after the question, before the resolver's 5 s are over",
        command: "strace -f -tt -T -s 128 -o pull.strace docker pull IMAGE",
      },
    ],
  });
}

/** Nothing at all was given, or nothing of it could be read. */
export function unreadable(): ReportInput {
  return input({
    sources: [
      source(0, "dump.pcap", {
        records: 0,
        parsed: 0,
        problems: [
          {
            path: "dump.pcap",
            offset: 24,
            message: "the file ends within its first packet; nothing was saved",
            severity: "error",
          },
        ],
      }),
    ],
    problems: [{ path: "gone.log", message: "no such file; check the path", severity: "error" }],
  });
}

const HOSTILE =
  'msg="\x1b[2J\x1b]8;;http://evil.example\x07click\x1b]8;;\x07 \u202egnp.exe\u202c <img src=x onerror=alert(1)> [x](javascript:1) | `` ``` | @everyone #1 \r\n\t# pwn\u009b31m"';

/** Evidence, paths and values that try to act on a terminal or in a ticket; a record far too long; bytes that are no text. */
export function hostile(): ReportInput {
  const nasty = record(0, 1, at("05:00:00"), "registry.v2_error", HOSTILE);
  const long = record(0, 2, at("05:00:01"), "dns.error", `lookup ${"a漢`".repeat(5000)}`);
  const binary = {
    ...record(0, 3, at("05:00:02"), "dns.error", ""),
    text: "id \xd3\x37\xff\xfe caf\xc3\xa9",
  };
  const floating = record(
    1,
    1,
    13_586_201_760,
    "dns.query",
    "03:46:26.201760 IP 10.0.0.1.5 > 10.0.0.2.53: 1+ A? x. (20)",
  );
  return input({
    sources: [
      source(0, "a\x1b[31m|`b`<b>\u202e.log", {
        format: "journal-short",
        from: at("05:00:00"),
        to: at("05:00:02"),
      }),
      source(1, "..%2f/[link](http://evil.example)/\u0000.txt", {
        format: "tcpdump",
        stamp: "hms",
        clock: "=cmd|' /C calc'!A0",
        from: 13_586_201_760,
        to: 13_586_201_760,
      }),
    ],
    clocks: [
      clock("=cmd|' /C calc'!A0", {
        kind: "hms",
        sources: [1],
        floating: true,
        offset: null,
        basis: "**no** _date_ <!-- in it",
      }),
    ],
    findings: [
      finding("tls-failure-1", {
        severity: "critical",
        title: "A title with `ticks`, <b>tags</b>, [a link](http://evil.example) and \x1b[31m colours",
        summary:
          "host www.evil.example said @everyone see #1, mail root@evil.example or https://evil.example/?a|b\n\n# heading\n```",
        evidence: [nasty, long, binary, floating],
        entities: { "registry.host": ["<script>alert(1)</script>", "a|b\nc"] },
        remediation: ["- [ ] run `rm -rf /` | now", "<details>"],
        verify: ["1. not a list"],
      }),
    ],
    rootCauses: ["tls-failure-1"],
    stories: [{ root: "tls-failure-1", chain: ["tls-failure-1"], symptoms: [] }],
    missing: [{ what: "a\x07 | b", why: "c\u2028d", command: "echo '```'; `id` | sh" }],
  });
}
