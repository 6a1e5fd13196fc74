import { type FieldSheet, type FormatSheet, sheetOf } from "../../api/format-files.js";
import { descriptions } from "../../api/formats.js";
import { print, UsageError } from "../output.js";
import { grammarFilesOf } from "../own-grammars.js";
import { fieldLines, show } from "./words.js";

/** The sheet of a format by its name: of a grammar in the user's folders, of a built-in one, or of a decoder. */
export async function findSheet(
  name: string,
  dirs: readonly string[] = [],
): Promise<FormatSheet | undefined> {
  const description = descriptions.find((each) => each.name === name);
  if (description) return (await import("../../api/format-files.js")).sheetOfDecoder(description);
  const { sources } = await import("../../api/grammar-texts.js");
  const named = new RegExp(`^[ \\t]*grammar[ \\t]+${name.replace(/[^\w@-]/g, "\\$&")}(?![\\w.@-])`, "m");
  const file = [...grammarFilesOf(dirs), ...sources].find(({ text }) => named.test(text));
  return file && sheetOf(file);
}

/** A field's type with the values or forms that it has: `text (udp, tcp)`. */
export const typeWords = ({ type, values }: FieldSheet): string =>
  values.length > 0 ? `${type} (${values.join(", ")})` : type;

const LAYER: Record<FormatSheet["layer"], string> = {
  generic: "It dates records that no other format claims; what they say may be read by other formats.",
  envelope: "It frames and stamps records; what they say may be read by other formats.",
  body: "It is read inside other formats' records, and what it says may be read by further ones.",
  message: "It is read inside other formats' records, whatever stands around it.",
  values: "It is read inside fields of another format.",
  decoder: "It is read by code; these are the events of the sample, docs/FIELDS.md has all.",
};

/** A sheet as text for a terminal. */
export function sheetText(sheet: FormatSheet): string {
  const { name, title, about, commands, layer, events, set, sample, file } = sheet;
  let text = `${name}: ${title}\n${about === "" ? "" : `\n${about}\n`}${LAYER[layer]}\n`;
  if (commands.length > 0) text += `\nComes from\n${commands.map((command) => `  ${command}\n`).join("")}`;
  if (Object.keys(set).length > 0) text += `\nEvery event has\n${fieldLines(set, "  ")}`;
  if (events.length > 0) text += "\nEvents and their fields\n";
  for (const event of events) {
    const width = Math.max(0, ...event.fields.map((field) => field.name.length));
    text += `  ${event.name}\n`;
    for (const field of event.fields) text += `    ${field.name.padEnd(width)}  ${typeWords(field)}\n`;
  }
  if (sample) {
    const lines = sample.text.split("\n").map((line) => `  ${show(line)}\n`);
    text += `\nSample\n${lines.join("")}is read as ${sample.event}\n${fieldLines(sample.fields, "  ")}`;
  }
  return `${text}\nDescribed in ${file}\n`;
}

/** `hindcast formats NAME` */
export async function showFormat(name: string, flags: { grammars?: string[] }): Promise<void> {
  const sheet = await findSheet(name, flags.grammars);
  if (!sheet) throw new UsageError(`${name}: there is no such format; hindcast formats lists them`);
  await print(sheetText(sheet));
}
