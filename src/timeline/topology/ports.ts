import type { Event } from "../../model/event.js";
import { parseIPv4, parseSubnet } from "./addresses.js";
import { Dated } from "./dated.js";
import { isRoutedByName } from "./interface-names.js";

const MAX_KEYS = 40_000;

/**
 * The host's end (`veth…`, `cali…`) that an address lies behind: by a route to the address alone, by packets that came in there, or by the
 * address's MAC, which `docker inspect` and neighbour tables tell, and the port at which `bridge fdb` has it.
 */
export class Ports {
  private readonly direct = new Map<number, Dated<string>>();
  private readonly macs = new Map<number, Dated<string>>();
  private readonly learnedAt = new Map<string, Dated<string>>();
  private readonly routed = new Set<string>();

  /** A `route.entry`: one to a single address is how a host knows a container without a bridge. */
  route(event: Event): void {
    const { "destination.subnet": to, "interface.out": port, "route.gateway": gateway } = event.fields;
    if (typeof to !== "string" || typeof port !== "string" || gateway !== undefined) return;
    const type = event.fields["route.type"];
    const subnet = parseSubnet(to);
    if (subnet?.bits !== 32 || (type !== undefined && type !== "unicast") || port === "lo") return;
    set(this.direct, subnet.base, event.fields["route.deleted"] === true ? undefined : port, event.time);
    if (this.routed.size < MAX_KEYS && isContainerSide(port)) this.routed.add(port);
  }

  /** A `neighbour.state`. */
  neighbour({ fields, time }: Event): void {
    if (fields["neighbour.deleted"] !== true)
      this.at(fields["destination.ip"], fields["destination.mac"], time);
  }

  /** A `container.address`. */
  container({ fields, time }: Event): void {
    this.at(fields["container.ip"] ?? fields["container.address"], fields["container.mac"], time);
  }

  /** An `fdb.entry`: a bridge has seen a MAC at a port. Its own and those of its ports are permanent. */
  entry({ fields, time }: Event): void {
    const { "interface.mac": mac, "interface.name": port } = fields;
    const own = fields["fdb.local"] === true || fields["fdb.state"] === "permanent";
    if (typeof mac !== "string" || typeof port !== "string" || own) return;
    set(this.learnedAt, mac, fields["neighbour.deleted"] === true ? undefined : port, time);
  }

  /** A packet of the address (a number) came in by the port at `time`, µs UTC. */
  seen(address: number, port: string, time: number): void {
    set(this.direct, address, port, time);
  }

  /** The port that the address lay behind at `time`, µs UTC; NaN: at any time. */
  of(address: number, time: number): string | undefined {
    const direct = this.direct.get(address)?.at(time);
    if (direct !== undefined) return direct;
    const mac = this.macs.get(address)?.at(time);
    return mac === undefined ? undefined : this.learnedAt.get(mac)?.at(time);
  }

  private at(address: unknown, mac: unknown, time: number): void {
    const ip = typeof address === "string" ? parseIPv4(address.split("/")[0]!) : undefined;
    if (ip !== undefined && typeof mac === "string") set(this.macs, ip, mac, time);
  }

  /** Whether the host routes to what is behind this interface, without a bridge. */
  isRouted(port: string): boolean {
    return this.routed.has(port) || isRoutedByName(port);
  }
}

function isContainerSide(port: string): boolean {
  return port.startsWith("veth") || isRoutedByName(port);
}

function set<K>(map: Map<K, Dated<string>>, key: K, value: string | undefined, time: number): void {
  let dated = map.get(key);
  if (dated === undefined) {
    if (map.size >= MAX_KEYS) return;
    map.set(key, (dated = new Dated()));
  }
  dated.set(value, time);
}
