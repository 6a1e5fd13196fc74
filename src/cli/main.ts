import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { SEVERITIES } from "../api/severity.js";
import { VERSION } from "../version.js";
import { clockOptions } from "./clock-flags.js";
import { collectOptions } from "./collect-flags.js";
import { exploreOptions } from "./explore-flags.js";
import { exportOptions } from "./export-flags.js";
import { tellFailure } from "./failure.js";
import { formatsCommand } from "./formats/commands.js";
import { htmlOptions } from "./html-flags.js";
import { queryOptions } from "./query-flags.js";
import { redactCommandOptions, redactOptions } from "./redact-flags.js";
import { reportOptions } from "./report-flags.js";
import { rulesCommand } from "./rules/commands.js";

const EXAMPLES = `
Examples:
  hindcast ./incident-4711              the story of a folder of evidence, in the terminal
  hindcast *.log dump.pcap -f markdown -o report.md
  hindcast ./incident --tz Europe/Moscow --year 2016 --offset web1/access.log=-17
  hindcast ./incident --fail-on high    exit status 1 when something is that grave
  hindcast timeline ./incident --since 2026-11-22T03:50:00Z --grep registry
  hindcast compare ./good ./bad         what a bad run has that a good one had not
  hindcast clocks ./incident            whose clock was wrong, by how much, and how that is known
  hindcast formats explain syslog:212   who read line 212, and how
  hindcast formats docker-events        what a format is, its events and fields
  hindcast rules show dns-timeout
  hindcast rules explain lost-nat ./incident   what it looked at, and why it did not fire
  hindcast ./incident -f html -o report.html      a page to attach and open: story, timeline, evidence
  hindcast explore ./incident           the same in the terminal, with keys and mouse
  hindcast ./incident -f markdown --flavor jira
  hindcast ./incident -f markdown --redact=all   for a ticket, masked; hindcast redact masks the evidence itself
  hindcast export ./incident --to ecs -o events.ndjson
  hindcast collect --for dns -o collect.sh       a script that collects what such a problem needs
  hindcast query 'any where error.kind == "timeout" | count dns.server.ip' ./incident

Exit status: 0 analysed; 1 a finding reached --fail-on; 2 wrong usage; 3 nothing could be read; 4 analysed, but some
evidence could not be read. Nothing leaves this machine, and nothing is written but -o FILE, what --cache keeps, and temporary files
that vanish: what archives hold, and logs that run backwards (--tmp). Node 22 and later keep this program's compiled code in the
system's temporary folder, unless NODE_DISABLE_COMPILE_CACHE=1.`;

/** The code of the error that stands for a command's module where the build left it out (`scripts/ready.mjs`). */
const NOT_READY = "HINDCAST_NOT_READY";

// Whoever keeps what V8 makes of this must have set its flags as the program does: it takes no code that was made under others.
export { spareCompiler } from "./compiler.js";

const list = (value: string, before: string[] = []) => [...before, value];
const jobs = (value: string) => {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError("a number from 1 to 99 is needed.");
  return Number(value);
};
const size = (value: string) => {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([KMGT]?)$/i.exec(value) ?? [];
  if (count === undefined) throw new InvalidArgumentError("a size is written like 500M or 2G.");
  return Number(count) * 1024 ** " KMGT".indexOf((unit || " ").toUpperCase());
};
/** `--stats` and `--redact` may stand before a path, which must not be taken for their value. */
const withForms = (argv: readonly string[]) =>
  argv.map((arg) => (arg === "--stats" ? "--stats=text" : arg === "--redact" ? "--redact=default" : arg));

/** Options of the commands that mind a project file. */
const configOptions = (command: Command): Command =>
  command
    .option("--config <file>", "the project file (default: .hindcast.yaml here or above)")
    .option("--no-config", "use no project file");

/** Options that say how evidence is to be read. */
function readingOptions(command: Command): Command {
  command
    .option("--since <time>", "only what happened from then on (RFC 3339; without a zone: UTC)")
    .option("--until <time>", "only what happened until then");
  return redactOptions(configOptions(clockOptions(command)))
    .option("--grammars <dir>", "add the grammars of a folder (repeatable)", list)
    .option("--tmp <dir>", "a folder for temporary files (default: the system's)");
}

/** Options of the commands that read evidence and print. */
function evidenceOptions(command: Command): Command {
  return readingOptions(command)
    .option("-o, --output <file>", "write to a file, whole or not at all")
    .option("--no-color", "no colours (also NO_COLOR; pipes never get any)")
    .option("-q, --quiet", "no progress line, no notes on standard error");
}

