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
