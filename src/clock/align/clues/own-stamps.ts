import type { Event } from "../../../model/event.js";
import type { StampKind } from "../../../model/stamp.js";
import { isAbsolute } from "../../stamps.js";
import type { LookedAt } from "../clue.js";

/** Kinds of stamps that count from a beginning which other kinds do not know. */
const SPANS: ReadonlySet<StampKind> = new Set([
  "hms",
  "monotonic",
  "sincestart",
  "sincestart_ms",
  "delta",
  "elapsed",
]);

/** Is a record timed by its source's own clock, and not by a stamp inside it that is of another one? */
export function isOwnTime(source: LookedAt, { fields }: Event): boolean {
  const kind = fields["@timestamp.kind"] as StampKind | undefined;
  if (kind === undefined || source.unstamped) return true;
  if (SPANS.has(source.stamp)) return kind === source.stamp;
  return source.innerApart !== true || !isAbsolute(kind);
}
