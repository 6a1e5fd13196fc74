import type { Event } from "../../model/event.js";

/** Fields that tell how something went, in the order in which a kind of event is named by them. */
const TELLING = [
  "dns.outcome",
  "passage.outcome",
  "tcp.outcome",
  "registry.outcome",
  "registry.fallback",
  "dns.response_code",
  "http.response.status_code",
  "error.kind",
  "error.code",
  "icmp.name",
  "interface.state",
  "proxy.state",
] as const;

/** What these fields say when all is well, or nothing can be said. `EINPROGRESS` is how a connect that does not wait begins. */
const WELL = new Set([
  ...["answered", "connected", "translated", "ok", "unknown", "false"],
  ...["NOERROR", "NXDOMAIN", "EINPROGRESS", "EAGAIN", "UP", "echo request", "echo reply"],
]);

/** Kinds of event that are trouble by themselves. */
const TROUBLE =
  /(?:[._](?:error|stall|foreign_reset|wait_timeout|oom|oom_kill|table_full|table_overflow|stale_flow|mac_change|overloaded|degraded|martian|panic|denied|not_found|no_server|after_churn))$/;

/** Longer values are texts, not codes; their beginning tells them apart. */
const MOST_VALUE = 64;

/** How an event went, in words: `error.kind=timeout`. Empty where nothing tells. */
export function wordsOf({ fields }: Event): string {
  let words = "";
  for (const name of TELLING) {
    const value = fields[name];
    if (value === undefined || value === "UNKNOWN") continue;
    words += `${words === "" ? "" : ", "}${name}=${String(value).slice(0, MOST_VALUE)}`;
  }
  return words;
}

/** Whether an event tells of something that failed. A 401 is how a registry asks who is there. */
export function isTrouble({ action, fields }: Event): boolean {
  if (TROUBLE.test(action)) return true;
  return TELLING.some((name) => {
    const value = fields[name];
    if (value === undefined) return false;
    if (name === "http.response.status_code") return Number(value) >= 400 && Number(value) !== 401;
    return !WELL.has(String(value)) && value !== "UNKNOWN";
  });
}