function program(): Command {
  const root = new Command("hindcast")
    .description(
      "Reads the evidence collected after a container or network incident and says what happened, in what order and why.",
    )
    .version(VERSION, "-V, --version")
    .enablePositionalOptions()
    .showHelpAfterError("(hindcast --help shows how it is used)")
    .addHelpText("after", EXAMPLES)
    .exitOverride();

  const analyze = root
    .command("analyze", { isDefault: true })
    .argument("<path...>", "files, folders or patterns; folders are read whole");
  htmlOptions(reportOptions(evidenceOptions(analyze)))
    .description("find out what happened (the default command)")
    .addOption(
      new Option("-f, --format <format>", "how to print it")
        .choices(["terminal", "markdown", "json", "html"])
        .default("terminal"),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with status 1 when a finding is at least this grave").choices([
        ...SEVERITIES,
      ]),
    )
    .option("--rules <dir>", "add the rules of a folder (repeatable)", list)
    .option("--no-prefilter", "decode every record; the report is the same, only later")
    .option(
      "--jobs <n>",
      "threads that read (default: one for each core, 8 at most); the report is the same with any number",
      jobs,
    )
    .option("--cache <dir>", "keep in a folder what was read, for the next analysis of the same files")
    .option("--cache-size <size>", "what all of that may take (default: 2G); the oldest goes first", size)
    .addOption(
      new Option(
        "--stats <form>",
        "where time and memory went, on standard error: --stats, --stats=json",
      ).choices(["text", "json"]),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (paths, options) => (await import("./analyze.js")).run(paths, options));

  evidenceOptions(root.command("timeline").argument("<path...>", "files, folders or patterns"))
    .description("print all records of all sources in one order")
    .addOption(
      new Option("-f, --format <format>", "how to print it")
        .choices(["plain", "table", "jsonl"])
        .default("plain"),
    )
    .option("--grep <text>", "only records that contain this text (repeatable: any of them)", list)
    .option("--source <pattern>", "only sources whose path contains this (repeatable)", list)
    .option(
      "--action <pattern>",
      "only events of this kind, such as dns.query or registry.* (repeatable)",
      list,
    )
    .action(async (paths, options) => (await import("./timeline.js")).run(paths, options));

  evidenceOptions(root.command("clocks").argument("<path...>", "files, folders or patterns"))
    .description("print how the clocks of all sources stand to each other, with the records that prove it")
    .addOption(
      new Option("-f, --format <format>", "how to print it")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .option("--jobs <n>", "threads that read (default: one for each core, 8 at most)", jobs)
    .action(async (paths, options) => (await import("./clocks.js")).run(paths, options));

  evidenceOptions(root.command("compare").argument("<good>").argument("<bad>", "files or folders"))
    .description("hold a good run against a bad one: what differs, the most telling first")
    .addOption(
      new Option("-f, --format <format>", "how to print it")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .option("--rules <dir>", "add the rules of a folder (repeatable)", list)
    .option("--jobs <n>", "threads that read (default: one for each core, 8 at most)", jobs)
    .action(async (good, bad, options) => (await import("./compare.js")).run(good, bad, options));

  queryOptions(evidenceOptions(root.command("query"))).action(async (eql, paths, options) =>
    (await import("./query.js")).run(eql, paths, options),
  );

  exploreOptions(readingOptions(root.command("explore"))).action(async (paths, options) =>
    (await import("./explore.js")).run(paths, options),
  );

  exportOptions(evidenceOptions(root.command("export"))).action(async (paths, options) =>
    (await import("./export.js")).run(paths, options),
  );

  redactCommandOptions(root.command("redact")).action(async (paths, options) =>
    (await import("./redact.js")).run(paths, options),
  );

  collectOptions(root.command("collect")).action(async (options) =>
    (await import("./collect.js")).run(options),
  );

  const formats = formatsCommand();
  root.addCommand(formats.copyInheritedSettings(root));

  const rules = rulesCommand(evidenceOptions);
  root.addCommand(rules.copyInheritedSettings(root));
  return root;
}

/**
 * Does what a command line says, and tells what goes wrong.
 * @param argv as `process.argv`: Node and the program come first. The exit status is left in `process.exitCode`
 * @returns whether it was done: of the commands, the build makes ready only what most starts are for
 */
export async function main(argv: readonly string[]): Promise<boolean> {
  try {
    const command = program();
    if (argv.length <= 2) command.help({ error: true });
    await command.parseAsync(withForms(argv));
  } catch (error) {
    if ((error as { code?: unknown } | undefined)?.code === NOT_READY) return false;
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else await tellFailure(error);
  }
  return true;
}
