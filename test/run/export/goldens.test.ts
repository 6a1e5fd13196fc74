import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../../src/grammar/generated.js";
import { rules } from "../../../src/rules/generated.js";
import { type ExportOptions, exportEvidence } from "../../../src/run/export/export.js";
import { golden } from "../../report/golden.js";

const INCIDENT = path.join(import.meta.dirname, "../../../fixtures/incidents/docker-bad-dns");

async function exported(format: ExportOptions["format"]): Promise<string> {
  const pieces: string[] = [];
  const stream = exportEvidence([INCIDENT], {
    grammars,
    rules,
    version: "test",
    index: "hindcast",
    jobs: 1,
    format,
    action: ["registry.*", "http.access"],
  });
  for await (const piece of stream) pieces.push(Buffer.from(piece).toString("utf8"));
  return pieces.join("");
}

describe("what other tools are given of an incident", () => {
  it.each(["ecs", "timesketch", "timesketch-csv", "perfetto", "otlp", "csv", "sarif"] as const)(
    "as %s is what was agreed",
    async (format) => {
      const text = await exported(format);
      expect(text).toBe(golden(`export-${format}.txt`, text));
      expect(text.length).toBeGreaterThan(100);
    },
  );
});
