// Runs whole processes and tells what they cost.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** GNU time tells CPU seconds and peak memory of the process it runs; other systems' `time` does not. */
const GNU_TIME = "/usr/bin/time";
const hasGnuTime =
  fs.existsSync(GNU_TIME) && spawnSync(GNU_TIME, ["-f", "%e", "true"], { encoding: "utf8" }).status === 0;

/**
 * Runs a command to its end, its output thrown away.
 * @returns wall, user and CPU (user and system) seconds, peak memory in bytes (NaN where the system does not tell), exit status
 */
export function once(command, args) {
  const report = path.join(os.tmpdir(), `bench-${process.pid}.txt`);
  const [program, ...rest] = hasGnuTime
    ? [GNU_TIME, "-q", "-o", report, "-f", "%U %S %M", command, ...args]
    : [command, ...args];
  const sink = fs.openSync("/dev/null", "w");
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, rest, {
    stdio: ["ignore", sink, "pipe"],
    maxBuffer: 1 << 28,
    encoding: "utf8",
  });
  const wall = Number(process.hrtime.bigint() - begin) / 1e9;
  fs.closeSync(sink);
  let [user, system, rss] = [Number.NaN, Number.NaN, Number.NaN];
  if (hasGnuTime) {
    [user, system, rss] = fs.readFileSync(report, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
    fs.rmSync(report);
  }
  return { wall, user, cpu: user + system, rss: rss * 1024, status, error: stderr.slice(-300) };
}

export const isInstalled = (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** What several runs of one contender say: medians, and the spread of the wall time. A contender that failed once says nothing. */
function summary(name, runs) {
  const bad = runs.find(({ status }) => status !== 0);
  const of = (what) => runs.map((run) => (bad ? Number.NaN : run[what]));
  return {
    name,
    wall: median(of("wall")),
    least: Math.min(...of("wall")),
    most: Math.max(...of("wall")),
    user: median(of("user")),
    cpu: median(of("cpu")),
    rss: median(of("rss")),
    failed: bad && `exit ${bad.status}: ${bad.error.trim().split("\n").at(-1)}`,
  };
}

/**
 * Runs the contenders in turn, round after round, so that a slow moment of the machine hits all of them; the first round only
 * warms the page cache.
 * @param contenders `{ name, command, args, rounds? }`; those with `rounds` run that often at most, and are not run to warm the cache
 * @returns a summary of each, in their order
 */
export function race(rounds, contenders) {
  const runs = contenders.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [at, { command, args, rounds: most }] of contenders.entries()) {
      if (most !== undefined && (round === 0 || round > most)) continue;
      const result = once(command, args);
      if (round > 0) runs[at].push(result);
    }
  }
  return contenders.map(({ name }, at) => summary(name, runs[at]));
}

/** One line about the machine, to be read with the figures. */
export function machine() {
  const load = os.loadavg().map((one) => one.toFixed(1));
  return `${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? "unknown CPU"}, ${(os.totalmem() / 1e9).toFixed(0)} GB; Node ${process.version}; load ${load.join(" ")}`;
}
