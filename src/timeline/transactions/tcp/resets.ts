import type { Event } from "../../../model/event.js";
import { assembled, type Emit } from "../assembled.js";
import { endOf, partyOf } from "../party.js";

const MAX_FLOWS = 5_000;
/** A reset whose time to live differs by so much from the other packets of its sender was made elsewhere. */
const LEAST_DIFFERENCE = 3;
/** Copies of one reset, on several interfaces and in several captures, before and after NAT, are seen within: µs. */
const COPY_SPAN = 1_000_000;

/**
 * Resets that do not come from the peer whose address they bear: `tcp.foreign_reset`. A firewall on the way that breaks off a connection
 * forges the peer's address, but not the number of hops that its packets have behind them.
 */
export class ForeignResets {
  /** Time to live of what an address sends in a connection, as one capture sees it. */
  private readonly usual = new Map<string, { ttl: number; event: Event }>();
  /** When a reset of a connection was told last: by the sender's end and the other's port, which NAT leaves as they are. */
  private readonly told = new Map<string, number>();

  /** A `tcp.segment`. */
  segment(event: Event, emit: Emit): void {
    const { fields } = event;
    const ttl = fields["ip.ttl"];
    const flags = fields["tcp.flags"];
    if (typeof ttl !== "number" || typeof flags !== "string") return;
    const key = `${event.source}|${fields["interface.name"] ?? fields["interface.id"]}|${endOf(event, "source")}>${endOf(event, "destination")}`;
    const known = this.usual.get(key);
    if (!flags.includes("R")) {
      // A traceroute by TCP sends SYN with whatever time to live it likes.
      if (flags === "S" || known !== undefined) return;
      if (this.usual.size >= MAX_FLOWS) this.usual.delete(this.usual.keys().next().value!);
      this.usual.set(key, { ttl, event });
      return;
    }
    this.usual.delete(key);
    if (known === undefined || Math.abs(known.ttl - ttl) < LEAST_DIFFERENCE || this.isTold(event)) return;
    emit(
      assembled(
        "tcp.foreign_reset",
        "network",
        {
          "network.transport": "tcp",
          "source.ip": partyOf(event, "source"),
          "source.port": fields["source.port"],
          "destination.ip": partyOf(event, "destination"),
          "destination.port": fields["destination.port"],
          "ip.ttl": ttl,
          "tcp.usual_ttl": known.ttl,
        },
        known.event.time,
        event.time,
        [known.event, event],
      ),
    );
  }

  /** Whether another copy of the reset was told; if not, it is from now on. */
  private isTold(event: Event): boolean {
    const key = `${endOf(event, "source")}>${event.fields["destination.port"]}`;
    const before = this.told.get(key);
    if (before !== undefined && Math.abs(event.time - before) < COPY_SPAN) return true;
    if (this.told.size >= MAX_FLOWS) this.told.delete(this.told.keys().next().value!);
    this.told.set(key, event.time);
    return false;
  }
}
