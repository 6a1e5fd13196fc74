import type { Event } from "../../../model/event.js";
import { assembled } from "../assembled.js";
import type { LegOutcome } from "./leg.js";

/** What the words of a client or resolver say of the server that they name, which is the *last* one asked. */
const OUTCOMES: Record<string, { outcome: LegOutcome; rcode?: string }> = {
  timeout: { outcome: "timeout" },
  refused: { outcome: "refused" },
  unreachable: { outcome: "unreachable" },
  "no-such-host": { outcome: "answered", rcode: "NXDOMAIN" },
  servfail: { outcome: "answered", rcode: "SERVFAIL" },
};

/**
 * The leg that a `dns.error` tells of, `undefined` when its kind says nothing of an outcome. No look-up is made of it:
 * words name one server and not those asked before it.
 */
export function wordsLeg(event: Event): Event | undefined {
  const fields = event.fields;
  const kind = fields["error.kind"];
  const known = typeof kind === "string" ? OUTCOMES[kind] : undefined;
  if (known === undefined) return undefined;
  return assembled(
    "dns.leg",
    "network",
    {
      "dns.question.name": fields["dns.question.name"],
      "dns.question.type": fields["dns.question.type"],
      "dns.server.ip": fields["dns.server.ip"],
      "source.ip": fields["source.ip"],
      "dns.outcome": known.outcome,
      "dns.response_code": known.rcode,
      "dns.sends": 1,
      "dns.seen_by": "words",
      "error.message": fields["error.message"],
    },
    NaN,
    event.time,
    [event],
  );
}

/** Echoes of one failed exchange, known by its socket, come within: µs. */
const SOCKET_SPAN = 2_000_000;
/** Without a socket, the same words of one source are an echo within: µs. */
const WORDS_SPAN = 100_000;
const MAX_SEEN = 10_000;

/**
 * A failed look-up is told several times: as a warning, on moving to the next endpoint, in the answer to the client, on the
 * client's terminal. This knows the echoes, so that questions are counted and not lines.
 */
export class WordsEchoes {
  private readonly seen = new Map<string, { time: number; name: unknown }>();

  /** Whether the `dns.error` tells again of what was told already; remembers it. */
  isEcho(event: Event): boolean {
    const fields = event.fields;
    const server = `${fields["error.kind"]} ${fields["dns.server.ip"]}`;
    const name = fields["dns.question.name"];
    const port = fields["source.port"];
    const key =
      port === undefined
        ? `${event.source} ${server} ${name} ${fields["dns.question.type"]}`
        : `${server} ${fields["source.ip"]} ${port}`;
    const before = this.seen.get(key);
    if (this.seen.size >= MAX_SEEN) this.seen.clear();
    this.seen.set(key, { time: event.time, name: name ?? before?.name });
    if (before === undefined) return false;
    if (port === undefined) return Math.abs(event.time - before.time) <= WORDS_SPAN;
    // A forwarder asks many names from one socket.
    if (name !== undefined && before.name !== undefined && name !== before.name) return false;
    return !(Math.abs(event.time - before.time) > SOCKET_SPAN);
  }
}
