import type { PageOptions, PlaceLink } from "../api/terminal.js";
import { isMasked } from "./masking.js";
import { pageWidth, print, wantsColour, wantsUtf8 } from "./output.js";
import type { RedactFlags } from "./redact-flags.js";
import type { ReportFlags } from "./report-flags.js";

/** Flags that decide on how a report looks in a terminal. */
export interface TerminalFlags extends ReportFlags, RedactFlags {
  color: boolean;
  quiet?: boolean;
}

/**
 * How a report for people is to be printed where its output goes.
 * @param paths the evidence, for links to it
 */
export async function terminalOptions(flags: TerminalFlags, paths: readonly string[]): Promise<PageOptions> {
  const toFile = flags.output !== undefined;
  return {
    width: pageWidth(toFile),
    color: wantsColour(flags.color, toFile),
    utf8: toFile || wantsUtf8(),
    link: await placeLinks(flags, paths),
  };
}

/** Not for a pager, which may show links as text; and paths are names, which may be masked. */
async function placeLinks(flags: TerminalFlags, paths: readonly string[]): Promise<PlaceLink | undefined> {
  const { color, output, pager } = flags;
  if (output !== undefined || pager || isMasked(flags) || process.stdout.isTTY !== true) return undefined;
  const { linkStyle, linksTo } = await import("./links.js");
  const wanted = wantsColour(color, false) || process.env["FORCE_HYPERLINK"];
  const style = wanted ? linkStyle(process.env) : undefined;
  return style && linksTo(paths, style);
}

/** Prints to standard output, in a pager where that is a terminal and one is asked for. */
export async function show(text: string, { pager, quiet }: TerminalFlags): Promise<void> {
  if (!pager || process.stdout.isTTY !== true) return print(text);
  const { showInPager } = await import("./pager.js");
  await showInPager(text, process.env, (message) => {
    if (!quiet) process.stderr.write(`hindcast: ${message}\n`);
  });
}
