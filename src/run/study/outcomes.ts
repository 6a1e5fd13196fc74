import type { Event } from "../../model/event.js";
import type { Outcome } from "../../report/study.js";

/** What a transaction's own words for its outcome come to, by the field that holds them. Words that are not here leave it unknown. */
const OUTCOMES: Readonly<Record<string, Readonly<Record<string, Outcome>>>> = {
  "dns.outcome": {
    answered: "success",
    late: "failure",
    timeout: "failure",
    refused: "failure",
    unreachable: "failure",
    failed: "failure",
  },
  "tcp.outcome": { connected: "success", timeout: "failure" },
  "registry.outcome": { ok: "success", failed: "failure" },
  "passage.outcome": {
    translated: "success",
    encapsulated: "success",
    "reply-not-delivered": "failure",
    untranslated: "failure",
    "stayed-on-bridge": "failure",
    "not-forwarded": "failure",
    "next-hop-silent": "failure",
    lost: "failure",
  },
};
const FIELDS = Object.keys(OUTCOMES);

/** Transactions that exist only where something failed. */
const FAILURES: ReadonlySet<string> = new Set(["tcp.stall"]);

/** An answer, but none that helps whoever asked. */
const UNHELPFUL: ReadonlySet<string> = new Set(["SERVFAIL", "REFUSED"]);

/** How a transaction came out. */
export function outcomeOf({ action, fields }: Event): Outcome {
  if (FAILURES.has(action)) return "failure";
  const field = FIELDS.find((name) => fields[name] !== undefined);
  const outcome = field === undefined ? undefined : OUTCOMES[field]![String(fields[field])];
  if (outcome === "success" && UNHELPFUL.has(String(fields["dns.response_code"]))) return "failure";
  return outcome ?? "unknown";
}
