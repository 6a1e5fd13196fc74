import type { Event } from "../../../model/event.js";
import type { InterfaceRole } from "../../topology/interface-names.js";
import type { Topology } from "../../topology/topology.js";

/** One copy of a packet: where it was seen, in which direction, with which source. */
export interface Sighting {
  event: Event;
  /** The interface: its name, `#` and its index, or `undefined` when the capture does not tell. */
  place: string | undefined;
  /** `In`, `Out`, `P`, … as tcpdump says; `undefined` when the capture does not tell. */
  direction: string | undefined;
  source: string;
  mac: string | undefined;
}

/** A packet as a sighting; `undefined` when it has no source address. */
export function sightingOf(event: Event, topology: Topology): Sighting | undefined {
  const fields = event.fields;
  const source = fields["source.ip"];
  if (typeof source !== "string") return undefined;
  const direction = fields["packet.direction"];
  const mac = fields["source.mac"];
  return {
    event,
    place: placeOf(event, topology),
    direction: typeof direction === "string" ? direction : undefined,
    source,
    mac: typeof mac === "string" ? mac : undefined,
  };
}

/** Read on another machine, tcpdump prints `?` for interfaces that it does not have: direction is all that is known. */
function placeOf(event: Event, topology: Topology): string | undefined {
  const id = event.fields["interface.id"];
  if (typeof id === "number") return topology.nameOf(id) ?? "#" + id;
  const name = event.fields["interface.name"];
  return typeof name === "string" && name !== "?" ? name : undefined;
}

/** A packet that comes in: handed to the host, or to be bridged, or flooded by a switch. */
export function isIngress(sighting: Sighting): boolean {
  return sighting.direction !== undefined && sighting.direction !== "Out";
}

/** An interface's name for people: `ifindex 13` where only the index is known. */
export function placeName(place: string): string {
  return place.startsWith("#") ? "ifindex " + place.slice(1) : place;
}

/** What one capture has shown so far of the places in it. */
export class CaptureView {
  /** Interfaces of which something was learned from packets that passed. */
  private readonly learned = new Map<string, InterfaceRole>();
  private readonly masters = new Map<string, string>();
  /** Places seen, to know whether the capture shows more than one. */
  readonly places = new Set<string>();
  /** A packet was seen translated, or the host's own traffic on its way out: the uplink is in the capture. */
  showsUplink = false;
  /** How many untranslated copies a packet has that passes: what is normal where no interface is told. */
  usualCopies = 0;

  /** Learns from a packet that was seen before and after translation, in the order of the file. */
  passed(own: readonly Sighting[], translated: readonly Sighting[], topology: Topology): void {
    this.showsUplink = true;
    this.usualCopies = Math.max(this.usualCopies, own.length);
    const ways = own.filter((sighting) => sighting.place !== undefined && isIngress(sighting));
    const bridge = takerOf(ways, topology)?.place;
    if (bridge !== undefined) this.learn(bridge, "bridge");
    for (const { place } of ways) {
      if (place === bridge || (bridge === undefined && place !== ways[0]!.place)) continue;
      this.learn(place!, "port");
      if (bridge !== undefined && this.masters.size < 4096) this.masters.set(place!, bridge);
    }
    for (const { place } of translated)
      if (place !== undefined && !this.learned.has(place)) this.learn(place, "other");
  }

  /** The bridge that packets of this port were seen to reach. */
  masterOf(place: string): string | undefined {
    return this.masters.get(place);
  }

  /**
   * What the place is: as snapshots say, as packets show, or by its name. Names come last: a capture that was read on another
   * machine has that machine's.
   */
  roleOf(place: string, topology: Topology): InterfaceRole | undefined {
    if (topology.isBridge(place)) return "bridge";
    if (topology.masterOf(place) !== undefined) return "port";
    return this.learned.get(place) ?? topology.roleOf(place);
  }

  private learn(place: string, role: InterfaceRole): void {
    if (this.learned.size < 4096) this.learned.set(place, role);
  }
}

/**
 * Of a packet that came through, the copy at the bridge, which took it: the one that is `In`. At the port it is `P`, but `In` too where the
 * port lent its MAC to the bridge; then the names decide, or the order of the file, in which the port comes first.
 */
function takerOf(ways: readonly Sighting[], topology: Topology): Sighting | undefined {
  const taken = ways.filter(({ direction }) => direction === "In");
  if (taken.length < 2) return taken[0];
  const named = taken.filter(({ place }) => topology.roleOf(place!) === "bridge");
  return named.length === 1 ? named[0] : taken[taken.length - 1];
}
