/** Transactions of which there is one for everything that was tried, gone well or not: shares of them can be compared. */
const COMPLETE: ReadonlySet<string> = new Set(["dns.leg", "dns.lookup", "registry.pull"]);

/** Those that are made of what went wrong alone, or once at the end. */
const PARTIAL: ReadonlySet<string> = new Set([
  "bridge.mac_change",
  "conntrack.stale_flow",
  "dns.first_server",
  "failures.after_churn",
  "packet.passage",
  "tcp.connect",
  "tcp.foreign_reset",
  "tcp.stall",
]);

/** Events of these families are steps of a transaction, and come as often as it does. */
const STEPS: Readonly<Record<string, string>> = { dns: "dns.leg", registry: "registry.pull" };

/** Whether events of this kind are put together from others (docs/FIELDS.md, "Transactions"). */
export const isTransaction = (action: string): boolean => COMPLETE.has(action) || PARTIAL.has(action);

/** Whether a kind of event is compared as a share of its transactions. */
export const hasShares = (action: string): boolean => COMPLETE.has(action);

/** The transaction that an event is a step of, and is counted by; `undefined` where time is the measure. */
export const transactionOf = (action: string): string | undefined => {
  const family = action.split(".", 1)[0]!;
  return isTransaction(action) || !Object.hasOwn(STEPS, family) ? undefined : STEPS[family];
};
