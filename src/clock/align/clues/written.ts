import type { Event } from "../../../model/event.js";
import type { ClueKind } from "../clue.js";
import { isTrace } from "./is-log.js";
import { shownLine, stampedLine } from "./keys.js";
import { Teller } from "./teller.js";

/** Lines with a stamp in them that a traced process writes: the log has the same lines. */
export const writtenLines: ClueKind = {
  families: ["log", "shown.from", "shown.to"],
  actions: ["log.written"],
  of(source, give) {
    if (!isTrace(source)) return undefined;
    const teller = new Teller(source, give);
    return { take: (call) => tellWritten(teller, call), end: () => {} };
  },
};

/**
 * The stamp was there before the call that wrote it was entered. How long before, nobody knows: another thread may have
 * held the lock. Only a program with one thread took it after it wrote the line before.
 */
function tellWritten(teller: Teller, call: Event): void {
  const { "log.stamp": stamp, "log.after": after, "log.after_line": afterLine } = call.fields;
  if (typeof stamp !== "string") return;
  const from = teller.stamped ? after : afterLine;
  const lo = typeof from === "number" ? from : Number.NEGATIVE_INFINITY;
  for (const key of [stampedLine(stamp), shownLine("from", stamp), shownLine("to", stamp)])
    teller.tell(key, lo, teller.latest(call), call);
}
