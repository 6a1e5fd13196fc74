import fs from "node:fs";
import path from "node:path";
import { type DraftRecord, draftRule } from "../../api/rule-files.js";
import { decodeWithin } from "../../api/text.js";
import { print, UsageError, writeWhole } from "../output.js";
import { grammarsFor } from "../own-grammars.js";
import { rulesFor } from "../own-rules.js";

interface DraftFlags {
  from?: string;
  output?: string;
  rules?: string[];
  grammars?: string[];
}

/** As the schema of rules has it. */
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** `hindcast rules new ID [--from FILE:LINE]`: a rule to go on from, on standard output or in a file. */
export async function draft(id: string, { from, output, rules, grammars }: DraftFlags): Promise<void> {
  if (!ID.test(id) || id.length > 80)
    throw new UsageError(
      `${id}: a rule's id is small letters, digits and hyphens, such as disk-full; at most 80`,
    );
  const known = (await rulesFor(rules)).find((rule) => rule.id === id);
  if (known) throw new UsageError(`${id}: there is such a rule already (${known.file}); take another id`);
  if (output !== undefined && path.basename(output).replace(/\.ya?ml$/, "") !== id)
    throw new UsageError(
      `-o ${output}: a rule's file is named after it; write to ${path.join(path.dirname(output), `${id}.yaml`)}`,
    );
  if (output !== undefined && fs.existsSync(output))
    throw new UsageError(`${output}: this file is there already; remove it first, or take another id`);
  const text = draftRule(id, from === undefined ? undefined : await recordAt(from, grammars));
  if (output === undefined) await print(text);
  else writeWhole(output, text);
  const dir = output === undefined ? "my-rules" : path.dirname(output);
  process.stderr.write(
    [
      output === undefined
        ? `Save it as ${path.join(dir, `${id}.yaml`)} (-o writes it there). Next:\n`
        : "Next:\n",
      "  fill in what says FILL IN\n",
      `  hindcast rules test ${dir}\n`,
      `  hindcast rules explain ${id} EVIDENCE --rules ${dir}\n`,
    ].join(""),
  );
}

/** The record that a rule is to find. */
async function recordAt(target: string, dirs: readonly string[] | undefined): Promise<DraftRecord> {
  const [, file, line] = /^(.*):(\d+)$/.exec(target) ?? [];
  if (file === undefined)
    throw new UsageError(`--from ${target}: name a file and a line of it, such as syslog:212`);
  const { explainRecords } = await import("../../api/format-files.js");
  const { error, records } = await explainRecords(file, Number(line), await grammarsFor(dirs && [...dirs]));
  if (error !== undefined) throw new UsageError(`${file}: ${error}`);
  const [found] = records;
  const inner = found?.through.at(-1);
  if (found === undefined) throw new UsageError(`${target}: the file has no record at that line`);
  if (inner === undefined)
    throw new UsageError(
      `${target}: no format reads this record; hindcast formats explain ${target} says why, and hindcast formats new drafts one`,
    );
  const fields: Record<string, string | number | boolean> = {};
  for (const { fields: some } of found.through)
    for (const [name, value] of Object.entries(some))
      if (value !== undefined && typeof value !== "object")
        fields[name] = typeof value === "string" ? decodeWithin(value) : value;
  return {
    action: inner.shape.event,
    fields,
    file: path.basename(file),
    text: decodeWithin(found.record.text).replace(/\n+$/, ""),
  };
}
