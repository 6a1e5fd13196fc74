import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { endOfParts, type Part } from "./parts.js";

/** Time, stream, and F for a full line or P for a part of one. */
const HEAD =
  /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([PF])(?: |\r?$)/my;

function headAt(text: string, at: number): RegExpExecArray | null {
  HEAD.lastIndex = at;
  return HEAD.exec(text);
}

function partOf(text: string, start: number, _end: number): Part | undefined {
  const head = headAt(text, start);
  return head === null ? undefined : { stream: head[2]!, complete: head[3] === "F" };
}

/** The texts of a message's parts, joined, with the time of the first. */
export function readCri(record: string): Fields {
  let message = "";
  let first: RegExpExecArray | undefined;
  for (const line of record.split("\n")) {
    const head = headAt(line, 0);
    if (head === null) continue;
    first ??= head;
    message += line.slice(head[0].length);
  }
  return {
    "@timestamp": first?.[1],
    "@timestamp.kind": first && "rfc3339",
    "log.stream": first?.[2],
    message,
  };
}

/** Container logs as containerd, CRI-O and podman's k8s-file driver write them (kubernetes/cri-api, "CRI log format"). */
export const criLog = envelopeOf({
  name: "cri",
  title: "CRI container log",
  file: "src/decode/docker/cri.ts",
  event: "log.line",
  look: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}(?:Z|[+-]\d\d:\d\d) std(?:out|err) [PF](?: [\s\S]*)?$/y,
  first: "0123456789",
  literals: [[" stdout ", " stderr "]],
  end: (text, at, length, final) => endOfParts(text, at, length, final, partOf),
  read: readCri,
  stamps: ["rfc3339"],
});
