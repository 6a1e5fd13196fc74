import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { renderHtml } from "../../../src/report/html/index.js";
import { hostile, nothingFound } from "../sample-others.js";
import { hasChromium, launch, type Opened, open } from "./browser.js";
import { everyPart } from "./every-part.js";
import { studyFrom } from "./study-of.js";

// A browser on a busy machine may take its time with what it was told to do.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PARTS = [
  "story",
  "timeline",
  "packets",
  "findings",
  "evidence",
  "clocks",
  "coverage",
  "unread",
  "collect",
];

/** Both run in the page. */
const unfold = () => {
  for (const details of Array.from(document.querySelectorAll("details"))) details.open = true;
};
const objections = async () => {
  const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)} (${nodes.length})`);
};

(hasChromium ? describe : describe.skip)("the HTML report in a browser", () => {
  const full = renderHtml(everyPart());
  let browser: Browser;
  let opened: Opened;
  const openPage = async (html: string, options?: BrowserContextOptions) => {
    opened = await open(browser, html, options);
    return opened.page;
  };
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  // Whatever a test does: no message on the console, no violation of the page's policy, no request.
  afterEach(async () => {
    const { trouble } = opened;
    await opened.close();
    expect(trouble).toEqual([]);
  });

  it("opens from disk, with every part in its order", async () => {
    const page = await openPage(full);
    const ids = await page.$$eval("main > section", (sections) => sections.map(({ id }) => id));
    expect(ids).toEqual(PARTS);
  });

  it("copies a record with its place, its bytes and its file's hash", async () => {
    const page = await openPage(full, { permissions: ["clipboard-read", "clipboard-write"] });
    const button = page.getByRole("button", { name: "Copy journal.txt:12" });
    await button.click();
    await page.waitForFunction(
      (label) => document.querySelector(`[aria-label="${label}"]`)!.textContent === "Copied",
      "Copy journal.txt:12",
    );
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toMatch(
      /^journal\.txt:12 \(byte 1,200, \d+ bytes; SHA-256 of the file 2{64}\)\nNov 22 03:52:32 dev1 dockerd/,
    );
  });

  it("switches the theme by its button, whatever the system says", async () => {
    const page = await openPage(full, { colorScheme: "dark" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.getByRole("button", { name: "Switch to the light theme" }).click();
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.getByRole("button", { name: "Switch to the dark theme" }).click();
    expect(await ground()).toBe(dark);
  });

  it("unfolds what a link leads to", async () => {
    const page = await openPage(full);
    const finding = page.locator("#finding-registry-v1-fallback-1");
    await page.locator(".chain a", { hasText: "The daemon gave up the v2 registry" }).click();
    await page.waitForFunction(() => document.querySelector("details.finding[open]") !== null);
    expect(await finding.getAttribute("open")).not.toBeNull();
    await finding.getByRole("link", { name: "journal.txt:13" }).click();
    expect(await page.locator("li:target code").textContent()).toContain("Trying to pull");
  });

  it("tells everything without JavaScript", async () => {
    const page = await openPage(full, { javaScriptEnabled: false });
    for (const words of [
      "A DNS server did not answer in time",
      "4.4 to 5.5 s later",
      "left the host, nothing came back",
      "All findings",
      "poll([{fd=5, events=POLLIN}], 1, 5000)  = 0 (Timeout)",
      "in step with journal.txt to within 610 ms",
      "strace -f -tt -T -s 128",
    ])
      expect([words, await page.getByText(words).locator("visible=true").count()]).not.toEqual([words, 0]);
    expect(await page.locator("#timeline svg").first().isVisible()).toBe(true);
    expect(await page.locator("button:visible").count()).toBe(0);
    await page.locator("details.finding summary").first().click();
    expect(await page.locator("details.finding[open] .cited").first().isVisible()).toBe(true);
  });

  it("prints unfolded, without what only a screen can use, and folds again", async () => {
    const page = await openPage(full, { colorScheme: "dark" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("main > :not(#timeline) details:not([open])").count()).toBe(0);
    expect(await page.locator(".contents:visible, button:visible").count()).toBe(0);
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [color, backgroundColor];
    });
    expect(colours).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    expect(await page.locator("details.finding[open]").count()).toBe(0);
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("needs no scrolling sideways on a telephone, a laptop and a wall", async () => {
    const page = await openPage(full);
    await page.evaluate(unfold);
    for (const width of [360, 1280, 3840]) {
      await page.setViewportSize({ width, height: 900 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([width, needed <= width]).toEqual([width, true]);
    }
  });

  it("has nothing that axe objects to, in both themes, wide and narrow", async () => {
    const page = await openPage(full);
    await page.evaluate(unfold);
    await page.evaluate(AXE);
    for (const [colorScheme, width] of [
      ["light", 1280],
      ["dark", 360],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      expect([colorScheme, await page.evaluate(objections)]).toEqual([colorScheme, []]);
    }
  });

  it("has nothing in it that evidence brought to life", async () => {
    const page = await openPage(renderHtml(studyFrom(hostile())));
    const alive = await page.$$eval("body *", (elements) =>
      elements.flatMap((element) => [
        ...(/^(?:img|iframe|object|embed|link|base|form)$/.test(element.localName)
          ? [element.outerHTML]
          : []),
        ...element.getAttributeNames().filter((name) => name.startsWith("on") || name === "style"),
        ...(element.getAttribute("href")?.startsWith("#") === false ? [element.getAttribute("href")] : []),
      ]),
    );
    expect(alive).toEqual([]);
    expect(await page.locator("script").count()).toBe(2);
    expect(await page.locator("main").textContent()).toContain("<script>alert(1)</script>");
  });

  it("says honestly that nothing was found", async () => {
    const page = await openPage(renderHtml(studyFrom(nothingFound())));
    expect(await page.locator("h1").textContent()).toBe("Nothing found");
    expect(await page.locator("header").textContent()).toContain("what was not recorded cannot be judged");
  });
});
