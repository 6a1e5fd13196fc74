import { isSameName } from "../clock/host/facts.js";
import type { Event } from "../model/event.js";

/** The field by which a record names the host that wrote it. */
export const HOST = "host.hostname";

/**
 * Do events name different hosts? A central log holds the lines of many: what one of them did explains nothing on another. An event
 * that names none may be of any.
 */
export function areOfSeveralHosts(events: readonly Event[]): boolean {
  let first: string | undefined;
  for (const { fields } of events) {
    const name = fields[HOST];
    if (typeof name !== "string") continue;
    first ??= name;
    if (!isSameName(first, name)) return true;
  }
  return false;
}
