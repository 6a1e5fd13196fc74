import path from "node:path";
import { draftGrammar } from "../../api/format-files.js";
import { neutral } from "../../api/text.js";
import { print, UsageError, writeWhole } from "../output.js";
import { grammarsFor } from "../own-grammars.js";
import { findSheet } from "./sheet.js";

interface DraftFlags {
  from: string;
  layer?: "envelope" | "message";
  output?: string;
  grammars?: string[];
}

const NAME = /^[A-Za-z][\w-]*$/;

/** `hindcast formats new NAME --from FILE`: a grammar to go on from, on standard output or in a file. */
export async function draft(
  name: string,
  { from, layer, output, grammars: dirs }: DraftFlags,
): Promise<void> {
  if (!NAME.test(name)) throw new UsageError(`${name}: a format's name is letters, digits, - and _`);
  const known = await findSheet(name, dirs);
  if (known)
    throw new UsageError(`${name}: there is such a format already (${known.file}); take another name`);
  const { draftInput } = await import("../../api/format-files.js");
  const input = await draftInput(from, layer, await grammarsFor(dirs));
  if (input.error !== undefined) throw new UsageError(`${from}: ${input.error}`);
  const made = draftGrammar(input.records, {
    name,
    from: path.basename(from),
    layer: input.layer,
    programs: input.programs,
  });
  if (!made)
    throw new UsageError(
      `${from}: its records have nothing in common by which a grammar could know them: no time, no word, no signs at the same place; give a file with lines of one format`,
    );
  if (output === undefined) await print(made.text);
  else writeWhole(output, made.text);
  const file = output ?? path.join("grammars", `${name}.grammar`);
  const dir = path.dirname(file);
  const words = [
    input.framedBy === undefined
      ? ""
      : `${input.framedBy} frames these lines: this drafts what they say. --layer envelope drafts the lines as they are.\n`,
    `${made.records - made.missed.length} of ${made.records} records are read, and the samples pass. Next:\n`,
    output === undefined ? `  save it as ${file} (-o writes it there)\n` : "",
    `  give events and fields names that say what they mean; look at what a sample is read as\n`,
    `  hindcast formats test ${dir}\n`,
    `  hindcast formats explain ${from} --grammars ${dir}\n`,
    `  hindcast ${from} --grammars ${dir}\n`,
  ];
  process.stderr.write(words.map((line) => neutral(line).replaceAll("\\n", "\n")).join(""));
}
