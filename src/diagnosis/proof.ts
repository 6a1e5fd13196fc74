import { DIRECT } from "../model/direct.js";
import type { Event } from "../model/event.js";
import type { Finding } from "../model/finding.js";

/** Whether a record shows the thing itself (a packet, a system call, what the host had set) rather than somebody's words about it. */
function isSeen({ category, fields }: Event): boolean {
  return (
    category === "configuration" || category === "host" || DIRECT.some((name) => fields[name] !== undefined)
  );
}

/**
 * How directly a finding is proven, for ranking: 2 where a record shows the thing itself, 1 where it is told in words by more than one
 * source, 0 where one source tells of it.
 */
export function directness({ evidence }: Finding): number {
  if (evidence.some(isSeen)) return 2;
  return new Set(evidence.map(({ source }) => source)).size > 1 ? 1 : 0;
}
