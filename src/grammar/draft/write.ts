import { textOf } from "../bytes.js";
import { matchShape } from "../exec.js";
import type { Grammar, Shape } from "../types.js";
import { nearMisses } from "./near-miss.js";
import type { DraftOptions } from "./options.js";
import { type DraftShape, readers, shapesText } from "./shapes.js";
import { quote, recordText } from "./text.js";

/** What goes into the file. */
export interface Parts extends DraftOptions {
  shapes: readonly DraftShape[];
  /** The same, compiled. */
  grammar: Grammar;
  records: number;
  missed: readonly string[];
}

/** Longer values are not held against a sample's. */
const LONG = 120;
const MOST_MISSED = 5;

/** The file of a draft; nothing when there is no text that its shapes do not read. */
export function grammarText(parts: Parts): string | undefined {
  const { name, from, layer, programs, shapes, grammar, records } = parts;
  const miss = shapes
    .flatMap(({ lines, pattern }) => nearMisses(lines[0]!.text.split("\n")[0]!, pattern.words))
    .concat("-", "#", "x y z")
    .find((text) => readers(grammar, text).length === 0);
  if (miss === undefined) return undefined;
  const folded = shapes.some(({ lines }) => lines.some(({ text }) => text.includes("\n")));
  return [
    `# Drafted from ${records} records of ${comment(from)}. To be finished: which program writes them, and where its words come from (its source,\n`,
    "# its manual); what the events are, and fields by the names of docs/FIELDS.md; near-misses, one for each way to go wrong.\n",
    missedText(parts),
    `grammar  ${name}  ${quote(name)}\n`,
    `about    ${quote(`Lines such as those of ${from}.`)}\n`,
    `layer    ${layer}\n`,
    layer === "envelope" && folded ? "continuation /[ \\t]/\n" : "",
    programs?.length ? `accepts  process.name in (${programs.map(quote).join(", ")})\n` : "",
    `set      { event.dataset = ${quote(name)} }\n\n`,
    shapesText(shapes),
    "\n",
    ...shapes.map((shape, i) => samplesText(shape, grammar.shapes[i]!)),
    `reject${recordText(miss)}\n`,
  ].join("");
}

const comment = (text: string) => text.replace(/[^\x20-\x7e]/g, "?");

function missedText({ missed }: Parts): string {
  if (missed.length === 0) return "";
  const shown = missed.slice(0, MOST_MISSED).map((text) => `#   ${comment(textOf(text).slice(0, 120))}\n`);
  return `# No shape reads ${missed.length} of them${missed.length > MOST_MISSED ? ", such as" : ""}:\n${shown.join("")}`;
}

/** The shortest of its records, and one of several lines, or of middling length. */
function samplesText({ lines, event }: DraftShape, shape: Shape): string {
  const texts = lines.map(({ text }) => text).sort((a, b) => a.length - b.length);
  const other = texts.find((text) => text.includes("\n")) ?? texts[Math.floor(texts.length / 2)]!;
  return [...new Set([texts[0]!, other])]
    .map((text) => `sample${recordText(text)}\n  -> ${event}${fieldsText(shape, text)}\n`)
    .join("");
}

function fieldsText(shape: Shape, text: string): string {
  const fields = Object.entries(matchShape(shape, text) ?? {}).flatMap(([name, value]) => {
    if (name === "@timestamp.kind") return [];
    if (typeof value === "number")
      return /^-?\d+(?:\.\d+)?$/.test(String(value)) ? [`${name}: ${value}`] : [];
    // How a sample compares text beyond ASCII depends on the layer.
    if (typeof value !== "string" || value.length > LONG || /[^\x20-\x7e\n\t]/.test(value)) return [];
    return [`${name}: ${quote(value)}`];
  });
  return fields.length > 0 ? ` { ${fields.join(", ")} }` : "";
}
