import { Block } from "./block.mjs";
import { nearMiss } from "./near-misses.mjs";
import { generator, pick } from "./random.mjs";
import { ISO, SHORT } from "./stamps.mjs";
import { writeBlocks } from "./write.mjs";

const BLOCK_BYTES = 16e6;
const REGISTRY = "https://registry.example.net";

const hex = (next) => next(1e9).toString(16);

/** What a healthy daemon says all day; no shape of a built-in grammar reads it. */
const TALK = [
  (next) => `Calling GET /v1.41/containers/${hex(next)}/json`,
  () => "Calling HEAD /_ping",
  (next) => `garbage collected" d=${next(9)}.${next(999999)}ms module=containerd "`,
  (next) => `event published" ns=moby topic=/tasks/exit type=containerd.events.TaskExit id=${hex(next)} "`,
  (next) => `Assigning addresses for endpoint web_${next(500)}'s interface on network bridge`,
  (next) => `sandbox set key processing took ${next(99)}.${next(999)}ms for container ${hex(next)}`,
  (next) => `Programming external connectivity on endpoint web_${next(500)} (${hex(next)})`,
  (next) =>
    `form data: {\\"AttachStderr\\":false,\\"Image\\":\\"registry.example.net/team/app-${next(90)}:1.${next(40)}\\"}`,
];

/** What it says while it pulls: read by message shapes, and asked for by rules and transactions. */
const PULLS = [
  (next) =>
    `Calling POST /v1.41/images/create?fromImage=registry.example.net%2Fteam%2Fapp-${next(90)}&tag=1.${next(40)}`,
  (next) => `Trying to pull registry.example.net/team/app-${next(90)} from ${REGISTRY} v2`,
  (next) => `Pulling ref from V2 registry: registry.example.net/team/app-${next(90)}:1.${next(40)}`,
  (next) => `Got status code 200 from ${REGISTRY}/v2/team/app-${next(90)}/manifests/1.${next(40)}`,
];

/** A pull that falls back from v2 to v1: ms after its beginning, level, text. */
function fallback(next) {
  const repository = `registry.example.net/team/app-${next(90)}`;
  return [
    [0, "debug", `Trying to pull ${repository} from ${REGISTRY} v2`],
    [
      5003,
      "debug",
      `Error getting v2 registry: Get ${REGISTRY}/v2/: net/http: request canceled while waiting for connection`,
    ],
    [5004, "debug", `Trying to pull ${repository} from ${REGISTRY} v1`],
    [5005, "debug", `[registry] Calling GET ${REGISTRY}/v1/repositories/team/app/images`],
    [5040, "debug", `Got status code 404 from ${REGISTRY}/v1/repositories/team/app/tags/1.0`],
    [
      5041,
      "error",
      `Handler for POST /images/create returned error: Tag 1.0 not found in repository ${repository}`,
    ],
  ];
}

/**
 * @param text what a line says, by chance
 * @param bytes the block's size
 */
function block(seed, text, bytes) {
  const next = generator(seed);
  const made = new Block();
  const line = (us, level, message) => {
    made.place(SHORT, us).add(' node-17 dockerd[2706]: time="').place(ISO, us);
    made.add(`${100 + next(900)}Z" level=${level} msg="${message}"\n`).end();
  };
  let us = 0;
  for (let n = 0; made.length < bytes; n++) {
    us += 1000 * (1 + next(12));
    line(us, "debug", text(next));
    if (n !== 1000) continue;
    for (const [ms, level, message] of fallback(next)) line(us + ms * 1000, level, message);
    us += 5_100_000;
  }
  return made;
}

const benign = (next) => pick(next, TALK)(next);

/**
 * A docker daemon's journal. One line in 18 000 belongs to a pull that falls back from v2 to v1.
 * @param options `decoded`: the share of lines that message shapes read; `hostile`: every line of the second half nearly fits one; `from`: µs UTC
 */
export function journal(file, bytes, { decoded = 0, hostile = false, from } = {}) {
  const text = decoded > 0 ? (next) => pick(next, next(1000) < decoded * 1000 ? PULLS : TALK)(next) : benign;
  const size = Math.min(BLOCK_BYTES, bytes);
  const first = block(1, text, size);
  const second = hostile ? block(2, (next) => nearMiss(next), size) : first;
  return writeBlocks(file, bytes, (written) => (written < bytes / 2 ? first : second), { from });
}
