import type { Event, Fields } from "../../model/event.js";
import { httpFields } from "../http/fields.js";
import { readHttpHead } from "../http/head.js";

/** tcpdump prints the first line of an HTTP message (print-http.c), with `-v` on a line of its own, below the length. */
const FIRST_LINE = /: HTTP(?:: |, length: \d{1,9}\n\t)([^\n]{1,8192})/;

/**
 * The `http.message` that begins with a segment, as the packet's bytes would have given it.
 * @param fields what the tcpdump grammar gave for the line
 * @param segment the event that was made of them
 */
export function httpMessageOf(fields: Fields, segment: Event): Event | undefined {
  const text = fields["packet.payload"];
  if (segment.action !== "tcp.segment" || typeof text !== "string") return undefined;
  const line = FIRST_LINE.exec(text)?.[1];
  const head = line === undefined ? undefined : readHttpHead(`${line}\r`);
  return head && { ...segment, action: "http.message", fields: { ...segment.fields, ...httpFields(head) } };
}
