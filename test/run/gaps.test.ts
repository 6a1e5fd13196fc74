import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { renderExplained } from "../../src/report/explained/text.js";
import { rules as builtin } from "../../src/rules/generated.js";
import { loadRules } from "../../src/rules/load.js";
import type { Rule } from "../../src/rules/rule.js";
import { analyze } from "../../src/run/analyze.js";
import { explainRule } from "../../src/run/rules/explain.js";
import { dnsAnswer, dnsQuery, ETHERNET, hex, ipv4, ng, udp } from "../decode/packet/build.js";

const analyzed = (name: string, bytes: string | Buffer, rules: readonly Rule[] = builtin): Promise<Report> =>
  analyze([{ name, bytes: Buffer.from(bytes) }], { grammars, rules, version: "test", jobs: 1, year: 2026 });

/** A rule whose finding hangs on an event that is not there. */
function absence(eql: string): Rule {
  const text = `id: silence\ntitle: Silence\nseverity: high\ndescription: For tests.\nsummary: "it is not there"\nqueries:\n  - eql: >-\n      ${eql}\n`;
  const { rules, problems } = loadRules([{ file: "silence.yaml", text }]);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return rules[0]!;
}

const EVENT = '[any where event.action == "bridge.port_state"]';
const ABSENT = '![any where event.action == "kernel.oom_kill"]';

/** A journal of one machine, from lines that begin with `MM:SS `, and others as they are. */
const journal = (...lines: string[]): string =>
  [...lines.map((line) => line.replace(/^\d\d:\d\d /, "Mar 02 10:$&dev1 ")), ""].join("\n");

const PORT = "kernel: br0: port 1(veth1) entered forwarding state";
/** Stamps of whole seconds do not tell where in its second the last record lies: one more proves that the log goes on. */
const END = `02:00 ${PORT}`;
const BUG = "kernel: BUG: unable to handle page fault for address: 0000";
const LOST = "systemd-journald[300]: Suppressed 1206 messages from docker.service";

/** What the rule makes of the journal, and the reason where it cannot tell. */
async function judged(eql: string, text: string): Promise<string> {
  const { findings, missing } = await analyzed("messages", text, [absence(eql)]);
  return findings.length > 0 ? "found" : (missing[0]?.why ?? "not found");
}

const SUPPRESSED = /^1206 messages of docker\.service were lost to a rate limit \(messages:\d\): /;

describe("a missing event at the end of a sequence", () => {
  const eql = `sequence with maxspan=30s ${EVENT} ${ABSENT}`;

  it("is proven where the log goes on without a gap", async () => {
    expect(await judged(eql, journal(`00:00 ${PORT}`, `01:00 ${PORT}`))).toBe("found");
  });

  it("is not proven where messages were lost within the span, though that is told after it", async () => {
    const text = journal(`00:00 ${PORT}`, `00:50 ${LOST}`, `00:55 ${PORT}`);
    expect(await judged(eql, text)).toMatch(SUPPRESSED);
  });

  it("is proven where they were lost before", async () => {
    const text = journal(`00:00 ${LOST}`, `00:01 ${PORT}`, `01:00 ${PORT}`);
    expect(await judged(eql, text)).toBe("found");
  });

  it("is not proven while the machine was off", async () => {
    const text = journal(`00:00 ${PORT}`, "-- Boot b1f0c0ffee0a4a5e9c0d1e2f3a4b5c6d --", `05:00 ${PORT}`);
    expect(await judged(eql, text)).toMatch(/^the machine was started anew \(messages:2\): /);
  });

  it("is not proven while the machine slept", async () => {
    const slept = ["00:10 kernel: PM: suspend entry (deep)", "04:00 kernel: PM: suspend exit"];
    expect(await judged(eql, journal(`00:00 ${PORT}`, ...slept, `05:00 ${PORT}`))).toMatch(
      /^the machine was asleep \(messages:3\): /,
    );
    expect(await judged(eql, journal(...slept, `04:10 ${PORT}`, `05:00 ${PORT}`))).toBe("found");
  });
});

