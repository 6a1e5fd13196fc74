import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { study } from "../../src/index.js";
import type { Report } from "../../src/report/contract.js";
import { csvCell } from "../../src/report/csv-cell.js";
import { renderHtml } from "../../src/report/html/index.js";
import { renderJson } from "../../src/report/json.js";
import { renderMarkdown } from "../../src/report/markdown.js";
import type { Study } from "../../src/report/study.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { exportEvidence } from "../../src/run/export/export.js";
import { readCsv } from "../export/csv-reader.js";
import { hasChromium, launch, open } from "../report/html/browser.js";
import { plant, rules } from "./evidence.js";
import { jiraTrouble } from "./jira-check.js";
import { markdownTrouble, renderer } from "./markdown-check.js";
import { payloads } from "./payloads.js";

/** Controls but for our own ends of lines, what changes the direction of text, what has no width, halves of surrogate pairs. */
const UNSAFE =
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]|[\u{e0000}-\u{e007f}]/u;

/** A report of which people see some findings at a time, as many such reports: each tells twelve of them, as one story. */
function pages(report: Report): Report[] {
  const made: Report[] = [];
  for (let i = 0; i < report.findings.length; i += 12) {
    const findings = report.findings.slice(i, i + 12);
    const ids = new Set(findings.map(({ id }) => id));
    const steps = findings.map(({ id, from, summary }) => ({ findingId: id, time: from, text: summary }));
    made.push({
      ...report,
      findings,
      rootCauses: [findings[0]!.id],
      story: [{ root: findings[0]!.id, steps, symptoms: [findings.at(-1)!.id] }],
      timeline: report.timeline.filter(({ findingIds }) => findingIds.some((id) => ids.has(id))),
      sources: i === 0 ? report.sources : [],
      problems: i === 0 ? report.problems : [],
      unplaced: i === 0 ? report.unplaced : [],
    });
  }
  return made;
}

const missingMarks = (text: string) =>
  payloads.filter(({ mark }) => !text.includes(mark)).map(({ name }) => name);

describe("what is looked for", () => {
  (renderer ? it : it.skip).each([
    "<b>x</b>",
    "<details>\n<summary>@me</summary>",
    "[x](https://evil.example)",
    "![x](y)",
    "see https://evil.example",
    "ask @everyone",
    "see #1, !1 or OPS-1",
    "```mermaid\nclick A\n```",
    "/close",
  ])("is found in Markdown: %j", (text) => {
    expect(markdownTrouble(text)).not.toEqual([]);
  });

  it.each([
    "*x*",
    "[x|https://evil.example]",
    "see https://evil.example",
    "{code}",
    "a\n{noformat}\nb",
    "\nh1. x",
    "\nh2. x",
    ":)",
    "a \\\\ b",
  ])("is found in Jira's markup: %j", (text) => {
    expect(jiraTrouble(`h1. x ${text}`)).not.toEqual([]);
  });
});

