import { buildReport } from "../../../src/report/document.js";
import type { Ladder, Study } from "../../../src/report/study.js";
import { badDns } from "../sample-bad-dns.js";
import { at } from "../samples.js";
import { studyOf } from "./study-of.js";

const origin = at("00:52:20");
const SECOND = 1e6;

const ladder: Ladder = {
  findingId: "dns-timeout-1",
  hops: ["br0 In", "eth0 Out", "eth0 In"],
  total: 40,
  packets: [
    {
      time: "2026-11-22T00:52:27.521204000Z",
      label: "A? docker.moscow.corp.test, 44301 → 53",
      source: "eth0.txt",
      line: 3,
      at: ["seen", "translated", "missing"],
      addresses: ["10.0.0.2 → 172.28.1.15", "172.28.55.39 → 172.28.1.15", ""],
      broken: 2,
      outcome: "left the host, nothing came back",
    },
    {
      time: "2026-11-22T00:52:29.221204000Z",
      label: "A? docker.moscow.corp.test, 51022 → 53",
      source: "eth0.txt",
      line: 9,
      at: ["unknown", "translated", "seen"],
      addresses: ["", "172.28.55.39 → 172.28.1.15", "172.28.1.15 → 172.28.55.39"],
      outcome: "answered",
    },
  ],
};

/** A study of the sample incident in which every part of the page has something to show. */
export function everyPart(): Study {
  const report = buildReport(badDns());
  const cited = report.findings.flatMap(({ evidence }) => evidence);
  return studyOf(report, {
    ladders: [ladder],
    contexts: cited.map(({ source, line, offset }) => ({
      source,
      line,
      offset,
      before: ["a line before"],
      after: ["a line after"],
    })),
    picture: {
      origin,
      length: 50 * SECOND,
      densities: [
        {
          source: "eth0.txt",
          width: SECOND,
          first: 0,
          counts: Array.from({ length: 50 }, (_, i) => (i > 20 && i < 30 ? 0 : i)),
        },
        { source: "journal.txt", width: SECOND, first: 5, counts: [3, 0, 0, 0, 0, 2], estimated: true },
      ],
      bars: [
        {
          source: "eth0.txt",
          line: 3,
          action: "dns.leg",
          label: "A? docker.moscow.corp.test of 172.28.1.15: no answer",
          outcome: "failure",
          from: { earliest: 7.5 * SECOND, latest: 7.5 * SECOND },
          to: { earliest: 12.5 * SECOND, latest: 12.6 * SECOND },
          entities: { resolver: "172.28.1.15" },
          findingIds: ["dns-timeout-1"],
        },
      ],
      marks: [
        {
          source: "journal.txt",
          line: 12,
          action: "registry.v2_error",
          label: "v2 given up",
          time: 12.5 * SECOND,
          latest: 12.5 * SECOND,
          entities: { registry: "docker.moscow.corp.test" },
          findingIds: ["registry-v1-fallback-1"],
        },
      ],
      totals: { bars: 1, marks: 1, records: 1950 },
    },
  });
}
