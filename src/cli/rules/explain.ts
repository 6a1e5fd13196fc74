import { explainRule, renderExplained } from "../../api/explain.js";
import { type EvidenceFlags, evidenceFlags } from "../inputs.js";
import { guarded, maskingFor } from "../masking.js";
import { print, writeWhole } from "../output.js";
import { Progress } from "../progress.js";
import { configured } from "../project/configured.js";
import { pick } from "./pick.js";

export interface ExplainFlags extends EvidenceFlags {
  format: "text" | "json";
  rules?: string[];
  jobs?: number;
}

/** `hindcast rules explain ID PATH…`: exit status 3 when nothing could be read. */
export async function explain(id: string, paths: readonly string[], given: ExplainFlags): Promise<void> {
  const { flags, rules } = await configured(given, paths);
  const [rule] = pick(rules, [id]);
  const progress = new Progress(!flags.quiet);
  const options = await evidenceFlags(flags);
  const masking = await maskingFor(flags, paths, options);
  const plain = await guarded(
    masking,
    explainRule(paths, rule!, {
      ...options,
      jobs: flags.jobs,
      progress: progress.take,
    }),
  );
  const explained = masking
    ? { ...masking.data(plain), problems: [...masking.data(plain.problems), ...masking.notes()] }
    : plain;
  masking?.finish();
  progress.end();
  const text =
    flags.format === "json" ? `${JSON.stringify(explained, null, 2)}\n` : renderExplained(explained);
  if (flags.output !== undefined) writeWhole(flags.output, text);
  else await print(text);
  const isReadable = explained.sources.some(({ records, format }) => records > 0 && format !== "unknown");
  if (!isReadable) process.exitCode = 3;
}
