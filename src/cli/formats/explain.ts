import fs from "node:fs";
import type { ExplainedRecord, RawRecord } from "../../api/format-files.js";
import type { Grammar } from "../../api/grammars.js";
import { print, UsageError } from "../output.js";
import { filesOf } from "../own-files.js";
import { grammarsFor } from "../own-grammars.js";
import { fieldLines, show } from "./words.js";

function claimedText({ record, through, also, time }: ExplainedRecord): string {
  let text = `line ${record.line}, byte ${record.offset}: ${show(record.text.slice(0, 400))}\n`;
  for (const { grammar, shape, fields } of through) {
    text += `  ${grammar.layer} ${grammar.name} reads ${shape.event} (${grammar.file})\n${fieldLines(fields, "    ")}`;
  }
  for (const { grammar, shape } of also) text += `  inside it, ${grammar.name} reads ${shape.event}\n`;
  return `${text}  time: ${time}\n`;
}

/**
 * What nests in a record's fields: when grammar X has a values grammar `X-values` whose first rule is R, that reads a field `….R`.
 */
async function valuesText({ through }: ExplainedRecord): Promise<string> {
  const { sources } = await import("../../api/grammar-texts.js");
  let text = "";
  for (const { grammar, fields } of through) {
    const source = sources.find(({ file }) => file.endsWith(`/${grammar.name}-values.grammar`));
    if (!source) continue;
    const rule = /^rule +(\w+)/m.exec(source.text)?.[1] ?? "";
    const { readValues } = await import("../../api/format-files.js");
    const { outline } = await import("../../api/format-files.js");
    for (const [field, value] of Object.entries(fields)) {
      if (typeof value !== "string" || field.split(".").at(-1) !== rule) continue;
      const { tree, errors } = readValues(source.text, rule, value);
      text += `  ${grammar.name}-values reads ${field}\n`;
      if (tree)
        for (const line of outline(tree).slice(1))
          text += `    ${"  ".repeat(line.depth)}${line.name}: ${show(line.text)}\n`;
      for (const error of errors) text += `    at byte ${error.offset}: ${show(error.message)}\n`;
    }
  }
  return text;
}

/** `hindcast formats explain FILE[:LINE]` */
export async function explain(target: string, flags: { grammars?: string[] }): Promise<void> {
  const match = /^(.*):(\d+)$/.exec(target);
  const [file, line] = match && !fs.existsSync(target) ? [match[1]!, Number(match[2])] : [target, undefined];
  const grammars = await grammarsFor(flags.grammars);
  const { explainRecords } = await import("../../api/format-files.js");
  const result = await explainRecords(file, line, grammars);
  if (result.error !== undefined) throw new UsageError(`${file}: ${result.error}`);
  await print(
    `${file}: ${result.tried.length > 0 ? `of ${result.sampled} records looked at, ${result.tried.map(({ grammar, claimed }) => `${grammar.name} claims ${claimed}`).join(", ")}` : "no format claims any of its records"}\n\n`,
  );
  for (const record of result.records) {
    if (record.through.length > 0) await print(`${claimedText(record)}${await valuesText(record)}\n`);
    else await print(`${await unclaimedText(record.record, grammars, flags.grammars)}\n`);
  }
  if (line !== undefined && result.records.length === 0)
    throw new UsageError(`${target}: the file has no record at that line`);
}

/** How far the best candidates came with a record that nobody claims. */
async function unclaimedText(
  record: RawRecord,
  grammars: readonly Grammar[],
  dirs: readonly string[] | undefined,
): Promise<string> {
  const { explainRecord, caret } = await import("../../api/format-files.js");
  const { sources } = await import("../../api/grammar-texts.js");
  const files = [...sources, ...(dirs ?? []).flatMap((dir) => filesOf(dir, [".grammar"]))];
  const envelopes = new Set(grammars.filter(({ layer }) => layer === "envelope").map(({ file }) => file));
  const tried = files
    .filter(({ file }) => envelopes.has(file))
    .flatMap((source) => explainRecord(source, record.text).shapes)
    .sort((a, b) => b.column - a.column)
    .slice(0, 3);
  let text = `line ${record.line}, byte ${record.offset}: nobody claims this record\n`;
  for (const attempt of tried) {
    text += `  ${attempt.grammar} (${attempt.event}) came this far:\n`;
    text += `    ${caret(record.text.slice(0, 400), attempt, show).replace("\n", "\n    ")}\n`;
    text += fieldLines(attempt.fields, "      understood so far: ");
  }
  return text;
}
