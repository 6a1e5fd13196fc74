import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { keyFrom } from "../../src/redact/key.js";
import { parseKinds } from "../../src/redact/kinds.js";
import { Masker } from "../../src/redact/masker.js";
import { maskData } from "../../src/redact/report.js";
import type { Report } from "../../src/report/contract.js";
import { renderHtml } from "../../src/report/html/index.js";
import { renderJson } from "../../src/report/json.js";
import { renderMarkdown } from "../../src/report/markdown.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";
import { findFiles } from "../../src/run/found.js";
import { type CopiedFile, copyMasked } from "../../src/run/redact/copy.js";
import { gather, gatherFrom } from "../../src/run/redact/gather.js";
import { study } from "../../src/run/study/study.js";
import { documents, FORMATS, PLANTS } from "./plants.js";

const ROOT = path.join(import.meta.dirname, "../..");
const KEY = keyFrom("a key for folders");
const OPTIONS = { grammars, rules, version: "test", jobs: 1 };

const made: string[] = [];
const folder = (): string => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-redact-"));
  made.push(dir);
  return dir;
};
afterAll(() => {
  for (const dir of made) fs.rmSync(dir, { recursive: true });
});

async function copied(from: string, kinds = "all"): Promise<{ out: string; files: CopiedFile[] }> {
  const found = await findFiles([from], undefined);
  try {
    const { knowledge, surveyed } = await gatherFrom(found, { grammars });
    const out = folder();
    const files: CopiedFile[] = [];
    for await (const file of copyMasked(surveyed, new Masker(KEY, parseKinds(kinds), knowledge), out))
      files.push(file);
    return { out, files };
  } finally {
    found.close();
  }
}

/** What was found, without names and addresses. */
const verdict = ({ findings, rootCauses, story, summary }: Report) => ({
  findings: findings
    .map(({ id, rule, severity, count, causedBy }) => `${id} ${rule} ${severity} ${count} ${causedBy}`)
    .sort(),
  rootCauses,
  chains: story.map(({ steps }) => steps.map(({ findingId }) => findingId)),
  records: summary.records,
  unparsed: summary.unparsed,
});

/** Evidence of an incident in a folder of its own, without what is none. */
function evidence(from: string): string {
  const dir = folder();
  fs.cpSync(from, dir, {
    recursive: true,
    filter: (file) =>
      !/(?:expected\.json|TRUTH\.json|truth[^/]*|\.stderr|fault\.txt|runs\.jsonl)$/.test(file),
  });
  return dir;
}

const INCIDENTS = ["docker-bad-dns", "lost-nat-rule", "resolver-lookalike"];
const CAPTURES = path.join(ROOT, "../shared/captures");

describe("a masked folder tells the same story", () => {
  const places = [
    ...INCIDENTS.map((name) => path.join(ROOT, "fixtures/incidents", name)),
    ...["k-registry-auth-401"].map((name) => path.join(CAPTURES, name)),
  ].filter((place) => fs.existsSync(place));

  it.each(places.map((place) => [path.basename(place), place]))("%s", async (_, place) => {
    const from = evidence(place);
    const { out, files } = await copied(from);
    expect(files.filter(({ trouble }) => trouble !== undefined)).toEqual([]);
    expect(verdict(await analyze([out], OPTIONS))).toEqual(verdict(await analyze([from], OPTIONS)));
    const names = ["docker.moscow.corp.test", "corpdev1", "172.28.55.39", "org-payments-front"];
    for (const name of fs.readdirSync(out)) {
      const text = fs.readFileSync(path.join(out, name), "latin1");
      for (const was of names) expect([name, text.includes(was)]).toEqual([name, false]);
      // As labels of DNS messages have it.
      expect([name, /\x06moscow\x04corp|\\6moscow\\4corp/.test(text)]).toEqual([name, false]);
    }
  });
});

describe("secrets planted in a folder", () => {
  const { files, secrets } = documents();
  const all = [...secrets, ...PLANTS.flatMap((plant) => plant.secrets)];
  const left = (text: string) => all.filter((secret) => text.includes(secret));

  function planted(): string {
    const dir = folder();
    for (const [name, write] of Object.entries(FORMATS))
      fs.writeFileSync(path.join(dir, name), write(PLANTS));
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(dir, name), text);
    fs.writeFileSync(path.join(dir, "old.log.gz"), gzipSync(FORMATS["journal.txt"]!(PLANTS)));
    return dir;
  }

  it("are in no file of the masked copy, and in no output of what is read of them", async () => {
    const from = planted();
    const { out, files: done } = await copied(from, "secrets");
    expect(done.every(({ to }) => to !== undefined)).toBe(true);
    expect(fs.readdirSync(out)).toContain("old.log");
    for (const name of fs.readdirSync(out))
      expect([name, left(fs.readFileSync(path.join(out, name), "latin1"))]).toEqual([name, []]);

    const masker = new Masker(KEY, parseKinds("secrets"), await gather([from], { grammars }));
    const whole = await study([from], OPTIONS);
    const masked = maskData(whole, masker);
    for (const [format, text] of [
      ["terminal", renderTerminal(masked.report, { full: true })],
      ["markdown", renderMarkdown(masked.report)],
      ["json", renderJson(masked.report)],
      ["html", await renderHtml(masked)],
      ["study", JSON.stringify(masked)],
    ])
      expect([format, left(text!)]).toEqual([format, []]);
  });
});

describe("what is copied, and where", () => {
  it("names of files are masked, members of archives unpacked, and nothing leaves the folder", async () => {
    const from = folder();
    fs.mkdirSync(path.join(from, "web1.corp.test"));
    fs.writeFileSync(path.join(from, "hostname"), "web1\n");
    fs.writeFileSync(path.join(from, "web1.corp.test", "messages"), "Nov 22 03:52:37 web1 kernel: up\n");
    fs.writeFileSync(path.join(from, "core"), Buffer.alloc(4096, 1));
    const { out, files } = await copied(from);
    const names = (fs.readdirSync(out, { recursive: true }) as string[]).sort();
    expect(names.join(" ")).not.toContain("web1");
    expect(names).toHaveLength(3);
    expect(files.find((file) => file.from === "core")).toEqual({
      from: "core",
      trouble: "binary data in no format that is known",
    });
  });
});