describe("a missing event in the middle of a sequence", () => {
  const eql = `sequence with maxspan=10m ${EVENT} ${ABSENT} [any where event.action == "kernel.bug"]`;
  it("is proven where nothing was lost between the two", async () => {
    expect(await judged(eql, journal(`00:00 ${LOST}`, `00:01 ${PORT}`, `01:00 ${BUG}`, END))).toBe("found");
  });

  it("is not proven where something was", async () => {
    expect(await judged(eql, journal(`00:01 ${PORT}`, `00:30 ${LOST}`, `01:00 ${BUG}`))).toMatch(SUPPRESSED);
  });

  it("is not proven where that is told only after the second", async () => {
    expect(await judged(eql, journal(`00:01 ${PORT}`, `01:00 ${BUG}`, `02:00 ${LOST}`))).toMatch(SUPPRESSED);
  });
});

describe("a missing event at the start of a sequence", () => {
  const eql = `sequence with maxspan=30s ${ABSENT} [any where event.action == "kernel.bug"]`;
  it("is proven where the log goes back far enough", async () => {
    expect(await judged(eql, journal(`00:00 ${PORT}`, `01:00 ${BUG}`, END))).toBe("found");
  });

  it("is not proven where something was lost in that time", async () => {
    expect(await judged(eql, journal(`00:00 ${PORT}`, `00:45 ${LOST}`, `01:00 ${BUG}`))).toMatch(SUPPRESSED);
    expect(await judged(eql, journal(`00:00 ${LOST}`, `00:05 ${PORT}`, `01:00 ${BUG}`, END))).toBe("found");
  });
});

describe("the report", () => {
  it("shows what each source says is missing from it, with the line that tells it", async () => {
    const { sources } = await analyzed(
      "messages",
      journal(`00:00 ${PORT}`, `00:50 ${LOST}`, `00:55 ${PORT}`),
    );
    expect(sources[0]!.gaps).toEqual([
      {
        from: null,
        to: "2026-03-02T10:00:50.999999000Z",
        why: "1206 messages of docker.service were lost to a rate limit",
        lost: 1206,
        line: 2,
        offset: expect.any(Number),
      },
    ]);
  });

  it("has no gaps for a source that tells of none, however long it is silent", async () => {
    const { sources } = await analyzed("messages", journal(`00:00 ${PORT}`, `59:00 ${PORT}`));
    expect(sources[0]).not.toHaveProperty("gaps");
  });
});

describe("rules explain", () => {
  it("names the gap for which it cannot tell", async () => {
    const name = "messages";
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "gaps-"));
    try {
      fs.writeFileSync(path.join(dir, name), journal(`00:00 ${PORT}`, `00:50 ${LOST}`, `00:55 ${PORT}`));
      const rule = absence(`sequence with maxspan=30s ${EVENT} ${ABSENT}`);
      const explained = await explainRule([dir], rule, { grammars, version: "test", jobs: 1, year: 2026 });
      expect(explained.answer).toBe("cannot-tell");
      const gap = "1206 messages of docker.service were lost to a rate limit (messages:2)";
      expect(explained.queries[0]!.undecided).toEqual({ order: 0, coverage: 2, gap });
      expect(renderExplained(explained)).toContain(`does not cover the time of the missing event: ${gap}`);
    } finally {
      fs.rmSync(dir, { recursive: true });
    }
  });
});

/** A question that is not answered, another one that is, and what the capture says of dropped packets. */
function capture(dropped: "at its end" | "never"): Buffer {
  const { section, capture: described, packet, block, option, n32 } = ng();
  const high = 0x650a6;
  const asked = (seconds: number, id: number) =>
    packet(
      0,
      high,
      seconds * 1e6,
      Buffer.concat([ETHERNET, ipv4(17, udp(40000 + id, 53, dnsQuery(id, `n${id}.test`)))]),
    );
  const answered = (seconds: number, id: number) =>
    packet(
      0,
      high,
      seconds * 1e6 + 900,
      Buffer.concat([
        ETHERNET,
        ipv4(17, udp(53, 40000 + id, dnsAnswer(id, `n${id}.test`, "192.0.2.80")), {
          source: "192.0.2.53",
          destination: "10.0.0.5",
        }),
      ]),
    );
  const statistics = block(
    5,
    Buffer.concat([
      n32(0),
      n32(high),
      n32(60e6),
      option(5, Buffer.concat([n32(12), n32(0)])),
      hex("00000000"),
    ]),
  );
  return Buffer.concat([
    section(),
    described(1),
    asked(1, 1),
    answered(1, 1),
    asked(2, 2),
    asked(60, 3),
    answered(60, 3),
    ...(dropped === "at its end" ? [statistics] : []),
  ]);
}

