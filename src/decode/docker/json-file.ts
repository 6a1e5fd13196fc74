import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { asBytes, objectIn } from "../json.js";
import { endOfParts, type Part } from "./parts.js";

const BEGINS = /\{\s?"log"\s?:/y;
const STREAM = '"stream"';
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * A line whose text does not end with a newline goes on in the next one of the same stream (docker, daemon/logger/copier.go:
 * partial messages; daemon/logger/jsonfilelog).
 */
export function endOfMessage(text: string, at: number, length: number, final: boolean): number | undefined {
  return endOfParts(text, at, length, final, partOf);
}

/** The stream of a line, and whether its text ends with a newline. */
function partOf(text: string, start: number, end: number): Part | undefined {
  BEGINS.lastIndex = start;
  if (!BEGINS.test(text)) return undefined;
  const at = text.lastIndexOf(STREAM, end);
  if (at < start) return undefined;
  const stream = /"std(?:out|err)"/.exec(text.slice(at + STREAM.length, at + STREAM.length + 16))?.[0];
  if (stream === undefined) return undefined;
  // Back over the comma to the quote that ends the text: `…\n","stream"`.
  let quote = at - 1;
  while (quote > start && text.charCodeAt(quote) !== QUOTE && at - quote < 8) quote--;
  if (text.charCodeAt(quote) !== QUOTE || text[quote - 1] !== "n") return { stream, complete: false };
  let slashes = 0;
  while (quote - 2 - slashes > start && text.charCodeAt(quote - 2 - slashes) === BACKSLASH) slashes++;
  return { stream, complete: slashes % 2 === 1 };
}

/** The fields of a message: the texts of its parts, joined, with the time of the first. */
export function readJsonFile(record: string): Fields {
  let message = "";
  let time: string | undefined;
  let stream: string | undefined;
  for (const line of record.split("\n")) {
    if (line.trim() === "") continue;
    const { log, time: stamp, stream: from } = objectIn(line);
    if (typeof from === "string") stream ??= from;
    if (typeof log === "string") message += log;
    if (typeof stamp === "string") time ??= stamp;
  }
  return {
    "@timestamp": time,
    "@timestamp.kind": time === undefined ? undefined : "rfc3339",
    "log.stream": stream,
    message: asBytes(message.replace(/\r?\n$/, "")),
  };
}

/** Docker's json-file logs, `/var/lib/docker/containers/ID/ID-json.log`. */
export const dockerJsonFile = envelopeOf({
  name: "docker-json-file",
  title: "docker's json-file container logs",
  file: "src/decode/docker/json-file.ts",
  event: "log.line",
  look: /\{\s?"log"\s?:(?=[\s\S]*?"stream"\s?:\s?"std(?:out|err)")[\s\S]*\}\s*$/y,
  first: "{",
  end: endOfMessage,
  read: readJsonFile,
  stamps: ["rfc3339"],
  hides: ["\\u"],
});
