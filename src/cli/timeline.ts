import type { TimelineLine } from "../api/events.js";
import { choiceOf, timeline, timelinePrinter } from "../api/events.js";
import { decodeBytes, neutral } from "../api/text.js";
import { type EvidenceFlags, evidenceFlags } from "./inputs.js";
import { guarded, maskingFor } from "./masking.js";
import { print, wantsColour, wantsUtf8, writeWhole } from "./output.js";
import { Progress } from "./progress.js";
import { withDefaults } from "./project/configured.js";

interface TimelineFlags extends EvidenceFlags {
  format: "plain" | "table" | "jsonl";
  grep?: string[];
  source?: string[];
  action?: string[];
}

/** `hindcast timeline PATH…` */
export async function run(paths: string[], flags: TimelineFlags): Promise<void> {
  const toFile = flags.output !== undefined;
  const width = process.stdout.isTTY ? Math.max(process.stdout.columns ?? 120, 80) : 160;
  const line = timelinePrinter(flags.format, {
    width,
    color: wantsColour(flags.color, toFile),
    utf8: toFile || wantsUtf8(),
  });
  const choice = choiceOf(flags);
  const wanted = ({ action, text }: TimelineLine) =>
    choice.record({ action, text: flags.grep ? decodeBytes(text) : text });
  const progress = new Progress(!flags.quiet && process.stdout.isTTY !== true);
  const options = await evidenceFlags(await withDefaults(flags, paths));
  const masking = await maskingFor(flags, paths, options);
  const masked = (one: TimelineLine): TimelineLine =>
    masking ? { ...one, source: masking.text(one.source), text: masking.text(one.text) } : one;
  const said = (text: string) => neutral(masking?.text(text) ?? text);
  const stream = timeline(paths, {
    ...options,
    source: choice.source,
    progress: progress.take,
  });
  const kept: string[] = [];
  let shown = 0;
  for (;;) {
    const next = await guarded(masking, stream.next());
    if (next.done) {
      progress.end();
      if (!flags.quiet)
        for (const problem of next.value)
          process.stderr.write(
            `${said(problem.path)}${problem.line ? `:${problem.line}` : ""}: ${said(problem.message)}\n`,
          );
      if (shown === 0 && next.value.some((problem) => problem.severity === "error")) process.exitCode = 3;
      break;
    }
    const text = next.value
      .filter(wanted)
      .map((one) => line(masked(one)))
      .join("");
    shown += next.value.length;
    if (text === "") continue;
    if (toFile) kept.push(text);
    else await print(text);
  }
  masking?.finish();
  if (!flags.quiet) for (const note of masking?.notes() ?? []) process.stderr.write(`hindcast: ${note}\n`);
  if (toFile) writeWhole(flags.output!, kept.join(""));
}
