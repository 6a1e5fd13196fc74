import { describe, expect, it } from "@jest/globals";
import { buildReport } from "../../src/report/document.js";
import { renderMarkdown } from "../../src/report/markdown.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { clock, finding, input, record, source } from "./samples.js";

/** Hundreds of sources, hundreds of findings, long chains, long lines. */
function large() {
  const T = 1_795_319_188_000_000;
  const sources = Array.from({ length: 150 }, (_, i) =>
    source(i, `bundle-${"x".repeat(60)}.tgz!var/log/containers/${i}.log`, {
      clock: `clock-${i}`,
      from: T,
      to: T + 9e6,
      problems: [
        {
          path: `${i}.log`,
          line: 3,
          message: `a record breaks off ${"and on ".repeat(40)}`,
          severity: "warning",
        },
      ],
    }),
  );
  const findings = Array.from({ length: 600 }, (_, i) =>
    finding(`r${i % 40}-${i}`, {
      rule: `r${i % 40}`,
      severity: i % 3 === 0 ? "high" : "low",
      title: `Something happened ${"very ".repeat(20)}often`,
      summary: `It was seen ${"again and ".repeat(60)}again`,
      evidence: Array.from({ length: 12 }, (_, k) =>
        record(i % 150, i + k, T + i * 1000 + k, `a.${k % 4}`, `line ${i} ${"long ".repeat(100)}`),
      ),
      remediation: Array.from({ length: 30 }, (_, k) => `do ${k} ${"this ".repeat(100)}`),
      verify: ["look"],
    }),
  );
  const ids = findings.map(({ id }) => id);
  return input({
    sources,
    findings,
    clocks: sources.map(({ id }) =>
      clock(`clock-${id}`, { kind: "syslog", sources: [id], basis: "b ".repeat(200) }),
    ),
    rootCauses: ids.slice(0, 60),
    stories: ids
      .slice(0, 60)
      .map((root, i) => ({ root, chain: ids.slice(i, i + 200), symptoms: [ids[i + 199]!] })),
    missing: Array.from({ length: 90 }, (_, i) => ({
      what: `thing ${i}`,
      why: "w ".repeat(300),
      command: "tcpdump -i any",
    })),
  });
}

describe("a very large report", () => {
  const report = buildReport(large());

  it("still fits into a ticket, leads with the cause, and says what was left out", () => {
    const text = renderMarkdown(report);
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/^# Something happened/);
    expect(text).toMatch(/_Left out to fit into 60,000 characters: .*The JSON report has everything\._\n$/);
  });

  it("still fits on a few screens", () => {
    expect(renderTerminal(report).split("\n").length).toBeLessThan(280);
  });

  it("unfolds everything when asked", () => {
    const lines = renderTerminal(report, { full: true }).split("\n");
    expect(lines.length).toBeGreaterThan(3000);
  });
});
