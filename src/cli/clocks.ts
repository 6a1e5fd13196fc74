import type { Report } from "../api/analysis.js";
import { withNames } from "../api/analysis.js";
import { clocks, isAboutClocks } from "../api/clocks.js";
import { statusOf } from "./analyze.js";
import { type EvidenceFlags, evidenceFlags } from "./inputs.js";
import { guarded, maskingFor } from "./masking.js";
import { pageWidth, print, wantsColour, wantsUtf8, writeWhole } from "./output.js";
import { Progress } from "./progress.js";
import { configured } from "./project/configured.js";

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
export async function run(paths: string[], given: ClocksFlags): Promise<void> {
  const progress = new Progress(!given.quiet);
  const { flags, rules, review, names } = await configured(given, paths, isAboutClocks);
  const options = await evidenceFlags(flags);
  const masking = await maskingFor(flags, paths, options, names.values());
  const plain = await guarded(
    masking,
    clocks(paths, {
      ...options,
      rules,
      review,
      jobs: flags.jobs,
      progress: progress.take,
    }),
  );
  const named = withNames(plain, names, { entities: flags.format !== "json" });
  const report = masking?.report(named) ?? named;
  masking?.finish();
  progress.end();
  const text = await render(report, flags);
  if (flags.output !== undefined) writeWhole(flags.output, text);
  else await print(text);
  process.exitCode = statusOf(report);
}
