import { setTimeout } from "node:timers/promises";
import { expect } from "@jest/globals";
import type { CDPSession, Page } from "playwright-core";
import { study } from "../../../../src/index.js";
import type { Study } from "../../../../src/report/study.js";

export const HOSTILE = `<img src=x onerror="document.title='owned'"></script>`;

/** An incident whose first mark was stamped by a clock that is ahead, and whose second one says something hostile. */
export async function incident(): Promise<Study> {
  const given = await study(["fixtures/incidents/docker-bad-dns"], { jobs: 1 });
  const [first, second, ...marks] = given.picture.marks;
  const stamped = { ...first!, stamped: first!.time + 3_217_000 };
  return {
    ...given,
    picture: { ...given.picture, marks: [stamped, { ...second!, label: HOSTILE }, ...marks] },
  };
}

/** What the timeline says that it shows, once it is still. */
export async function status(page: Page): Promise<string> {
  await page.clock.runFor(300);
  return (await page.locator(".timeline-status").textContent()) ?? "";
}

/** Seconds that the view is long. */
export async function length(page: Page): Promise<number> {
  const text = await status(page);
  const [, number, unit] = /\(([\d.]+) (s|ms|µs)\)/.exec(text)!;
  return Number(number) * { s: 1, ms: 1e-3, µs: 1e-6 }[unit as "s" | "ms" | "µs"];
}

/** Where the view begins, in seconds after the minute. */
export const start = async (page: Page) => Number(/\d\d:\d\d:([\d.]+) to/.exec(await status(page))![1]);

/** So long a browser on a busy machine may take to tell of something. */
const PATIENCE = 10_000;

/** Reads until it is as expected: a browser tells of wheels, themes and addresses when it gets to it. */
export async function eventually(
  read: () => Promise<number>,
  expected: (value: number) => boolean,
): Promise<void> {
  let value = await read();
  for (const begun = performance.now(); !expected(value) && performance.now() - begun < PATIENCE; ) {
    await setTimeout(20);
    value = await read();
  }
  expect([value, expected(value)]).toEqual([value, true]);
}

export const hash = (page: Page) => decodeURIComponent(new URL(page.url()).hash);

/** Moves fingers from some places to others, as a touch screen tells of it. */
export async function fingers(session: CDPSession, from: number[][], to: number[][]): Promise<void> {
  const points = (share: number) =>
    from.map(([x, y], i) => ({
      x: x! + (to[i]![0]! - x!) * share,
      y: y! + (to[i]![1]! - y!) * share,
      id: i,
    }));
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: points(0) });
  for (let step = 1; step <= 5; step++)
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: points(step / 5) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}