describe("an answer that is not in a capture", () => {
  it("was not given, where the capture has all packets", async () => {
    const { findings } = await analyzed("br0.pcapng", capture("never"));
    expect(findings.map(({ rule }) => rule)).toContain("dns-timeout");
  });

  it.each([
    ["", (bytes: Buffer) => bytes],
    [", packed too", (bytes: Buffer) => zlib.gzipSync(bytes)],
  ])("may have been dropped, where the file says at its end that packets were%s", async (_, pack) => {
    const { findings, missing, sources } = await analyzed("br0.pcapng", pack(capture("at its end")));
    expect(findings.filter(({ severity }) => severity !== "low" && severity !== "informational")).toEqual([]);
    expect(findings.map(({ rule }) => rule)).not.toContain("evidence-ends-early");
    expect(missing.map(({ why }) => why)).toContainEqual(
      expect.stringMatching(/^12 packets were dropped while capturing \(br0\.pcapng, byte \d+\): /),
    );
    expect(sources[0]!.gaps).toMatchObject([
      { from: null, why: "12 packets were dropped while capturing", lost: 12 },
    ]);
  });

  it("may have been dropped, where tcpdump's last words say so", async () => {
    const text = (dropped: number) =>
      [
        "2026-03-02 10:00:00.000000 IP 198.51.100.7.40001 > 192.0.2.53.53: 4660+ A? registry.example.net. (38)",
        "2026-03-02 10:00:01.000000 IP 198.51.100.7.40009 > 192.0.2.53.53: 4661+ A? b.example.net. (38)",
        "2026-03-02 10:00:01.000912 IP 192.0.2.53.53 > 198.51.100.7.40009: 4661 1/0/0 A 192.0.2.80 (54)",
        "2026-03-02 10:00:40.000000 IP 198.51.100.7.40010 > 192.0.2.53.53: 4662+ A? b.example.net. (38)",
        "2026-03-02 10:00:40.000912 IP 192.0.2.53.53 > 198.51.100.7.40010: 4662 1/0/0 A 192.0.2.80 (54)",
        "5 packets captured",
        "9 packets received by filter",
        `${dropped} packets dropped by kernel`,
        "",
      ].join("\n");
    const rulesOf = async (dropped: number) =>
      (await analyzed("dump.txt", text(dropped))).findings.map(({ rule }) => rule);
    expect(await rulesOf(0)).toContain("dns-timeout");
    expect(await rulesOf(4)).not.toContain("dns-timeout");
  });

  it("may lie in bytes that are damaged", async () => {
    const whole = capture("never");
    // The answered question at the end stays whole; what lies before it, behind the open question, is overwritten.
    const { packet } = ng();
    const junk = packet(0, 0x650a6, 2_500_000, Buffer.alloc(200)).fill(0xee, 0, 16);
    const third = whole.length - tailLength(whole);
    const damaged = Buffer.concat([whole.subarray(0, third), junk, whole.subarray(third)]);
    const { findings, sources } = await analyzed("br0.pcapng", damaged);
    expect(sources[0]!.gaps).toMatchObject([{ why: `${junk.length} bytes are damaged`, lost: junk.length }]);
    expect(findings.map(({ rule }) => rule)).not.toContain("dns-timeout");
  });
});

it("the report is the same with every record decoded", async () => {
  const evidence = [
    { name: "br0.pcapng", bytes: capture("at its end") },
    { name: "messages", bytes: Buffer.from(journal(`00:00 ${PORT}`, `00:50 ${LOST}`, `00:55 ${PORT}`)) },
  ];
  const options = { grammars, rules: builtin, version: "test", year: 2026 };
  const report = await analyze(evidence, { ...options, jobs: 1 });
  expect(report.sources.flatMap(({ gaps = [] }) => gaps)).toHaveLength(2);
  expect(await analyze(evidence, { ...options, jobs: 1, prefilter: false })).toEqual(report);
  expect(
    await analyze(evidence, {
      ...options,
      jobs: 3,
      tuning: { aloneBelow: 0, stretchBytes: 300, patient: true },
    }),
  ).toEqual(report);
});

/** Length of the last question and its answer. */
function tailLength(bytes: Buffer): number {
  const last = bytes.readUInt32LE(bytes.length - 4);
  return last + bytes.readUInt32LE(bytes.length - last - 4);
}
