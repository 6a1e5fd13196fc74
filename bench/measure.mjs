// Runs whole processes side by side and writes what they cost as Markdown tables.
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
 * @returns wall and CPU (user and system) seconds, peak memory in bytes (NaN where the system does not tell), exit status
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
  return { wall, cpu: user + system, rss: rss * 1024, status, error: stderr.slice(-300) };
}

export const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const number = (value, digits) => (Number.isNaN(value) ? "–" : value.toFixed(digits));

/**
 * Runs the contenders in turn, round after round, so that a slow moment of the machine hits all of them; the first round only
 * warms the page cache. Prints a table; the ratios are the first contender's medians divided by the other's.
 * @param contenders `{ name, command, args, rounds? }`, ours first; those with `rounds` run that often at most
 */
export function race(title, bytes, rounds, contenders) {
  const runs = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, command, args, rounds: most = rounds } of contenders) {
      if (round > most) continue;
      const result = once(command, args);
      if (round > 0) runs.get(name).push(result);
    }
  }
  const of = (name, what) => runs.get(name).map((run) => run[what]);
  const first = contenders[0].name;
  console.log(`\n**${title}**, ${(bytes / 1e6).toFixed(0)} MB, medians of ${rounds}\n`);
  console.log(
    "| | wall, s (min–max) | CPU, s | peak memory, MB | wall: hindcast ÷ it | CPU: hindcast ÷ it |",
  );
  console.log("|---|---|---|---|---|---|");
  for (const { name } of contenders) {
    const wall = of(name, "wall");
    const ratio = (what) => number(median(of(first, what)) / median(of(name, what)), 2);
    const bad = runs.get(name).find(({ status }) => ![0, 4].includes(status));
    const cells = [
      bad ? `${name} (exit ${bad.status}: ${bad.error.trim().split("\n").at(-1)})` : name,
      `${number(median(wall), 2)} (${number(Math.min(...wall), 2)}–${number(Math.max(...wall), 2)})`,
      number(median(of(name, "cpu")), 2),
      number(median(of(name, "rss")) / 1e6, 0),
      name === first ? "" : ratio("wall"),
      name === first ? "" : ratio("cpu"),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

/** One line about the machine, to be read with the figures. */
export function machine() {
  const load = os.loadavg().map((one) => one.toFixed(1));
  return `${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? "unknown CPU"}, ${(os.totalmem() / 1e9).toFixed(0)} GB; Node ${process.version}; load ${load.join(" ")}`;
}