describe("evidence full of hostile texts", () => {
  let folder: string;
  let made: Study;
  let shown: Report[];
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-hostile-"));
    plant(folder);
    made = await study([folder], { rules, jobs: 1 });
    shown = pages(made.report);
  }, 60_000);
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it("has 300 of them, and finds each one", () => {
    expect(payloads).toHaveLength(300);
    expect(missingMarks(JSON.stringify(made.report.findings))).toEqual([]);
    expect(made.report.sources.length).toBeGreaterThan(60);
  });

  it("is inert as JSON, which still says it exactly", () => {
    const text = renderJson(made.report);
    expect(UNSAFE.exec(text)).toBeNull();
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(made.report)));
  });

  it("is inert in a terminal, with and without colours, in UTF-8 and in ASCII", () => {
    const text = renderTerminal(made.report, { full: true });
    expect(missingMarks(text)).toEqual([]);
    expect(UNSAFE.exec(text)).toBeNull();
    for (const page of shown.filter((_, i) => i % 8 === 0)) {
      const coloured = renderTerminal(page, { color: true });
      expect(UNSAFE.exec(coloured.replace(/\x1b\[\d{1,2}m/g, ""))).toBeNull();
      expect(renderTerminal(page, { utf8: false })).toMatch(/^[\n\x20-\x7e]*$/);
    }
  });

  (renderer ? it : it.skip)("is inert in a ticket of GitHub's and GitLab's", () => {
    const texts = shown.map((page) => renderMarkdown(page, { flavor: "gitlab" }));
    expect(missingMarks(texts.join(""))).toEqual([]);
    for (const text of texts) {
      expect(UNSAFE.exec(text)).toBeNull();
      expect(markdownTrouble(text)).toEqual([]);
    }
  });

  it("is inert in a ticket of Jira's", () => {
    const texts = shown.map((page) => renderMarkdown(page, { flavor: "jira", maxBytes: 1_000_000 }));
    expect(missingMarks(texts.join(""))).toEqual([]);
    for (const text of texts) {
      expect(UNSAFE.exec(text)).toBeNull();
      expect(jiraTrouble(text)).toEqual([]);
    }
  });

  it("is inert in the cells of a spreadsheet", () => {
    for (const { text } of payloads) {
      const cell = csvCell(text);
      expect(UNSAFE.exec(cell) ?? /^"?[=+\-@\t\r]/.exec(cell)).toBeNull();
      // In quotes, in which quotes are doubled; or without anything that ends a cell.
      expect(cell).toMatch(/^(?:"(?:[^"]|"")*"|[^",\r\n]*)$/);
    }
  });

  it.each(["csv", "timesketch-csv"] as const)("is inert in a whole export as %s", async (format) => {
    const pieces: string[] = [];
    const options = { grammars, rules, version: "test", index: "h", jobs: 1, noFindings: true, format };
    for await (const piece of exportEvidence([folder], options))
      pieces.push(Buffer.from(piece).toString("utf8"));
    const text = pieces.join("");
    expect(missingMarks(text)).toEqual([]);
    const cells = readCsv(text).flat();
    // A spreadsheet takes no cell for a formula, and a terminal nothing for an order.
    expect(
      cells.filter(
        (cell) => /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20\t\r]/.test(cell) && !/^[-+]?[\d.]+$/.test(cell),
      ),
    ).toEqual([]);
    expect(cells.flatMap((cell) => UNSAFE.exec(cell) ?? [])).toEqual([]);
  });

  (hasChromium ? it : it.skip)(
    "is inert on the page of the HTML report, with its script running",
    async () => {
      const browser = await launch();
      try {
        const { page, trouble, close } = await open(browser, renderHtml(made));
        page.on("dialog", (dialog) => {
          trouble.push(`dialog: ${dialog.message()}`);
          void dialog.dismiss();
        });
        const found = await page.evaluate(() => {
          for (const details of Array.from(document.querySelectorAll("details"))) details.open = true;
          const foreign =
            "iframe, object, embed, form, base, img, link, meta[http-equiv=refresh], [srcdoc], [src], [action]";
          const all = Array.from(document.querySelectorAll("*"));
          return {
            foreign: Array.from(document.querySelectorAll(foreign), ({ outerHTML }) =>
              outerHTML.slice(0, 200),
            ),
            handlers: all
              .flatMap((element) => element.getAttributeNames().map((name) => `${element.tagName} ${name}`))
              .filter((name) => / on/i.test(name)),
            links: Array.from(
              document.querySelectorAll("a, area"),
              (link) => link.getAttribute("href") ?? "",
            ).filter((href) => !href.startsWith("#")),
            text: document.body.textContent ?? "",
          };
        });
        expect(found.foreign).toEqual([]);
        expect(found.handlers).toEqual([]);
        expect(found.links).toEqual([]);
        expect(missingMarks(found.text)).toEqual([]);
        expect(trouble).toEqual([]);
        await close();
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
