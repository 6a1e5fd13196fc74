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
