import { Block } from "./block.mjs";
import { generator, pick } from "./random.mjs";
import { ACCESS } from "./stamps.mjs";
import { writeBlocks } from "./write.mjs";

const BLOCK_BYTES = 8e6;
const STATUS = [200, 200, 200, 200, 200, 200, 304, 401, 404, 500];
const METHODS = ["GET", "GET", "GET", "HEAD", "PUT"];

/** A registry's access log: each line is an event that rules may ask for. A hundred bytes a line: a gigabyte holds ten million. */
export function access(file, bytes, options) {
  const next = generator(11);
  const block = new Block();
  for (let us = 0; block.length < Math.min(BLOCK_BYTES, bytes); us += 100 * (1 + next(12))) {
    const status = pick(next, STATUS);
    block.add(`10.0.${next(8)}.${1 + next(250)} - - [`).place(ACCESS, us);
    block
      .add(
        `] "${pick(next, METHODS)} /v2/app-${next(400)}/manifests/${next(90)} HTTP/1.1" ${status} ${next(9000)} "-" "docker/27"\n`,
      )
      .end();
  }
  return writeBlocks(file, bytes, () => block, options);
}
