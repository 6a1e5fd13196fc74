import { type Command, InvalidArgumentError, Option } from "commander";
import { PROBLEMS, type Problem } from "../api/collect-options.js";

/** Flags of `hindcast collect`. */
export interface CollectFlags {
  for: Problem | "all";
  duration: number;
  before: number;
  interfaces?: string[];
  maxSize: number;
  container?: string[];
  withEnv?: boolean;
  strace?: string[];
  archive: string;
  output?: string;
}

const EXAMPLES = `
Examples:
  hindcast collect --for dns -o collect.sh            then, on the host: sudo sh collect.sh
  hindcast collect --for nat --duration 5m | ssh HOST sudo sh -s -- /tmp/evidence.tar.gz
  hindcast evidence.tar.gz                            what happened

Nothing is run here. The script runs commands that read, for the time that was asked for, and packs what they told; it
changes nothing on the host, and what it cannot collect it names. docs/COLLECT.md has the list.`;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90s`, `5m`, `2h`: seconds from 1 to 30 days. */
function span(value: string): number {
  const [, count, unit] = /^(\d{1,7})([smhd]?)$/.exec(value) ?? [];
  const seconds = Number(count) * SECONDS[unit || "s"]!;
  if (!(seconds >= 1 && seconds <= 30 * SECONDS["d"]!))
    throw new InvalidArgumentError("a time is written like 90s, 5m or 2h, and is 30 days at most.");
  return seconds;
}

/** Below that, a capture's ring has no room. */
const LEAST = 50 * 1024 ** 2;

function size(value: string): number {
  const [, count, unit] = /^(\d{1,6})([MG])$/i.exec(value) ?? [];
  const bytes = Number(count) * 1024 ** (unit?.toUpperCase() === "G" ? 3 : 2);
  if (!(bytes >= LEAST))
    throw new InvalidArgumentError("a size is written like 200M or 2G, and is 50M at least.");
  return bytes;
}

/** Names with commas between them, and the option given several times. */
const names = (value: string, before: string[] = []) => [
  ...before,
  ...value.split(",").filter((name) => name !== ""),
];

/** The options of `hindcast collect`. */
export function collectOptions(command: Command): Command {
  return command
    .description("write a shell script that collects, on the host in trouble, what hindcast reads best")
    .addOption(
      new Option("--for <problem>", "what is suspected: it decides what is collected")
        .choices([...PROBLEMS, "all"])
        .default("all"),
    )
    .option("--duration <time>", "how long to watch while the problem happens", span, 60)
    .option("--before <time>", "how far back logs are read", span, 3600)
    .option("--interfaces <names>", "where to capture packets: any, or names with commas between them", names)
    .option("--max-size <size>", "how much is collected at most, before packing", size, 200 * 1024 ** 2)
    .option("--container <name>", "only these containers, with their logs (repeatable)", names)
    .option("--with-env", "keep the environment of containers, where passwords are")
    .option(
      "--strace <process>",
      "follow the system calls of a process, by number or name (repeatable); slows it down",
      names,
    )
    .option(
      "--archive <path>",
      "where the script puts what it packed: a file, or a folder (default: where it is run)",
      "",
    )
    .option("-o, --output <file>", "write the script to a file that can be run")
    .addHelpText("after", EXAMPLES);
}
