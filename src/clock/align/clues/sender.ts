import type { Event } from "../../../model/event.js";
import type { HeldBack } from "./held-back.js";
import type { Teller } from "./teller.js";

/** With these a packet leaves its sender (Linux and macOS 64, Windows 128, routers and link-local protocols 255): no router has passed it on. */
export const INITIAL_TTL: ReadonlySet<unknown> = new Set([64, 128, 255]);

/**
 * A packet that no router has passed on was seen on the link it was sent on: not later than this after it was sent, µs. Links
 * deliver within a millisecond; the rest is for full queues, wireless links, and a link-layer address that had to be asked for where the
 * capture does not show that.
 */
export const LINK_US = 50_000;

/**
 * A call that sends a datagram is entered so long before it passes at most, µs: traced calls take some tenths of a millisecond. This is no
 * proof but an allowance; only records without stamps are placed by it, which else would have no bound.
 */
const SENDING_US = 4_000;

/** Tells since when the call that sent a packet can have been under way, where that is seen close to its sender. */
export function tellDue(teller: Teller, packet: Event, due: string, heldBack: HeldBack): void {
  if (!INITIAL_TTL.has(packet.fields["ip.ttl"]) || !teller.stamped) return;
  teller.tell(due, heldBack.since(packet) - SENDING_US, Number.POSITIVE_INFINITY, packet);
}

/**
 * The first coordinate at which a packet's sender can have handed it to its kernel. A capture does not tell how far from the
 * sender it was made, but a cooked one (`tcpdump -i any`) that shows a packet going out with a time to live that nobody has counted down was
 * made at the sender.
 */
function leftFrom(teller: Teller, packet: Event, heldBack?: HeldBack): number {
  const { "ip.ttl": ttl, "packet.direction": direction } = packet.fields;
  if (!INITIAL_TTL.has(ttl) || !teller.stamped) return Number.NEGATIVE_INFINITY;
  const since = heldBack?.since(packet) ?? teller.earliest(packet);
  return direction === "Out" && heldBack?.isTold ? since : since - LINK_US;
}

/**
 * Tells what a packet shows of the happening that it was sent, and of the one that it arrived.
 * @param heldBack knows what the capture shows of packets that had to wait
 */
export function tellPassage(
  teller: Teller,
  packet: Event,
  sent: string,
  got: string,
  heldBack?: HeldBack,
): void {
  teller.tell(sent, leftFrom(teller, packet, heldBack), teller.latest(packet), packet);
  teller.after(got, packet);
}
