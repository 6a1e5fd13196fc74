import type { Topology } from "../../topology/topology.js";
import { type CaptureView, isIngress, placeName, type Sighting } from "./sighting.js";

/** What became of a packet on its way through the host. */
export type PassageOutcome =
  | "translated"
  | "encapsulated"
  | "reply-not-delivered"
  | "untranslated"
  | "stayed-on-bridge"
  | "not-forwarded"
  | "lost"
  | "unknown";

/** Where a packet was last seen. */
export type Hop = "port" | "bridge" | "forwarding" | "left";

export interface Verdict {
  outcome: PassageOutcome;
  hop: Hop | undefined;
  /** `veth0 In`, `br0 In`, `eth0 Out`, by rank on the ladder: copies often carry equal stamps. */
  hops: string[];
  bridge: string | undefined;
  sourceOnWire: string | undefined;
}

/** The copies of one packet in one capture, before and after translation. */
export interface Copies {
  own: Sighting[];
  translated: Sighting[];
}

/**
 * Reads the ladder: port, bridge, forwarding, uplink. Only copies of one capture are compared.
 *
 * `P` at the port proves nothing, since healthy packets are `P` there whenever port and bridge have different MACs; but the
 * bridge's own `P` means that it did not take the packet, and `In` that it did. A frame that is bridged on to another port keeps its
 * sender's MAC; one that was routed has the host's.
 */
export function readLadder({ own, translated }: Copies, view: CaptureView, topology: Topology): Verdict {
  const verdict = (outcome: PassageOutcome, hop: Hop | undefined): Verdict => ({
    outcome,
    hop,
    hops: hopsOf([...own, ...translated], view, topology),
    bridge: bridgeOf(own, view, topology),
    sourceOnWire: (translated[0] ?? own.find((sighting) => isEgress(sighting, own, view, topology)))?.source,
  });
  if (translated.length > 0) return verdict("translated", "left");
  if (own.some((sighting) => isWrapped(sighting, view, topology))) return verdict("encapsulated", "left");
  if (own.some((sighting) => isEgress(sighting, own, view, topology))) return verdict("untranslated", "left");
  const told = own.filter((sighting) => sighting.direction !== undefined);
  if (isPassedOver(told, topology)) return verdict("stayed-on-bridge", "port");
  if (!view.showsUplink) return verdict("unknown", undefined);
  if (told.length === 0) {
    // Neither interface nor direction: a copy more than usual, and none translated, is the one that left.
    if (own.length > view.usualCopies && view.usualCopies > 1) return verdict("untranslated", "left");
    return verdict("lost", undefined);
  }
  return wasTaken(told, view, topology)
    ? verdict("not-forwarded", "bridge")
    : verdict("stayed-on-bridge", "port");
}

/** Whether the copy went into an overlay, which takes packets to other hosts as they are. */
function isWrapped({ place, direction }: Sighting, view: CaptureView, topology: Topology): boolean {
  return direction === "Out" && place !== undefined && view.roleOf(place, topology) === "overlay";
}

/**
 * Whether what snapshots know as a bridge saw the packet go by, addressed to another: then it was lost there, though nothing else
 * passes while it is captured.
 */
function isPassedOver(told: readonly Sighting[], topology: Topology): boolean {
  const bridges = told.filter(({ place }) => place !== undefined && topology.isBridge(place));
  return bridges.length > 0 && bridges.every(({ direction }) => direction === "P");
}

/**
 * Whether the host took the packet from the wire: `In` on the bridge, on an interface that is no port of any, or on the port of a
 * container that the host routes to.
 */
function wasTaken(told: readonly Sighting[], view: CaptureView, topology: Topology): boolean {
  const bridges = told.filter(
    ({ place }) => place !== undefined && view.roleOf(place, topology) === "bridge",
  );
  if (bridges.length > 0) return bridges.some(({ direction }) => direction === "In");
  const others = told.filter(
    ({ place }) =>
      place === undefined || view.roleOf(place, topology) !== "port" || topology.ports.isRouted(place),
  );
  return others.some(({ direction }) => direction === "In");
}

/** Whether the copy left by an uplink with the container's own address. */
function isEgress(
  sighting: Sighting,
  own: readonly Sighting[],
  view: CaptureView,
  topology: Topology,
): boolean {
  if (sighting.direction !== "Out") return false;
  const ingress = own.filter(isIngress);
  if (ingress.length === 0) return false; // a capture inside the container, or a packet of the host itself
  if (sighting.mac !== undefined && ingress.some(({ mac }) => mac === sighting.mac)) return false; // bridged on
  if (sighting.place === undefined) {
    if (sighting.mac !== undefined && ingress.every(({ mac }) => mac !== undefined)) return true;
    // What the bridge took for the host was not bridged on to another port.
    return ingress.some(
      ({ place, direction }) =>
        direction === "In" && place !== undefined && view.roleOf(place, topology) === "bridge",
    );
  }
  if (ingress.some(({ place }) => place === sighting.place)) return false;
  const role = view.roleOf(sighting.place, topology);
  return role !== "port" && role !== "bridge";
}

function bridgeOf(own: readonly Sighting[], view: CaptureView, topology: Topology): string | undefined {
  const roles = own.filter(({ place }) => place !== undefined && view.roleOf(place, topology) === "bridge");
  if (roles.length > 0) return placeName(roles[0]!.place!);
  for (const { place } of own) {
    const master = place === undefined ? undefined : topology.masterOf(place);
    if (master !== undefined) return master;
  }
  for (const { place } of own) {
    const bridge = place === undefined ? undefined : view.masterOf(place);
    if (bridge !== undefined) return placeName(bridge);
  }
  return undefined;
}

function hopsOf(sightings: readonly Sighting[], view: CaptureView, topology: Topology): string[] {
  const rank = ({ place, direction }: Sighting): number => {
    const role = place === undefined ? undefined : view.roleOf(place, topology);
    if (direction === "Out") return role === "port" || role === "bridge" ? 2 : 3;
    return role === "bridge" ? 1 : role === "port" ? 0 : 0.5;
  };
  const hops = [...sightings]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ place, direction }) =>
      [place === undefined ? "?" : placeName(place), direction].filter(Boolean).join(" "),
    );
  return [...new Set(hops)].slice(0, 8);
}
