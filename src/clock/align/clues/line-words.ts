import type { Event } from "../../../model/event.js";
import type { LookedAt } from "../clue.js";

/** Shorter messages are said too often to know one by. */
const LEAST_WORDS = 16;

/**
 * What a log's line is known by: the first line of its message, as journalctl -x puts catalogue texts below some.
 *
 * @returns undefined where that is too little
 */
export function wordsOf(message: unknown): string | undefined {
  if (typeof message !== "string") return undefined;
  const end = message.indexOf("\n");
  const words = end < 0 ? message : message.slice(0, end);
  return words.length < LEAST_WORDS ? undefined : words;
}

/** A host's own name: some print it with its domain. */
export const nodeOf = (host: string): string =>
  /^[\d.]+$|:/.test(host) ? host : host.split(".")[0]!.toLowerCase();

/**
 * A syslog daemon and journald, and the sender, stamp the same line so far apart at most (µs): journald forwards it when it takes it
 * (src/journal/journald-syslog.c), rsyslog takes the time that the kernel noted for the datagram (imuxsock, SysSock.UseSysTimeStamp).
 */
export const FORWARDED_US = 250_000;

/** How far a log's stamp of a line may lie from the journal's, µs: not at all where it is the journal's. */
export const forwardedBy = (source: LookedAt, event: Event): number =>
  source.unstamped || isOfJournald(source, event) ? 0 : FORWARDED_US;

/**
 * Is the stamp certainly that of the journal's entry? Some syslog files look like journalctl's output; its spans since boot are those of the
 * arrival.
 */
function isOfJournald({ format }: LookedAt, { fields }: Event): boolean {
  const { "@timestamp": stamp, "@timestamp.kind": kind } = fields;
  if (format !== "journal-short") return format.startsWith("journal-");
  return kind === "epoch" || kind === "datetime" || (kind === "syslog" && String(stamp).includes("."));
}
