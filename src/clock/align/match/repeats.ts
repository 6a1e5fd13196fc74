const SECOND_US = 1_000_000;

/** What a key proves. */
export interface Identity {
  /**
   * µs that may lie between one sending under this key and the next: 0 where there is only one, infinite where the key says only what
   * was asked, which may come again at any time.
   */
  again: number;
  /** No other happening has the same key by chance: one is proof. */
  isUnique: boolean;
}

/**
 * By the first words of keys.
 *
 * - DNS questions: a resolver keeps id and port over its attempts. It comes back to the same server after `timeout` at each of
 *   up to three servers, by default 5 s (resolv.conf(5)).
 * - DNS answers: the asker takes the first and asks no more. Ids have 16 bits: two look-ups of a name can have the same.
 * - TCP: both first sequence numbers, of 32 bits each; HTTP in captures has one of them beside method and target.
 * - Pings: identifiers have 16 bits; each request has a number of its own.
 * - What the kernel says of an interface with a name made by chance, it says once.
 * - A line that has its own stamp in it, with fractions of a second, is written once (`shown`: with as much of it as a trace shows, which two
 *   hosts may have by chance); so is one of the kernel, with the µs since
 *   it booted.
 */
const IDENTITIES: Readonly<Record<string, Identity>> = {
  "dns.question": { again: 15 * SECOND_US, isUnique: false },
  "dns.answer": { again: 0, isUnique: false },
  "dns.served": { again: 0, isUnique: false },
  "dns.asked": { again: 15 * SECOND_US, isUnique: false },
  "dns.asked.answered": { again: 0, isUnique: false },
  "tcp.served": { again: 0, isUnique: true },
  "http.served": { again: 0, isUnique: true },
  "icmp.request": { again: 0, isUnique: false },
  "icmp.reply": { again: 0, isUnique: false },
  "icmp.served": { again: 0, isUnique: false },
  log: { again: 0, isUnique: true },
  shown: { again: 0, isUnique: false },
  kernel: { again: 0, isUnique: true },
  "kernel.named": { again: 0, isUnique: false },
};

const ANY_TIME: Identity = { again: Number.POSITIVE_INFINITY, isUnique: false };

/** What a key proves, by its kind; of a kind that is not known: nothing by itself. */
export function identityOf(key: string): Identity {
  const kind = kindOf(key);
  return IDENTITIES[kind] ?? IDENTITIES[kind.slice(0, kind.lastIndexOf("."))] ?? ANY_TIME;
}

/** The first word of a key. */
function kindOf(key: string): string {
  return key.slice(0, key.indexOf(" "));
}

/** What a key is about, whatever of it was seen: all after its kind, but not the status with which a request ended. */
export function nameOf(key: string): string {
  const [kind, first, second, ...rest] = key.split(" ");
  return (kind!.startsWith("http.") ? [first, second] : [first, second, ...rest]).join(" ");
}
