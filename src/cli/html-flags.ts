import { type Command, InvalidArgumentError } from "commander";
import { UsageError } from "./output.js";

/** Flags of the report as a page. */
export interface HtmlFlags {
  format: string;
  output?: string;
  maxEvidence?: number;
}

const bytes = (value: string) => {
  const [, count, unit] = /^(\d{1,9})([KM]?)$/i.exec(value) ?? [];
  if (count === undefined) throw new InvalidArgumentError("a size is written like 500000, 500K or 2M.");
  return Number(count) * (unit ? { k: 1024, m: 1024 ** 2 }[unit.toLowerCase()]! : 1);
};

/** Adds the options of {@link HtmlFlags} to a command that has `--format` and `--output`. */
export const htmlOptions = (command: Command): Command =>
  command.option(
    "--max-evidence <size>",
    "with -f html: at most so much evidence in the page (default: 1M); the least telling is left out first",
    bytes,
  );

/** @throws UsageError for flags that say nothing about the format that was asked for, and for a page that nobody could see */
export function checkHtmlFlags({ format, output, maxEvidence }: HtmlFlags): void {
  if (format !== "html") {
    if (maxEvidence !== undefined)
      throw new UsageError("--max-evidence is for reports in HTML; add -f html, or leave it out");
  } else if (output === undefined && process.stdout.isTTY === true)
    throw new UsageError("a page in HTML is nothing to read in a terminal; write it to a file with -o FILE");
}
