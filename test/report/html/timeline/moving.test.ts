import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { renderHtml } from "../../../../src/report/html/index.js";
import { hasChromium, launch, type Opened, open } from "../browser.js";
import { eventually, fingers, HOSTILE, hash, incident, length, start, status } from "./reading.js";

// A browser on a busy machine may take its time with what it was told to do.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

(hasChromium ? describe : describe.skip)("the timeline in a browser", () => {
  let browser: Browser;
  let html: string;
  let opened: Opened;
  let page: Page;

  beforeAll(async () => {
    [browser, html] = await Promise.all([launch(), incident().then(renderHtml)]);
    opened = await open(browser, html, { viewport: { width: 1000, height: 1400 } });
    page = opened.page;
    await page.clock.install();
  });
  afterAll(async () => {
    await opened.close();
    await browser.close();
  });

  const reset = async () => {
    await page.getByRole("button", { name: "Reset" }).click();
    await page.locator("h1").first().click();
    await page.evaluate(() => document.querySelector(".timeline-controls")!.scrollIntoView());
  };
  const view = () => page.locator(".timeline-view");
  const middleOf = async (selector: string) => {
    const box = (await page.locator(selector).first().boundingBox())!;
    return {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      ...{ left: box.x, width: box.width, top: box.y },
    };
  };

  it("shows everything at first, and leaves the address alone", async () => {
    expect(await status(page)).toMatch(
      /^2026-11-22 03:52:30\.\d+ to 03:52:38\.\d+ UTC .*: 4 findings, \d+ transactions, \d+ events\.$/,
    );
    expect(hash(page)).toBe("");
    expect(await page.locator(".timeline-still").isVisible()).toBe(false);
  });

  it("zooms by the wheel with Ctrl, or once it has the focus, and lets the page scroll otherwise", async () => {
    await reset();
    const whole = await length(page);
    const { x, y } = await middleOf(".timeline-live .timeline-axis");
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -200);
    expect(await length(page)).toBe(whole);
    await page.evaluate(() => document.querySelector(".timeline-controls")!.scrollIntoView());
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -60);
    await eventually(
      () => length(page),
      (long) => long < whole / 1.5,
    );
    await page.keyboard.up("Control");
    const nearer = await length(page);
    await view().focus();
    await page.mouse.wheel(0, -300);
    await eventually(
      () => length(page),
      (long) => long < nearer / 1.2,
    );
  });

  it("moves when it is dragged, or by the wheel sideways", async () => {
    await reset();
    await view().focus();
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    const [from, long] = [await start(page), await length(page)];
    const { x, y, width } = await middleOf(".timeline-live .timeline-axis");
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + width / 4, y, { steps: 4 });
    await page.mouse.up();
    expect(await start(page)).toBeCloseTo(from - long / 4, 1);
    await page.mouse.wheel(width / 4, 0);
    await eventually(
      () => start(page),
      (now) => Math.abs(now - from) < 0.05,
    );
  });

  it("zooms when two fingers part, and moves with one", async () => {
    const touch = await open(browser, html, {
      viewport: { width: 400, height: 900 },
      hasTouch: true,
      isMobile: true,
    });
    await touch.page.clock.install();
    await touch.page.evaluate(() => document.querySelector(".timeline-view")!.scrollIntoView());
    const session = await touch.page.context().newCDPSession(touch.page);
    const whole = await length(touch.page);
    await fingers(
      session,
      [
        [180, 60],
        [220, 60],
      ],
      [
        [100, 60],
        [300, 60],
      ],
    );
    const nearer = await length(touch.page);
    expect(nearer).toBeLessThan(whole / 3);
    const from = await start(touch.page);
    await fingers(session, [[300, 60]], [[150, 60]]);
    expect(await start(touch.page)).toBeGreaterThan(from + nearer / 5);
    expect(touch.trouble).toEqual([]);
    await touch.close();
  });

  it("obeys the keys", async () => {
    await reset();
    const whole = await length(page);
    await view().focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("+");
    expect(await length(page)).toBeCloseTo(whole / 8, 1);
    const from = await start(page);
    await page.keyboard.press("ArrowRight");
    expect(await start(page)).toBeCloseTo(from + whole / 80, 1);
    await page.keyboard.press("Shift+ArrowLeft");
    expect(await start(page)).toBeCloseTo(from - whole / 20, 1);
    await page.keyboard.press("-");
    expect(await length(page)).toBeCloseTo(whole / 4, 1);
    await page.keyboard.press("Home");
    expect(await length(page)).toBe(whole);
    for (let i = 0; i < 30; i++) await page.keyboard.press("+");
    expect(await length(page)).toBeCloseTo(1e-6, 9);
  });

  it("steps from event to event by keys, tells of each, and frames it", async () => {
    await reset();
    await view().focus();
    await page.keyboard.press("ArrowDown");
    expect(await status(page)).toContain("Selected: ");
    const details = page.getByRole("region", { name: "Selected event" });
    expect(await details.textContent()).toMatch(/As stamped.*3\.217 s ahead/);
    await page.keyboard.press("Enter");
    expect(await length(page)).toBeLessThanOrEqual(1);
    await page.keyboard.press("Escape");
    expect(await details.count()).toBe(0);
  });

  it("shows hostile text as text", async () => {
    await reset();
    await page.getByRole("searchbox").fill("onerror");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("region", { name: "Selected event" }).textContent()).toContain(HOSTILE);
    expect(await page.locator(".timeline-live img").count()).toBe(0);
    expect(await page.title()).not.toBe("owned");
  });

  it("frames a finding's evidence and marks what it cites", async () => {
    await reset();
    await page.locator(".timeline-finding button", { hasText: "does not exist" }).click();
    expect(await length(page)).toBeLessThan(1);
    expect(await page.locator(".timeline-finding.selected button").getAttribute("aria-pressed")).toBe("true");
    expect(hash(page)).toMatch(/^#timeline\?from=\d+&to=\d+&at=finding:/);
    expect(await page.getByRole("region", { name: "Selected finding" }).textContent()).toMatch(
      /Began.*2026-11-22 03:52:37/,
    );
  });

  it("tells what the pointer is on", async () => {
    await reset();
    await page.getByRole("searchbox").fill("registry.pull pull docker");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Zoom to it" }).click();
    await page.evaluate(() => document.querySelector(".timeline-controls")!.scrollIntoView());
    await page.clock.runFor(300);
    const lane = page.locator(".timeline-live .timeline-lane", { hasText: "journal.txt" }).locator("canvas");
    const box = (await lane.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 27);
    const tooltip = page.getByRole("tooltip");
    expect(await tooltip.textContent()).toMatch(
      /^pull docker.*Kindregistry\.pull.*Began2026-11-22 .*Recordjournal\.txt:\d/,
    );
    await page.mouse.move(box.x + box.width / 2, 2);
    await tooltip.waitFor({ state: "detached" });
  });

  it("finds, counts, and goes from find to find", async () => {
    await reset();
    await page.getByRole("searchbox").fill("registry.pull");
    const output = page.locator(".timeline-search output");
    const found = Number(/^(\d+) found$/.exec((await output.textContent())!)![1]);
    expect(found).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Next find" }).click();
    expect(await output.textContent()).toBe(`1 of ${found}`);
    await page.getByRole("button", { name: "Previous find" }).click();
    expect(await output.textContent()).toBe(`${found} of ${found}`);
    await page.getByRole("searchbox").fill("no such thing");
    expect(await output.textContent()).toBe("0 found");
  });

  it("filters by source, kind, severity and entity", async () => {
    const lanes = () => page.locator(".timeline-live .timeline-lane").count();
    for (const [box, choice] of [
      ["Sources", "journal.txt"],
      ["Kinds", "registry.pull"],
      ["Severities", "medium"],
      ["Entities", "registry "],
    ] as const) {
      await reset();
      const before = await status(page);
      const all = await lanes();
      await page.locator("summary", { hasText: `${box}: all` }).click();
      await page.locator(".timeline-filter[open] label", { hasText: choice }).first().click();
      expect(await status(page)).not.toBe(before);
      if (box === "Sources") expect([all > 1, await lanes()]).toEqual([true, 1]);
      expect(await page.locator("summary", { hasText: `${box}: 1 of` }).count()).toBe(1);
      await page.getByRole("button", { name: "Clear filters" }).click();
      expect(await status(page)).toBe(before);
    }
  });

  it("has lanes by source or by entity", async () => {
    await reset();
    await page.getByLabel("Lanes by").selectOption("registry");
    await status(page);
    const labels = await page.locator(".timeline-live .timeline-lane .timeline-label").allTextContents();
    expect(labels[0]).toMatch(/^registry docker\.moscow\.corp\.test/);
    expect(labels.at(-1)).toMatch(/^concerns none of these/);
  });

  it("restores what a link tells of, at once and when the address changes", async () => {
    await reset();
    const link = "#timeline?from=1000000&to=3000000&lanes=entity&kind=dns.query&search=test";
    await page.evaluate((to) => (location.hash = to), link);
    await eventually(
      () => length(page),
      (long) => long === 2,
    );
    const shown = await status(page);
    const other = await open(browser, html, { viewport: { width: 1000, height: 700 } });
    await other.page.goto(`${other.page.url()}${link}`);
    await other.page.reload();
    await other.page.clock.install();
    await eventually(
      () => length(other.page),
      (long) => long === 2,
    );
    expect(await status(other.page)).toBe(shown);
    expect(await other.page.getByRole("searchbox").inputValue()).toBe("test");
    expect(await other.page.getByLabel("Lanes by").inputValue()).toBe("entity");
    expect(await other.page.evaluate(() => scrollY)).toBeGreaterThan(100);
    expect(other.trouble).toEqual([]);
    await other.close();
    await page.getByRole("button", { name: "Reset" }).click();
    expect(await length(page)).toBeGreaterThan(5);
    expect(hash(page)).toBe("");
  });

  it("has a window in its overview that can be drawn and dragged", async () => {
    await reset();
    const { left, width, y } = await middleOf(".timeline-overview");
    const whole = await length(page);
    const drag = async (from: number, to: number) => {
      await page.mouse.move(left + width * from, y);
      await page.mouse.down();
      await page.mouse.move(left + width * to, y, { steps: 4 });
      await page.mouse.up();
    };
    await page.getByRole("button", { name: "Zoom in" }).click();
    // The window has its new width with the next frame, and a press inside of it would move it.
    await eventually(
      () => length(page),
      (long) => long < whole * 0.6,
    );
    await drag(0.05, 0.2);
    expect(await length(page)).toBeCloseTo(whole * 0.15, 1);
    const from = await start(page);
    await drag(0.12, 0.32);
    expect(await start(page)).toBeCloseTo(from + whole * 0.2, 1);
    expect(await length(page)).toBeCloseTo(whole * 0.15, 1);
  });

  it("draws with the colours of the theme", async () => {
    await reset();
    const pixels = () =>
      page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>(".timeline-lane canvas")!;
        const copy = document.createElement("canvas");
        [copy.width, copy.height] = [canvas.width, canvas.height];
        const context = copy.getContext("2d", { willReadFrequently: true })!;
        context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        const drawn: number[] = [];
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] === 255) drawn.push(data[i]! + data[i + 1]! + data[i + 2]!);
        return drawn.reduce((a, b) => a + b, 0) / drawn.length;
      });
    const light = await pixels();
    await page.emulateMedia({ colorScheme: "dark" });
    const drawn = async () => {
      await page.clock.runFor(100);
      return pixels();
    };
    await eventually(drawn, (dark) => dark > light + 100);
    await page.emulateMedia({ colorScheme: "light" });
  });

  it("prints the still picture, whatever the view is", async () => {
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".timeline-still").isVisible()).toBe(true);
    expect(await page.locator(".timeline-live").isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });
  });

  it("shows the still picture without a script, without a style in an attribute", async () => {
    const still = await open(browser, html, { javaScriptEnabled: false });
    const picture = still.page.locator(".timeline-still");
    expect(await picture.isVisible()).toBe(true);
    expect(await picture.textContent()).toMatch(
      /03:52:3\d.*A DNS server did not answer in time.*journal\.txt.*records/s,
    );
    expect(await picture.locator("path.bar").count()).toBeGreaterThan(0);
    expect(html).not.toMatch(/<[^>]* style=/);
    await still.close();
  });

  it("asked for nothing, and nothing went wrong", () => {
    expect(opened.trouble).toEqual([]);
  });
});
