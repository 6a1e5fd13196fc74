import fs from "node:fs";
import { findFiles } from "../api/analysis.js";
import type { Knowledge, Surveyed } from "../api/redact.js";
import { ClosedMap, copyMasked, gatherFrom, openMap } from "../api/redact.js";
import { neutral } from "../api/text.js";
import { print, UsageError } from "./output.js";
import { grammarsFor } from "./own-grammars.js";
import { passphraseFor } from "./passphrase.js";
import type { RedactCommandFlags } from "./redact-flags.js";
import { Redaction } from "./redaction.js";

/** `hindcast redact --open-map FILE` */
async function printMap(file: string, flags: RedactCommandFlags): Promise<void> {
  let sealed: Buffer;
  try {
    sealed = fs.readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--open-map ${file}: this file can't be read (${code}); check the path`);
  }
  try {
    const { entries } = openMap(sealed, await passphraseFor(flags));
    await print(entries.map(({ kind, was, now }) => `${kind}\t${neutral(was)}\t${neutral(now)}\n`).join(""));
  } catch (error) {
    if (error instanceof ClosedMap) throw new UsageError(`--open-map ${file}: ${error.message}`);
    throw error;
  }
}

/** The folder for the copies: made, or there and empty. */
function folderFor(output: string | undefined): string {
  if (output === undefined) throw new UsageError("redact: name the folder for the masked copies with -o DIR");
  try {
    fs.mkdirSync(output, { recursive: true });
    if (fs.readdirSync(output).length === 0) return output;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`-o ${output}: no folder can be made there (${code}); choose another place`);
  }
  throw new UsageError(
    `-o ${output}: this folder is not empty; name a new one, so that nothing in it stays unmasked`,
  );
}

/** `hindcast redact PATH… -o DIR` */
export async function run(paths: string[], flags: RedactCommandFlags): Promise<void> {
  if (flags.openMap !== undefined) {
    await printMap(flags.openMap, flags);
    return;
  }
  if (paths.length === 0) throw new UsageError("redact: name the evidence: hindcast redact PATH… -o DIR");
  const found = await findFiles(paths, flags.tmp);
  try {
    const out = folderFor(flags.output);
    let surveyed: Surveyed[] = [];
    const know = async (): Promise<Knowledge> => {
      const gathered = await gatherFrom(found, {
        grammars: await grammarsFor(flags.grammars),
        tmp: flags.tmp,
      });
      ({ surveyed } = gathered);
      return gathered.knowledge;
    };
    const redaction = await Redaction.of(flags, know);
    const tell = (text: string) => {
      if (!flags.quiet) process.stderr.write(`hindcast: ${neutral(text)}\n`);
    };
    let copied = 0;
    let troubles = 0;
    for await (const { from, to, trouble } of copyMasked(surveyed, redaction.masker, out)) {
      if (to !== undefined) copied++;
      if (trouble === undefined) continue;
      troubles++;
      tell(`${from}: ${to === undefined ? "not copied: " : ""}${trouble}`);
    }
    for (const { path, message } of found.problems) tell(`${path}: ${message}`);
    redaction.finish();
    for (const note of redaction.notes()) tell(note);
    tell(
      `${copied} of ${surveyed.length} files copied to ${out}; look through them before they leave the house`,
    );
    process.exitCode =
      copied === 0 ? 3 : troubles > 0 || found.problems.some((one) => one.severity === "error") ? 4 : 0;
  } finally {
    found.close();
  }
}
