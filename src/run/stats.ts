import type { Stage } from "./stages.js";
import type { Work } from "./work.js";

/** How an analysis went: beside the report, never in it. Seconds depend on the machine, {@link Work} does not. */
export interface RunStats {
  work: Work;
  /** Seconds since the process began. */
  wall: number;
  /** Seconds of the main thread by stage. */
  stages: Partial<Record<Stage, number>>;
  /** Threads that read, the main one not counted, and for how many seconds they were busy. */
  readers: { threads: number; seconds: number };
  /** The SHA-256 of large files, in threads beside. */
  hashing: { seconds: number; bytes: number };
  /** The most memory that was resident at once, bytes. */
  peakMemory: number;
}

const seconds = (value: number) => `${value.toFixed(2).padStart(8)} s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Prints them as a small table. */
export function renderStats({ work, wall, stages, readers, hashing, peakMemory }: RunStats): string {
  const rows: [string, string, string][] = [
    ["all", seconds(wall), `peak memory ${megabytes(peakMemory)}`],
    ...Object.entries(stages).map(
      ([stage, value]) => [stage, seconds(value), ""] as [string, string, string],
    ),
  ];
  if (readers.threads > 0)
    rows.push(["readers", seconds(readers.seconds), `${readers.threads} beside the main thread`]);
  if (hashing.bytes > 0)
    rows.push(["SHA-256", seconds(hashing.seconds), `${megabytes(hashing.bytes)} beside the rest`]);
  const table = rows.map(([name, time, note]) => `${name.padEnd(14)}${time}  ${note}`.trimEnd());
  const { bytes, ...counts } = work;
  const counted = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return `${table.join("\n")}\n${megabytes(bytes)} read, ${counted.join(", ")}\n`;
}
