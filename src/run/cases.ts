import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Finding } from "../model/finding.js";
import type { Analyze } from "../rules/cases.js";
import type { AnalyzeOptions } from "./analyze-options.js";
import { investigate } from "./investigate.js";

/** Runs a rule's case as a user would: its files in a folder, the whole program on it. The folder is gone afterwards. */
export function caseRunner(options: AnalyzeOptions): Analyze {
  return async (files) => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-case-"));
    try {
      for (const [name, text] of Object.entries(files)) {
        const file = path.join(dir, name);
        if (!file.startsWith(dir + path.sep))
          throw new Error(`${name}: a case's file must lie in its folder`);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
      }
      const { diagnosis, missing, surveyed } = await investigate([dir], options);
      const formatOf = new Map(surveyed.map(({ source }) => [source.id, source.format]));
      return { findings: diagnosis.findings, missing, formats: formatsOf(diagnosis.findings, formatOf) };
    } finally {
      fs.rmSync(dir, { recursive: true, force: true });
    }
  };
}

/** The formats of the records that findings cite, by rule. */
function formatsOf(
  findings: readonly Finding[],
  formatOf: ReadonlyMap<number, string>,
): Record<string, readonly string[]> {
  const cited = new Map<string, Set<string>>();
  for (const { rule, evidence } of findings) {
    const formats = cited.get(rule) ?? new Set();
    cited.set(rule, formats);
    for (const { source } of evidence) formats.add(formatOf.get(source) ?? "unknown");
  }
  return Object.fromEntries([...cited].map(([rule, formats]) => [rule, [...formats]]));
}
