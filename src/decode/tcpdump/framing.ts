import type { Framing, Grammar } from "../../grammar/types.js";

/** No record of tcpdump's is longer: a packet of 64 KiB takes five times that in hex. */
const MOST_BYTES = 1 << 20;

/** How a packet's line begins when it has a stamp: all forms but `-t`. `--number` stands in front. */
const STAMPED =
  /(?: {0,4}\d{1,9} {2}|\^C)?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|[ -]?\d\d:\d\d:\d\d|\d{9,11})\.\d{6,9} /y;
/** And when it has none. */
const UNSTAMPED =
  /(?: {0,4}\d{1,9} {2}|\^C)?(?:IP6? |ARP, |(?:[0-9a-f]{2}:){5}[0-9a-f]{2} |[^ \t\n]{1,16} +(?:In|Out|P|B|M) +(?:IP6? |ARP, |ifindex |(?:[0-9a-f]{2}:){5}))/y;
/** tcpdump's words behind the last packet. */
const FAREWELL = /(?:\^C)?\d{1,20} packets? (?:captured|received by filter|dropped by )|tcpdump: /y;

/**
 * How an ASCII dump begins (`-A`; with `-AA` the link-layer header comes first). What cannot be printed is a point, but a line feed is one.
 * IPv4 is told by version and length, the fragment's flags and the protocol's number; IPv6 by version, next header and hop limit; ARP by being
 * unprintable from hardware type to operation.
 */
const DUMP =
  /(?:.{4}|.{14}|.{16}|.{18}|.{20})?(?:[E-O].{5}[@. \x60]..[./23:Y].{2}|[\x60-o].{5}[.:,][.0-@]|\.{8})/sy;
/** What the packet's own line says of its length. */
const LENGTH = /(?:length:? |\(|tcp |udp )(\d{1,6})\b/g;
/** Headers that such a length may leave out: link layer, IP and TCP with all options. */
const HEADERS = 180;

const SPACE = 32;
const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
const matches = (look: RegExp, text: string, at: number): boolean => {
  look.lastIndex = at;
  return look.test(text);
};

/**
 * Where the record of tcpdump ends that begins at `at` (`Framing.end`): indented lines belong to it, and so does an ASCII dump, whose lines are
 * the packet's own and may say anything (print-ascii.c). It goes on to the line that begins the next packet, but never for
 * more bytes than the packet can have: what follows may be another program's.
 *
 * @param indented how lines begin that tcpdump indents
 */
export function endOfPacket(
  indented: RegExp,
  text: string,
  at: number,
  length: number,
  final: boolean,
): number | undefined {
  const newline = text.indexOf("\n", at);
  let end = newline < 0 ? length : newline;
  // Most packets take one line, and the next line is another's.
  if (text.charCodeAt(end + 1) > SPACE && isDigit(text.charCodeAt(at)) && matches(STAMPED, text, end + 1))
    return end;
  const begins = [STAMPED, UNSTAMPED].find((look) => matches(look, text, at));
  if (!begins && matches(indented, text, at)) return end;
  const continues = (line: number) =>
    matches(indented, text, line) && !(begins && matches(begins, text, line));
  // Where the dump begins that lines belong to, and where it must have ended.
  let dump = -1;
  let limit = 0;
  for (;;) {
    const next = end + 1;
    if (next >= length) return final ? end : undefined;
    const found = text.indexOf("\n", next);
    // A line that has not come as a whole cannot be told.
    if (found < 0 && !final) return undefined;
    const nextEnd = found < 0 ? length : found;
    if (nextEnd - at > MOST_BYTES) return end;
    if (dump < 0 && !continues(next)) {
      if (!begins || beginsRecord(begins, text, next)) return end;
      // A dump's look needs more bytes than its first line may have.
      if (!final && length - next < 32) return undefined;
      if (!matches(DUMP, text, next)) return end;
      dump = next;
      limit = next + HEADERS + longestIn(text.slice(at, end));
    }
    if (dump >= 0 && (nextEnd > limit || (next > dump && beginsRecord(begins!, text, next)))) return end;
    end = nextEnd;
  }
}

const beginsRecord = (begins: RegExp, text: string, at: number): boolean =>
  matches(begins, text, at) || matches(FAREWELL, text, at);

function longestIn(head: string): number {
  let longest = 0;
  for (const [, digits] of head.matchAll(LENGTH)) longest = Math.max(longest, Number(digits));
  return longest;
}

/** tcpdump's grammar with the framing of its dumps; every other as it is. */
export function withDumps(grammar: Grammar): Grammar {
  const indented = grammar.framing.continuation;
  if (grammar.name !== "tcpdump" || !indented) return grammar;
  const end: Framing["end"] = (text, at, length, final) => endOfPacket(indented, text, at, length, final);
  return { ...grammar, framing: { ...grammar.framing, end } };
}
