import type { Comparison } from "../api/compare.js";
import { compare, withNamesCompared } from "../api/compare.js";
import { type EvidenceFlags, evidenceFlags } from "./inputs.js";
import { guarded, maskingFor } from "./masking.js";
import { pageWidth, print, wantsColour, wantsUtf8, writeWhole } from "./output.js";
import { Progress } from "./progress.js";
import { configured } from "./project/configured.js";

interface CompareFlags extends EvidenceFlags {
  format: "text" | "markdown" | "json";
  rules?: string[];
  jobs?: number;
}

async function render(comparison: Comparison, flags: CompareFlags): Promise<string> {
  if (flags.format === "json") return (await import("../api/compare.js")).renderComparisonJson(comparison);
  if (flags.format === "markdown")
    return (await import("../api/compare.js")).renderComparisonMarkdown(comparison);
  const toFile = flags.output !== undefined;
  return (await import("../api/compare.js")).renderComparison(comparison, {
    width: pageWidth(toFile),
    color: wantsColour(flags.color, toFile),
    utf8: toFile || wantsUtf8(),
  });
}

/** 3 where one side has nothing that could be read, 4 where some of it could not; else 0. */
function statusOf({ good, bad, problems }: Comparison): number {
  if (good.shows.length === 0 || bad.shows.length === 0) return 3;
  return problems.some(({ severity }) => severity === "error") ? 4 : 0;
}

/** `hindcast compare GOOD BAD` */
export async function run(good: string, bad: string, given: CompareFlags): Promise<void> {
  const { flags, rules, review, names } = await configured(given, [good, bad]);
  const progress = new Progress(!flags.quiet);
  const options = await evidenceFlags(flags);
  const masking = await maskingFor(flags, [good, bad], options, names.values());
  const plain = await guarded(
    masking,
    compare(good, bad, {
      ...options,
      rules,
      review,
      jobs: flags.jobs,
      progress: progress.take,
    }),
  );
  const named = flags.format === "json" ? plain : withNamesCompared(plain, names);
  const comparison = masking
    ? { ...masking.data(named), notes: [...masking.data(named.notes), ...masking.notes()] }
    : named;
  masking?.finish();
  progress.end();
  const text = await render(comparison, flags);
  if (flags.output !== undefined) writeWhole(flags.output, text);
  else await print(text);
  process.exitCode = statusOf(comparison);
}
