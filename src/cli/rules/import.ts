import fs from "node:fs";
import path from "node:path";
import { neutral } from "../../api/text.js";
import { print, UsageError, writeWhole } from "../output.js";
import { readNamed } from "../read-file.js";

/** A file of rules of more bytes than this is none. */
const MOST_BYTES = 4 << 20;

/**
 * `hindcast rules import FILE`: our rules of Sigma rules, on standard output, or each in a file of its own in a folder. What is lost is
 * told on standard error; exit status 4 when something is.
 */
export async function importRules(file: string, flags: { outputDir?: string }): Promise<void> {
  const { importSigma } = await import("../../api/rule-files.js");
  const { rules, lost } = importSigma(
    file,
    readNamed(file, MOST_BYTES, "this is larger than 4 MiB; import it in parts").toString("utf8"),
  );
  const dir = flags.outputDir;
  if (dir === undefined) await print(rules.map(({ text }) => text).join("---\n"));
  else {
    fs.mkdirSync(dir, { recursive: true });
    for (const { id, text } of rules) {
      const target = path.join(dir, `${id}.yaml`);
      if (fs.existsSync(target))
        throw new UsageError(`${target}: this file is there already; remove it, or give another folder`);
      writeWhole(target, text);
    }
  }
  const told = [
    ...rules.flatMap(({ id, notes }) => [`${id}: carried over`, ...notes.map((note) => `  note: ${note}`)]),
    ...lost.map((line) => `not carried over: ${line}`),
    ...(dir === undefined || rules.length === 0 ? [] : [`Next: add cases, then hindcast rules test ${dir}`]),
  ];
  process.stderr.write(told.map((line) => `${neutral(line)}\n`).join(""));
  if (rules.length === 0) throw new UsageError(`${file}: nothing could be carried over`);
  if (lost.length > 0) process.exitCode = 4;
}
