import { displayWidth, fitting } from "./width.js";
import { wordsOf } from "./words.js";

/** Time stamps at the beginning of a record, behind strace's thread. The report shows the time beside the quotation anyway. */
const STAMP =
  /^(?:\[pid +\d{1,10}\] |\d{1,10} {1,8}(?=\d\d))?\[?(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]{0,10}(?:Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d[.\d]{0,10}|\d\d:\d\d:\d\d[.\d]{0,10}|\d{9,10}\.\d{3,9})\]? /;
/** `host process[pid]: ` of syslog and journalctl. */
const SENDER = /^[\w.-]{1,64} [\w./@-]{1,64}(?:\[\d{1,10}\])?: /;
/** What stands before the message in logfmt (logrus, dockerd). */
const LOGFMT = /^time="[^"]{1,64}" level=\w{1,16} (?=msg=)/;

/**
 * Shortens a quoted record to `width` cells so that what matters stays. First goes the envelope that the report repeats
 * beside it (stamp, host, process, a journal entry's other fields); then the middle, because a record's end says how it ended: an error, a result, a status.
 * Every omission shows as `mark`.
 * @param text one harmless line (see `neutral`)
 */
export function excerpt(text: string, width: number, mark = "…"): string {
  const whole = text.trim();
  if (displayWidth(whole) <= width) return whole;
  let rest = wordsOf(whole) ?? whole;
  for (const envelope of [STAMP, SENDER, LOGFMT]) rest = rest.replace(envelope, "");
  if (rest !== whole) rest = mark + rest;
  if (displayWidth(rest) <= width) return rest;
  const room = Math.max(0, width - displayWidth(mark));
  const head = fitting(rest, Math.ceil(room * 0.65));
  return head + mark + fittingEnd(rest, room - displayWidth(head));
}

/** The longest end that fits into `width` cells. */
export function fittingEnd(text: string, width: number): string {
  // More than eight chars to a cell are piled marks only.
  const end = Array.from(text.slice(-8 * Math.max(1, width))).reverse();
  return Array.from(fitting(end.join(""), width))
    .reverse()
    .join("");
}
