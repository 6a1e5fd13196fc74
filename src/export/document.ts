import type { FieldValue } from "../model/event.js";
import { type ExportedEvent, timesOf } from "./event.js";

/** A flat document: dotted names and their values, in a fixed order. */
export type Document = [name: string, value: FieldValue][];

/** Categories that ECS knows (https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-category), of those that events have. */
const ECS_CATEGORIES: ReadonlySet<string> = new Set([
  "configuration",
  "database",
  "file",
  "host",
  "network",
  "package",
  "process",
  "web",
]);

/** What the envelope left of its stamp stands under `@timestamp` and `@timestamp.…`: the time is told already. */
const isOwnField = (name: string) => name !== "message" && !OUTER.has(name) && !name.startsWith("@timestamp");

/**
 * An event as a flat document with the names of the Elastic Common Schema, and `hindcast.*` for what ECS has no name for. `message` is
 * what the record says; `event.original` the whole record, where that is another text.
 */
export function documentOf(event: ExportedEvent): Document {
  const { source, line, offset, length, action, category, fields, text, findingIds } = event;
  const { time, latest, stamped, time_of_day, elapsed } = timesOf(event);
  const said = fields["message"];
  const message = typeof said === "string" && said !== "" ? said : text;
  const document: Document = [];
  const add = (name: string, value: FieldValue | undefined) => {
    if (value !== undefined) document.push([name, value]);
  };
  add("@timestamp", time);
  add("message", message);
  add("event.action", action === "" ? undefined : action);
  add("event.category", ECS_CATEGORIES.has(category) ? category : undefined);
  add("event.original", text === message ? undefined : text);
  add("log.file.path", source);
  add("log.offset", offset);
  add("log.origin.file.line", line);
  add("hindcast.category", category === "" ? undefined : category);
  add("hindcast.length", length);
  add("hindcast.latest", latest);
  add("hindcast.stamped", stamped);
  add("hindcast.time_of_day", time_of_day);
  add("hindcast.elapsed", elapsed);
  add("hindcast.finding.id", findingIds.length === 0 ? undefined : findingIds);
  for (const name in fields) if (isOwnField(name)) add(name, fields[name]);
  return document;
}

/** Names that {@link documentOf} gives a meaning of their own, in their order; all other columns are fields of the event. */
export const OUTER_NAMES = [
  "@timestamp",
  "message",
  "event.action",
  "event.category",
  "event.original",
  "log.file.path",
  "log.offset",
  "log.origin.file.line",
  "hindcast.category",
  "hindcast.length",
  "hindcast.latest",
  "hindcast.stamped",
  "hindcast.time_of_day",
  "hindcast.elapsed",
  "hindcast.finding.id",
] as const;

const OUTER: ReadonlySet<string> = new Set(OUTER_NAMES);
