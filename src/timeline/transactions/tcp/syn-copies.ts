import type { Event } from "../../../model/event.js";
import { endOf, partyOf } from "../party.js";

/** Whether the copy leaves for where the first one goes, under another source. */
export function isMasqueraded(first: Event, copy: Event): boolean {
  return (
    copy.fields["packet.direction"] === "Out" &&
    partyOf(copy, "source") !== partyOf(first, "source") &&
    endOf(copy, "destination") === endOf(first, "destination")
  );
}

/** A SYN by its number and where it goes. Relative numbers are all 0: there the client's port tells. */
export function keyOf(
  seq: number,
  event: Event,
  server: "source" | "destination",
  client: "source" | "destination",
): string {
  const port = seq === 0 ? `|${event.fields[`${client}.port`]}` : "";
  return `${seq}|${endOf(event, server)}${port}`;
}
