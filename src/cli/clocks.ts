import type { Report } from "../api/analysis.js";
import { clocks } from "../api/clocks.js";
import { statusOf } from "./analyze.js";
import { type EvidenceFlags, evidenceFlags } from "./inputs.js";
import { guarded, maskingFor } from "./masking.js";
import { pageWidth, print, wantsColour, wantsUtf8, writeWhole } from "./output.js";
import { rulesFor } from "./own-rules.js";
import { Progress } from "./progress.js";
import { withDefaults } from "./project/configured.js";

interface ClocksFlags extends EvidenceFlags {
  format: "text" | "markdown" | "json";
  jobs?: number;
}

async function render(report: Report, flags: ClocksFlags): Promise<string> {
  if (flags.format === "json") {
    const { clocksOf, renderClocksJson } = await import("../api/clocks.js");
    return renderClocksJson(clocksOf(report));
  }
  if (flags.format === "markdown") return (await import("../api/clocks.js")).renderClocksMarkdown(report);
  const { renderClocks } = await import("../api/clocks.js");
  const toFile = flags.output !== undefined;
  return renderClocks(report, {
    width: pageWidth(toFile),
    color: wantsColour(flags.color, toFile),
    utf8: toFile || wantsUtf8(),
  });
}

/** `hindcast clocks PATH…` */
export async function run(paths: string[], flags: ClocksFlags): Promise<void> {
  const progress = new Progress(!flags.quiet);
  const options = await evidenceFlags(await withDefaults(flags, paths));
  const masking = await maskingFor(flags, paths, options);
  const plain = await guarded(
    masking,
    clocks(paths, {
      ...options,
      rules: await rulesFor(undefined),
      jobs: flags.jobs,
      progress: progress.take,
    }),
  );
  const report = masking?.report(plain) ?? plain;
  masking?.finish();
  progress.end();
  const text = await render(report, flags);
  if (flags.output !== undefined) writeWhole(flags.output, text);
  else await print(text);
  process.exitCode = statusOf(report);
}
