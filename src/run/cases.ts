import fs from "node:fs";
import os from "node:os";
import path from "node:path";
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
      const { diagnosis, missing } = await investigate([dir], options);
      return { findings: diagnosis.findings, missing };
    } finally {
      fs.rmSync(dir, { recursive: true, force: true });
    }
  };
}
