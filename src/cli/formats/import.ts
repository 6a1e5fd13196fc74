import path from "node:path";
import {
  type ImportedFormat,
  importFormat,
  readGrok,
  readLnav,
  recordsOf,
  UnknownFormat,
} from "../../api/format-files.js";
import { neutral } from "../../api/text.js";
import { print, UsageError, writeWhole } from "../output.js";
import { readNamed } from "../read-file.js";
import { findSheet } from "./sheet.js";

interface ImportFlags {
  name?: string;
  samples?: string;
  output?: string;
}

const NAME = /^[A-Za-z][\w-]*$/;
/** A definition, or samples, of more than this is none. */
const MOST_BYTES = 1 << 20;
const TOO_LARGE = "this is larger than 1 MiB; give an excerpt";

/** `hindcast formats import FILE`: a grammar of an lnav definition or grok patterns, on standard output or in a file. */
export async function importFile(file: string, { name: given, samples, output }: ImportFlags): Promise<void> {
  const name =
    given ??
    path
      .basename(file)
      .replace(/\..*$/, "")
      .replace(/[^\w-]/g, "-");
  if (!NAME.test(name))
    throw new UsageError(`${name}: a format's name is letters, digits, - and _; give --name`);
  const known = await findSheet(name);
  if (known)
    throw new UsageError(`${name}: there is such a format already (${known.file}); give another with --name`);
  const format = read(readNamed(file, MOST_BYTES, TOO_LARGE).toString("utf8"), name, file);
  const more =
    samples === undefined ? [] : recordsOf(readNamed(samples, MOST_BYTES, TOO_LARGE).toString("latin1"));
  const made = importFormat(format, name, more);
  if (!("text" in made)) {
    const why = made.lost.length > 0 ? made.lost : ["no expression in it captures anything"];
    throw new UsageError(
      `${file}: nothing could be carried over\n${why.map((line) => `  ${neutral(line)}\n`).join("")}`,
    );
  }
  if (output === undefined) await print(made.text);
  else writeWhole(output, made.text);
  const dir = path.dirname(output ?? path.join("grammars", `${name}.grammar`));
  const words = [
    made.lost.length > 0 ? "Not carried over (also noted in the grammar):\n" : "",
    ...made.lost.map((line) => `  ${neutral(line)}\n`),
    made.of > 0
      ? `${made.samples} of ${made.of} samples are read. Next:\n`
      : "There are no samples: add some (--samples FILE takes them from a log). Next:\n",
    output === undefined ? `  save it as ${path.join(dir, `${name}.grammar`)} (-o writes it there)\n` : "",
    `  look at events and fields; cite where the words come from\n  hindcast formats test ${dir}\n`,
  ];
  process.stderr.write(words.join(""));
}

function read(text: string, name: string, file: string): ImportedFormat {
  if (!/^\s*\{/.test(text)) return readGrok(text, name, path.basename(file));
  try {
    return readLnav(JSON.parse(text), name);
  } catch (error) {
    if (error instanceof UnknownFormat) throw new UsageError(`${file}: ${error.message}`);
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${file}: this begins as JSON, but is none: ${error.message}`);
  }
}
