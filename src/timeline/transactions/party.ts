import type { Event } from "../../model/event.js";

/** The ends of a packet. */
export type Side = "source" | "destination";

/** Who sent or got a packet: its address, or the name that tcpdump prints without `-n`. */
export function partyOf({ fields }: Event, side: Side): string | undefined {
  // Names that are made of pieces cost V8 a table's look-up each.
  const address =
    side === "source"
      ? (fields["source.ip"] ?? fields["source.address"])
      : (fields["destination.ip"] ?? fields["destination.address"]);
  return typeof address === "string" ? address : undefined;
}

/** The same with its port, as a key. */
export function endOf(event: Event, side: Side): string {
  const port = side === "source" ? event.fields["source.port"] : event.fields["destination.port"];
  return `${partyOf(event, side)}:${port}`;
}
