// Frame times of the HTML report's timeline in Chromium: node bench/frames.mjs [REPORT.html]
// Without a report: a made-up picture as large as pictures may be. Prints percentiles of the time from frame to frame, ms, while a mouse
// drags and zooms; "nothing moves" is what the machine itself allows.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { buildClient } from "../scripts/client.mjs";
import { largestStudy } from "./corpora/picture.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SECONDS = 3;

/** Renders a study with the sources as they are, not as they were built. */
async function render(study, dir) {
  fs.writeFileSync(path.join(root, "src/report/html/generated-client.ts"), (await buildClient(root)).module);
  const outfile = path.join(dir, "html.mjs");
  await esbuild.build({
    entryPoints: [path.join(root, "src/report/html/index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const { renderHtml } = await import(pathToFileURL(outfile).href);
  const file = path.join(dir, "report.html");
  fs.writeFileSync(file, renderHtml(study));
  return file;
}

/** Time from frame to frame while something is done for some seconds. */
async function frames(page, act) {
  await page.evaluate(() => {
    const times = [];
    let running = true;
    const tick = (now) => {
      times.push(now);
      if (running) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    window.stopFrames = () => {
      running = false;
      return times.slice(1).map((time, i) => time - times[i]);
    };
  });
  const end = Date.now() + SECONDS * 1000;
  for (let i = 0; Date.now() < end; i++) await act(i);
  return page.evaluate(() => window.stopFrames());
}

function percentiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return `50 %: ${at(0.5)}  95 %: ${at(0.95)}  99 %: ${at(0.99)}  (${times.length} frames)`;
}

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-frames-"));
try {
  const file = process.argv[2] ?? (await render(largestStudy(), dir));
  console.log(`${path.basename(file)}: ${(fs.statSync(file).size / 1e6).toFixed(2)} MB`);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const start = Date.now();
  await page.goto(pathToFileURL(path.resolve(file)).href);
  await page.waitForSelector(".timeline-lane canvas");
  console.log(`opened in ${Date.now() - start} ms`);
  await page.evaluate(() => document.querySelector(".timeline-view").scrollIntoView());
  const box = await page.locator(".timeline-view").boundingBox();
  const middle = { x: box.x + box.width / 2, y: Math.min(900, box.y + box.height / 2) };
  const idle = await frames(page, () => page.waitForTimeout(8));
  console.log(`nothing moves             ${percentiles(idle)}`);
  const drag = async () => {
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    const times = await frames(page, (i) =>
      page.mouse.move(middle.x + Math.sin(i / 10) * 400, middle.y, { steps: 1 }),
    );
    await page.mouse.up();
    return times;
  };
  console.log(`drag, everything in view  ${percentiles(await drag())}`);
  await page.keyboard.down("Control");
  await page.mouse.move(middle.x, middle.y);
  const zoom = await frames(page, (i) => page.mouse.wheel(0, i % 60 < 30 ? -40 : 40));
  await page.keyboard.up("Control");
  console.log(`zoom in and out           ${percentiles(zoom)}`);
  await page.locator(".timeline-view").focus();
  for (const times of [3, 6, 8]) {
    for (let i = 0; i < times; i++) await page.keyboard.press("+");
    console.log(`drag, ${times} times finer       ${percentiles(await drag())}`);
  }
  await browser.close();
} finally {
  fs.rmSync(dir, { recursive: true });
}
