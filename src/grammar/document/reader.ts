import type { Fields } from "../../model/event.js";
import { bytesOf } from "../bytes.js";
import { matchShape } from "../exec.js";
import type { DocumentDecoder, Shape } from "../types.js";
import { documentIn, documentsOf, type Json } from "./json.js";
import { elementsOf, isPlural, valuesAt } from "./path.js";
import type { DocumentPlan, FieldPlan, Hole, TellingPlan, Template, Test, TextPlan } from "./plan.js";
import { put } from "./values.js";

/** An event that a document tells of. */
export interface ToldEvent {
  shape: Shape;
  fields: Fields;
}

/** What an element is, and where it stands. */
interface Place {
  here: Json;
  key: string;
  root: Json;
}

/** Recognises the documents of one format, and reads the events they tell of. */
export class DocumentReader implements DocumentDecoder {
  constructor(
    private readonly plan: DocumentPlan<Shape>,
    /** For each event of the plan. */
    private readonly shapes: readonly Shape[],
  ) {}

  recognises(record: string): boolean {
    const document = documentIn(record);
    if (document === undefined) return false;
    if (this.accepts(document)) return true;
    const documents = documentsOf(document);
    return documents.length > 0 && documents.every((each) => this.accepts(each));
  }

  read(record: string): ToldEvent[] {
    const document = documentIn(record);
    if (document === undefined) return [];
    const documents = this.accepts(document) ? [document] : documentsOf(document);
    return documents.flatMap((root) =>
      this.plan.tellings.flatMap((telling, i) => this.told(telling, this.shapes[i]!, root)),
    );
  }

  /** The first condition that the record does not meet, by its place among them; -1 when it meets all. */
  missing(record: string): number {
    const document = documentIn(record);
    if (document === undefined) return 0;
    const [root = null] = this.accepts(document) ? [document] : documentsOf(document);
    return this.plan.there.findIndex((test) => !holds(test, root, root));
  }

  private accepts(document: Json): boolean {
    return this.plan.there.every((test) => holds(test, document, document));
  }

  private told(telling: TellingPlan<Shape>, shape: Shape, root: Json): ToldEvent[] {
    let places: Place[] = [{ here: root, key: "", root }];
    for (const path of telling.each)
      places = places.flatMap(({ here }) =>
        valuesAt(path, here, root).flatMap((value) =>
          elementsOf(value).map(([key, element]) => ({ here: element, key, root })),
        ),
      );
    return places
      .filter(({ here }) => telling.when.every((test) => holds(test, here, root)))
      .map((place) => ({ shape, fields: fieldsOf(telling, place) }));
  }
}

function fieldsOf({ entries }: TellingPlan<Shape>, place: Place): Fields {
  const { here, root } = place;
  const fields: Fields = {};
  for (const entry of entries) {
    if (!entry.when.every((test) => holds(test, here, root))) continue;
    if ("reads" in entry) readText(fields, entry, place);
    else if (fields[entry.field] === undefined) takeField(fields, entry, place);
  }
  return fields;
}

function takeField(
  fields: Fields,
  { field, path, key, constant, type, template }: FieldPlan,
  place: Place,
): void {
  if (constant !== undefined) {
    fields[field] = constant;
    return;
  }
  const found = key ? [place.key] : valuesAt(path!, place.here, place.root);
  const values = template ? found.flatMap((value) => filled(template, value, place.root) ?? []) : found;
  put(fields, field, type, values, path !== undefined && isPlural(path));
  const { message } = fields;
  // Whoever reads it next reads bytes.
  if (field === "message" && typeof message === "string") fields["message"] = bytesOf(message);
}

/** What a pattern reads in a text; fields that are there already stay. */
function readText(fields: Fields, { path, reads }: TextPlan<Shape>, { here, root }: Place): void {
  const [text] = valuesAt(path, here, root);
  const found = typeof text === "string" ? matchShape(reads, bytesOf(text)) : undefined;
  for (const name in found) fields[name] ??= found[name];
}

/** The text with its holes filled; `undefined` when something is missing. */
function filled(template: Template, value: Json, root: Json): string | undefined {
  let text = "";
  for (const part of template) {
    const filling = typeof part === "string" ? part : fillingOf(part, value, root);
    if (filling === "") return undefined;
    text += filling;
  }
  return text;
}

/** What stands in a hole; an empty text when that is nothing. */
function fillingOf({ path, after, first }: Hole, value: Json, root: Json): string {
  const [found] = valuesAt(path, value, root);
  if (found === undefined || found === null || typeof found === "object") return "";
  const text = String(found);
  if (after === undefined) return text.slice(0, first);
  const at = text.lastIndexOf(after);
  return at < 0 ? "" : text.slice(at + after.length);
}

/** Expressions of conditions, compiled when they are first asked. */
const expressions = new Map<string, RegExp>();

function expression(source: string): RegExp {
  let made = expressions.get(source);
  if (!made) expressions.set(source, (made = new RegExp(`^(?:${source})$`)));
  return made;
}

function holds({ path, not, values, matches }: Test, here: Json, root: Json): boolean {
  const found = valuesAt(path, here, root);
  const isSo = values
    ? found.some((value) => typeof value !== "object" && values.includes(value as string))
    : matches !== undefined
      ? found.some((value) => typeof value === "string" && expression(matches).test(bytesOf(value)))
      : found.length > 0;
  return isSo !== (not === true);
}
