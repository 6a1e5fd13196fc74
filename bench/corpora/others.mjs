import fs from "node:fs";
import path from "node:path";
import { Block } from "./block.mjs";
import { generator } from "./random.mjs";
import { ACCESS, ISO } from "./stamps.mjs";
import { writeBlocks } from "./write.mjs";

const BLOCK_BYTES = 4e6;

/** What docker keeps of a container's output: one JSON object a line. */
export function containerLog(file, bytes, options) {
  const next = generator(4);
  const made = new Block();
  for (let us = 0; made.length < Math.min(BLOCK_BYTES, bytes / 2); us += 1000 * (1 + next(9))) {
    const text = `request ${next(1e9).toString(16)} served in ${next(900)} ms, ${next(40)} rows`;
    made
      .add(`{"log":"${text}\\n","stream":"stdout","time":"`)
      .place(ISO, us)
      .add(`${100 + next(900)}Z"}\n`)
      .end();
  }
  return writeBlocks(file, bytes, () => made, options);
}

/** A registry's front: who fetched what. */
export function accessLog(file, bytes, options) {
  const next = generator(5);
  const made = new Block();
  for (let us = 0; made.length < Math.min(BLOCK_BYTES, bytes / 2); us += 1000 * (1 + next(30))) {
    made.add(`10.0.${next(4)}.${next(250)} - - [`).place(ACCESS, us);
    made.add(`] "GET /static/app-${next(900)}.js HTTP/1.1" 200 ${next(90000)} "-" "Mozilla/5.0"\n`).end();
  }
  return writeBlocks(file, bytes, () => made, options);
}

/** What the host said of itself. */
export function snapshots(dir) {
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(
    path.join(dir, "resolv.conf"),
    "nameserver 192.0.2.53\nnameserver 192.0.2.54\noptions timeout:5\n",
  );
}
