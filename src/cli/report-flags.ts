import { type Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "./output.js";

/** Flags that say how a report is written. */
export interface ReportFlags {
  format: string;
  output?: string;
  flavor?: "github" | "gitlab" | "jira";
  maxBytes?: number;
  pager?: boolean;
}

/** A report in Markdown cannot be shorter and still name its cause. */
const LEAST_BYTES = 4096;

const length = (value: string) => {
  const [, count, unit] = /^(\d{1,9})([KM]?)$/i.exec(value) ?? [];
  const bytes = Number(count) * (unit ? { k: 1024, m: 1024 ** 2 }[unit.toLowerCase()]! : 1);
  if (count === undefined || bytes < LEAST_BYTES)
    throw new InvalidArgumentError(`at least ${LEAST_BYTES}, written like 32000, 64K or 1M.`);
  return bytes;
};

/** Adds the options of {@link ReportFlags} to a command that has `--format`. */
export function reportOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--flavor <tracker>",
        "with -f markdown: whose markup (default: github); the report fits into its tickets",
      ).choices(["github", "gitlab", "jira"]),
    )
    .option(
      "--max-bytes <n>",
      "with -f markdown: at most so long, in UTF-8; evidence is left out first",
      length,
    )
    .option("--pager", "show it in $HINDCAST_PAGER, $PAGER or less, where the output is a terminal");
}

/** @throws UsageError for flags that say nothing about the format that was asked for */
export function checkReportFlags({ format, flavor, maxBytes }: ReportFlags): void {
  if (format === "markdown") return;
  const flag = flavor !== undefined ? "--flavor" : maxBytes !== undefined ? "--max-bytes" : undefined;
  if (flag !== undefined)
    throw new UsageError(`${flag} is for reports in Markdown; add -f markdown, or leave it out`);
}
