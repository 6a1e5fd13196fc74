import { bytesOf } from "../bytes.js";
import { fieldFor } from "./fields.js";
import { type ImportedFormat, UnknownFormat } from "./format.js";
import { parsePcre, UnknownRegex } from "./pcre.js";

type Json = Record<string, unknown>;

/** What lnav's format definitions may say (docs.lnav.org, "Log Formats") that has no place in a grammar, and why. */
const LEFT_OUT: Record<string, string> = {
  "file-pattern": "formats are known by their content, never by names of files",
  "timestamp-format": "the forms of times are found by their look",
  "timestamp-divisor": "times are read as they are",
  "opid-field": "operations are not followed",
  opid: "operations are not followed",
  tags: "what an event means is said by its name",
  "search-table": "write a grammar of the layer message for what messages say",
  highlights: "nothing is coloured",
  partitions: "a log is not partitioned",
  converter: "convert the file first, and import what lnav makes of it",
  "line-format": "records are quoted as they are",
  "hide-extra": "records are quoted as they are",
  level: "the level is the text that stands there",
  "sub-format": "messages are read by the grammars of the layer message",
  "max-unrecognized-lines": "each record is offered to all formats",
};
/** Said in other words, or about the display. */
const SILENT = new Set([
  "title",
  "description",
  "url",
  "regex",
  "sample",
  "value",
  "level-field",
  "timestamp-field",
  "body-field",
  "multiline",
  "ordered-by-time",
  "$schema",
  "module-field",
  "src-file-field",
  "src-line-field",
  "thread-id-field",
  "duration-field",
  "duration-divisor",
  "subsecond-field",
  "subsecond-units",
  "time-field",
  "file-type",
  "json",
  "convert-to-local-time",
]);
const TYPES: Record<string, string> = { integer: "int", float: "float", boolean: "bool", quoted: "quoted" };

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Reads the first format of an lnav definition, or the one of that name. */
export function readLnav(json: unknown, name: string): ImportedFormat {
  const formats = Object.entries(isObject(json) ? json : {}).filter(
    ([key, value]) => key !== "$schema" && isObject(value),
  ) as [string, Json][];
  const [found] = formats;
  if (
    !found ||
    !formats.some(([, format]) => isObject(format["regex"]) || "json" in format || "file-type" in format)
  )
    throw new UnknownFormat("there is no format in it: lnav's definitions are { NAME: { regex: … } }");
  const [key, format] = formats.find(([, each]) => isObject(each["regex"])) ?? found;
  if (!isObject(format["regex"]))
    throw new UnknownFormat(
      `${key} describes JSON lines, which no expression reads; write a grammar with \`layer document\` (docs/GRAMMARS.md)`,
    );
  const notes = formats
    .filter(([other]) => other !== key)
    .map(([other]) => `${other}: one format at a time is imported`);
  notes.push(...leftOut(key, format));
  const events: ImportedFormat["events"] = [];
  for (const [expression, given] of Object.entries(format["regex"])) {
    const note = (what: string) => notes.push(`${key}.regex.${expression}: ${what}`);
    if (isObject(given) && given["module-format"] === true) {
      note("left out: it reads what another format hands on; write a grammar of the layer body for it");
      continue;
    }
    try {
      events.push({
        name: expression,
        regex: parsePcre(text(isObject(given) ? given["pattern"] : given), note),
        note,
      });
    } catch (error) {
      if (!(error instanceof UnknownRegex)) throw error;
      note(`left out: ${error.message}`);
    }
  }
  const values = isObject(format["value"]) ? format["value"] : {};
  return {
    title: text(format["title"]) || key,
    about: text(format["description"]),
    events,
    samples: samplesOf(format["sample"]),
    notes,
    fieldOf: (field) => fieldOf(field, format, name),
    typeOf: (field) => {
      const value = Object.entries(values).find(([own]) => fieldOf(own, format, name) === field)?.[1];
      return TYPES[text(isObject(value) ? value["kind"] : undefined)];
    },
    multiline: format["multiline"] !== false,
  };
}

const leftOut = (key: string, format: Json): string[] =>
  Object.keys(format)
    .filter((each) => !SILENT.has(each))
    .map(
      (each) =>
        `${key}.${each}: not carried over${Object.hasOwn(LEFT_OUT, each) ? `; ${LEFT_OUT[each]}` : ""}`,
    );

/** Which of lnav's names stand for time, level and message a format may say itself. */
function fieldOf(field: string, format: Json, name: string): string {
  const roles: [string, string, string][] = [
    ["timestamp-field", "timestamp", "@timestamp"],
    ["level-field", "level", "log.level"],
    ["body-field", "body", "message"],
  ];
  for (const [role, usual, meaning] of roles) if (field === (text(format[role]) || usual)) return meaning;
  return fieldFor(field, name);
}

function samplesOf(given: unknown): string[] {
  const list = Array.isArray(given) ? given : [given];
  return list
    .map((each) => bytesOf(text(isObject(each) ? each["line"] : each)))
    .filter((line) => line.trim() !== "");
}
