import { exportElastic } from "../../api/rule-files.js";
import { neutral } from "../../api/text.js";
import { print, UsageError, writeWhole } from "../output.js";
import { rulesFor } from "../own-rules.js";
import { pick } from "./pick.js";

interface ExportFlags {
  elastic?: boolean;
  index?: string[];
  output?: string;
  rules?: string[];
}

/** `hindcast rules export --elastic [ID…]`: NDJSON for the import of Kibana's detection engine; what is lost is told on standard error. */
export async function exportRules(ids: readonly string[], flags: ExportFlags): Promise<void> {
  if (!flags.elastic) throw new UsageError("say what to export to: --elastic");
  const rules = await rulesFor(flags.rules);
  const chosen = ids.length > 0 ? pick(rules, ids) : rules;
  const { rules: exported, lost, changed } = exportElastic(chosen, flags.index ?? ["hindcast-*"]);
  const text = exported.map((rule) => `${JSON.stringify(rule)}\n`).join("");
  if (flags.output === undefined) await print(text);
  else writeWhole(flags.output, text);
  const told = [
    `${exported.length} detection rules of ${chosen.length} rules`,
    ...lost.map((line) => `not exported: ${line}`),
    ...changed.map((line) => `changed: ${line}`),
  ];
  process.stderr.write(told.map((line) => `${neutral(line)}\n`).join(""));
}
