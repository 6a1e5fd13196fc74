import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";

/** Bytes of a frame's header: the stream's number, three zeros, the length of what follows in big endian. */
const HEADER = 8;
const STREAMS = ["stdin", "stdout", "stderr"];
/** Frames that are joined until one ends its line: docker cuts lines at 16 KiB, and a record of ours ends at 1 MiB. */
const MOST_FRAMES = 256;
const NEWLINE = "\n";
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /;

/** The length of the frame that begins at `at`, header and all, in bytes; absent: none begins there. */
function frameAt(text: string, at: number): number | undefined {
  if (!(text.charCodeAt(at) <= 2) || text.slice(at + 1, at + 4) !== "\0\0\0") return undefined;
  let length = 0;
  for (let i = 4; i < HEADER; i++) length = length * 256 + text.charCodeAt(at + i);
  // Not a number: the header is not all there.
  return Number.isNaN(length) ? undefined : HEADER + length;
}

/** Does a capture begin with a frame of a known stream, of a length that a line can have? */
export function isDockerStream(head: Buffer): boolean {
  const length = frameAt(head.toString("latin1", 0, HEADER), 0);
  return length !== undefined && length > HEADER && length < 1 << 20;
}

/**
 * Where the record that begins at `at` ends. A frame holds a line as a rule; one without a newline goes on in the next
 * frame. The header may hold a byte that looks like a newline: a line of nine chars does that.
 */
export function endOfFrames(text: string, at: number, length: number, final: boolean): number | undefined {
  let end = at;
  for (let frames = 0; frames < MOST_FRAMES; frames++) {
    if (!final && end + HEADER > length) return undefined;
    const frame = frameAt(text, end);
    if (frame === undefined) break;
    end += frame;
    if (end > length) return final ? length : undefined;
    if (text[end - 1] === NEWLINE) return end - 1;
  }
  const newline = text.indexOf(NEWLINE, end);
  if (newline >= 0 && newline <= length) return newline;
  return final ? length : undefined;
}

/** The text of the frames, joined, with the time that `docker logs -t` put before the first. */
export function readDockerStream(record: string): Fields {
  const stream = STREAMS[record.charCodeAt(0)];
  let message = "";
  let stamp: string | undefined;
  for (let at = 0; at < record.length; ) {
    const frame = frameAt(record, at);
    const begin = frame === undefined ? at : at + HEADER;
    const end = frame === undefined ? record.length : at + frame;
    const text = record.slice(begin, end);
    const own = STAMP.exec(text)?.[0];
    stamp ??= own?.trimEnd();
    message += own === undefined ? text : text.slice(own.length);
    at = end;
  }
  return {
    "@timestamp": stamp,
    "@timestamp.kind": stamp === undefined ? undefined : "rfc3339",
    "log.stream": stream,
    message: message.replace(/\r?\n$/, ""),
  };
}

/** What the Engine API sends for a container without a terminal, saved with its headers ("Stream format"; stdcopy.go). */
export const dockerStream = envelopeOf({
  name: "docker-stream",
  title: "raw multiplexed container output",
  file: "src/decode/docker/stream.ts",
  event: "log.line",
  look: /[\0-\x02]\0{3}[\s\S]{4}[\s\S]*$/y,
  first: "\0\x01\x02",
  literals: [["\0\0\0"]],
  end: endOfFrames,
  read: readDockerStream,
  stamps: ["rfc3339"],
});
