import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { study } from "../../../src/index.js";
import { renderHtml } from "../../../src/report/html/index.js";
import { golden } from "../golden.js";
import { badDns } from "../sample-bad-dns.js";
import { hostile, nothingFound, unreadable } from "../sample-others.js";
import { pageText } from "./page-text.js";
import { studyFrom } from "./study-of.js";

const INCIDENTS = ["docker-bad-dns", "lost-nat-bridge-mac", "resolver-lookalike"];
const SAMPLES = { "bad-dns": badDns, "nothing-found": nothingFound, unreadable, hostile };

describe("the HTML report", () => {
  for (const name of INCIDENTS) {
    it(`tells the incident ${name} as agreed`, async () => {
      const text = pageText(renderHtml(await study([`fixtures/incidents/${name}`], { jobs: 1 })));
      expect(text).toBe(golden(`html-${name}.txt`, text));
    });
  }

  for (const [name, make] of Object.entries(SAMPLES)) {
    it(`reads as agreed for ${name}`, () => {
      const text = pageText(renderHtml(studyFrom(make())));
      expect(text).toBe(golden(`html-${name}.txt`, text));
    });
  }

  it("is the same bytes for the same study", () => {
    expect(renderHtml(studyFrom(badDns()))).toBe(renderHtml(studyFrom(badDns())));
  });

  it("allows nothing but the script and the style that it carries", () => {
    const html = renderHtml(studyFrom(hostile()));
    const hashOf = (element: string) => {
      const text = new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(html)![1]!;
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)!;
    expect(policy!.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hashOf("script")}`,
      `style-src ${hashOf("style")}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style"));
  });

  it("leads nowhere but to its own parts, and loads nothing", () => {
    const html = renderHtml(studyFrom(hostile())).replace(/<(script|style)\b.*?<\/\1>/gs, "");
    // No text of a page holds a bare quote or a `<`: what looks like an attribute or a tag is one.
    const attributes = [...html.matchAll(/\s(href|src|action|data|poster|style|on\w+)="([^"]*)"/g)];
    expect(attributes.filter(([, name, value]) => name !== "href" || !value!.startsWith("#"))).toEqual([]);
    expect(html.match(/<(?:iframe|img|object|embed|link|base|form)\b/g)).toBeNull();
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) < i)).toEqual([]);
    const targets = attributes.map(([, , value]) => value!.slice(1)).filter((id) => !id.includes("?"));
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("is far smaller than 400 KB without evidence", () => {
    expect(Buffer.byteLength(renderHtml(studyFrom(nothingFound())))).toBeLessThan(250_000);
  });

  it("says how much evidence it carries, and what it left out", () => {
    const html = renderHtml(studyFrom(badDns()), { maxEvidence: 300 });
    expect(html).toMatch(/\d+ of at most 300 bytes/);
    expect(html).toMatch(/Left out, the least telling first: \d+ cited records/);
  });
});
