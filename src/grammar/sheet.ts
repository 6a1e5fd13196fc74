import { basename, dirname } from "node:path";
import type { Fields } from "../model/event.js";
import { textOf } from "./bytes.js";
import { compileIr } from "./compile.js";
import { matchShape } from "./exec.js";
import type { GrammarFile } from "./file.js";
import { STAMPS } from "./ir/builtins.js";
import type { CaptureType } from "./ir/capture-type.js";
import type { GrammarIr, ShapeIr, Slot } from "./ir/ir.js";
import { lowerGrammar } from "./ir/lower.js";
import { fieldsOf } from "./ir/slots.js";
import { readGrammar } from "./language/read.js";
import type { Layer } from "./types.js";

/** A field that an event can have. */
export interface FieldSheet {
  name: string;
  /** What its value is, in a word: `text`, `number`, `address`, … */
  type: string;
  /** How stamps are written, or the only values that it takes. */
  values: string[];
}

/** All that people should know of a format: `hindcast formats NAME`, docs/FORMATS.md. */
export interface FormatSheet {
  name: string;
  title: string;
  /** What it is about: the folder that it lies in. */
  area: string;
  /** `decoder`: code reads it. */
  layer: Layer | "decoder";
  /** Where it is described. */
  file: string;
  about: string;
  commands: readonly string[];
  /** Fields that every event of it has, with these values. */
  set: Fields;
  events: { name: string; fields: FieldSheet[] }[];
  /** One record of it and how it is read. */
  sample?: { text: string; event: string; fields: Fields } | undefined;
}

/** Where a format belongs in lists: the folder of its file. */
export const areaOf = (file: string): string => basename(dirname(file)) || "own";

/** What a grammar file tells of its format; `undefined` when it names none. */
export function sheetOf({ file, text }: GrammarFile): FormatSheet | undefined {
  const { ast } = readGrammar(file, text);
  if (!ast) return undefined;
  const { name, title, layer, about, commands } = ast;
  const set = ast.set as Fields;
  const head = { name, title, area: areaOf(file), layer, file, about, commands, set };
  if (layer === "values") {
    const [first] = ast.samples;
    const sample = first && { text: textOf(first.text), event: first.event ?? "", fields: {} };
    return { ...head, events: [], sample };
  }
  const { ir } = lowerGrammar(ast);
  return { ...head, events: eventsOf(ir), sample: sampleOf(ir) };
}

/** The first sample of a grammar that it reads, with its fields. */
function sampleOf(ir: GrammarIr): FormatSheet["sample"] {
  const { shapes } = compileIr(ir);
  for (const { text, reject } of ir.ast.samples) {
    if (reject) continue;
    for (const shape of shapes) {
      const fields = matchShape(shape, text);
      if (fields) return { text: textOf(text), event: shape.event, fields };
    }
  }
  return undefined;
}

function eventsOf(ir: GrammarIr): FormatSheet["events"] {
  const events = new Map<string, Map<string, FieldSheet>>();
  for (const shape of ir.shapes) {
    const fields = events.get(shape.event) ?? new Map<string, FieldSheet>();
    events.set(shape.event, fields);
    for (const field of fieldsOfShape(shape)) {
      const known = fields.get(field.name);
      if (!known) fields.set(field.name, field);
      // Captured in one place, a constant in another: any value.
      else if (known.values.length === 0 || field.values.length === 0) known.values = [];
      else known.values = [...new Set([...known.values, ...field.values])];
    }
  }
  return [...events].map(([name, fields]) => ({ name, fields: [...fields.values()] }));
}

function fieldsOfShape({ slots }: ShapeIr): FieldSheet[] {
  return slots.flatMap((slot) =>
    fieldsOf(slot)
      .filter((name) => name !== "@timestamp.kind")
      .map((name) => ({ name, ...kindOf(slot, name, slots) })),
  );
}

function kindOf(slot: Slot, name: string, slots: readonly Slot[]): Omit<FieldSheet, "name"> {
  if (slot.kind === "capture") return kindOfCapture(slot.type, name);
  const { value } = slot;
  if (typeof value !== "object" || !("copy" in value)) return kindOfValue(value);
  const from = slots.find((each) => each.kind === "capture" && fieldsOf(each).includes(value.copy));
  return from ? kindOf(from, value.copy, slots) : { type: "text", values: [] };
}

/** The kind of a value, in the words of a sheet. */
export const kindOfValue = (value: unknown): Omit<FieldSheet, "name"> => ({
  type: Array.isArray(value)
    ? "list"
    : typeof value === "number"
      ? "number"
      : typeof value === "boolean"
        ? "true or false"
        : "text",
  values: [String(value)],
});

const TYPES: Partial<Record<CaptureType, string>> = {
  int: "number",
  float: "number",
  hex: "number",
  port: "number",
  ip: "address",
  mac: "MAC address",
  duration: "nanoseconds",
  list: "list",
  bool: "true or false",
};

function kindOfCapture(type: CaptureType, name: string): Omit<FieldSheet, "name"> {
  if (name === "@timestamp") return { type: "stamp", values: STAMPS.has(type) ? [type] : [] };
  if (type === "url") return { type: name.endsWith(".port") ? "number" : "text", values: [] };
  if (type === "endpoint") {
    const part = name.slice(name.lastIndexOf(".") + 1);
    return { type: part === "port" ? "number" : part === "ip" ? "address" : "text", values: [] };
  }
  return { type: TYPES[type] ?? "text", values: [] };
}
