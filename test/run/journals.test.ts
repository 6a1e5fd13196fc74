import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { rules } from "../../src/rules/generated.js";
import { type AnalyzeOptions, analyze } from "../../src/run/analyze.js";

// Captures are not part of the project; where they are not beside it, there is nothing to do.
const CAPTURES = path.join(path.dirname(new URL(import.meta.url).pathname), "../../../shared/captures");
const journals = path.join(CAPTURES, "f-journald/out");
const packets = path.join(CAPTURES, "a-dns-blackhole/tshark");
const MODES = [
  "short-precise",
  "json",
  "json-pretty",
  "json-sse",
  "json-seq",
  "json_a",
  "export",
  "verbose",
].map((mode) => path.join(journals, `journalctl_${mode}.txt`));
const FILES = [
  ...MODES,
  path.join(journals, "journalctl_output_fields.json"),
  path.join(journals, "docker_json-file.log"),
  ...[
    "dns.json",
    "dns.ek.ndjson",
    "dns_fields.tsv",
    "dns_V.txt",
    "dns.psml",
    "summary.txt",
    "summary_ud.txt",
  ].map((file) => path.join(packets, file)),
];

const NAMED = FILES.map((file) => [path.basename(file), file] as const);

const investigate = (file: string, options: Partial<AnalyzeOptions> = {}): Promise<Report> =>
  analyze([file], { grammars, rules, version: "test", ...options });

(fs.existsSync(CAPTURES) ? describe : describe.skip)("formats that decoders read", () => {
  it("find the same in one journal, whatever mode it was printed in", async () => {
    const found = async (file: string) => {
      const { findings } = await investigate(file);
      // Which stamps a mode prints is what the modes differ in.
      const told = findings.filter(({ rule }) => rule !== "time-basis-guessed");
      return told.map(({ rule, severity, from, to, entities }) => ({
        rule,
        severity,
        from,
        to,
        entities,
      }));
    };
    // -o verbose shows a coloured message, the only words about a server that does not answer twice, as "[121B blob data]".
    const [reference, ...others] = MODES.slice(0, -1);
    const expected = await found(reference!);
    expect(expected.length).toBeGreaterThan(1);
    for (const file of others)
      expect([path.basename(file), await found(file)]).toEqual([path.basename(file), expected]);
    const rulesOf = (findings: readonly { rule: string }[]) =>
      [...new Set(findings.map(({ rule }) => rule))].sort();
    expect(rulesOf(await found(MODES.at(-1)!))).toEqual(rulesOf(expected));
  });

  it.each(NAMED)(
    "%s: is read to the last record, and the same without the prefilter",
    async (_name, file) => {
      const report = await investigate(file);
      expect(report.sources.map(({ unparsed, problems }) => [unparsed, problems])).toEqual([[0, []]]);
      // Where times run backwards, the last time of a record that nobody asked for is not looked at.
      const judged = ({ summary: _, sources: __, ...rest }: Report) => rest;
      expect(judged(await investigate(file, { prefilter: false }))).toEqual(judged(report));
    },
  );

  it.each(NAMED)("%s: what is cited stands where it says", async (_name, file) => {
    const { findings } = await investigate(file);
    const bytes = fs.readFileSync(file);
    for (const { evidence } of findings)
      for (const { line, offset, length } of evidence) {
        expect(bytes.toString("latin1", 0, offset).split("\n")).toHaveLength(line);
        expect(offset === 0 || bytes[offset - 1] === 10).toBe(true);
        expect(offset + length === bytes.length || bytes[offset + length] === 10).toBe(true);
      }
  });
});
