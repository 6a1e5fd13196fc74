import type { Event } from "../../../model/event.js";
import type { Topology } from "../../topology/topology.js";
import { text } from "../assembled.js";

const MAX_SOURCES = 2000;
const MAX_LINKS = 256;
/** `veth1f3a9c2` of docker, `vethQW12ER` of LXC: nobody's but this machine's. */
const DRAWN_BY_LOT = /^veth[0-9A-Za-z]{6,}$/;
/** The address of a link that has none. */
export const NO_MAC = "00:00:00:00:00:00";

/** What one source shows of a link: the first MAC that it had there. */
interface Shown {
  mac: string | undefined;
}

/**
 * Tells whether two sources are of one machine. Evidence of several machines often lies in one folder, and each of them has a `docker0`
 * with a MAC of its own: two dumps that differ in it tell of a change only if they are of one machine, and that must be shown.
 */
export class Machines {
  private readonly links = new Map<number, Map<string, Shown>>();
  /** The MACs of each bridge's ports, by source and bridge. */
  private readonly ports = new Map<number, Map<string, Set<string>>>();

  /**
   * @param topology what is known of the links' roles
   * @param series sources that were collected in one place at different moments, as their names say: by their numbers, what they are a series of
   */
  constructor(
    private readonly topology: Topology,
    private readonly series: ReadonlyMap<number, string> = new Map(),
  ) {}

  /** A `link.state`. */
  link(event: Event): void {
    const name = text(event, "interface.name");
    if (name === undefined || name === "lo") return;
    const mac = text(event, "interface.mac");
    const links = ofSource(this.links, event.source);
    if (links === undefined) return;
    const known = links.get(name);
    if (known !== undefined) known.mac ??= mac;
    else if (links.size < MAX_LINKS) links.set(name, { mac });
    const master = text(event, "interface.master");
    if (master !== undefined && mac !== undefined) this.port(event.source, master, mac);
  }

  /** Whether the sources are of different machines: a card of the same name has another MAC. Bridges and ports may change theirs. */
  differ(a: number, b: number): boolean {
    return this.some(a, b, (name, one, other) => {
      const isCard = this.topology.roleOf(name) === "other";
      return isCard && one.mac !== undefined && other.mac !== undefined && one.mac !== other.mac;
    });
  }

  /**
   * Whether it is shown that a bridge which had the MAC `old` in source `a` is the one that has `mac` in source `b`: the two are one
   * source, a series, have another link in common, or a port that the bridge had its MAC from, which no bridge of a fixed MAC has.
   */
  areOne(a: number, b: number, bridge: string, old: string, mac: string): boolean {
    if (a === b) return true;
    if (this.differ(a, b)) return false;
    const series = this.series.get(a);
    if (series !== undefined && series === this.series.get(b)) return true;
    if (this.lent(a, bridge, old) || this.lent(b, bridge, mac)) return true;
    return this.some(
      a,
      b,
      (name, one, other) =>
        name !== bridge &&
        (DRAWN_BY_LOT.test(name) || (one.mac !== undefined && one.mac !== NO_MAC && one.mac === other.mac)),
    );
  }

  private lent(source: number, bridge: string, mac: string): boolean {
    return this.ports.get(source)?.get(bridge)?.has(mac) === true;
  }

  private port(source: number, bridge: string, mac: string): void {
    const bridges = ofSource(this.ports, source);
    let macs = bridges?.get(bridge);
    if (macs === undefined && bridges !== undefined && bridges.size < MAX_LINKS)
      bridges.set(bridge, (macs = new Set()));
    if (macs !== undefined && macs.size < MAX_LINKS) macs.add(mac);
  }

  private some(a: number, b: number, holds: (name: string, one: Shown, other: Shown) => boolean): boolean {
    const others = this.links.get(b);
    for (const [name, one] of this.links.get(a) ?? []) {
      const other = others?.get(name);
      if (other !== undefined && holds(name, one, other)) return true;
    }
    return false;
  }
}

function ofSource<T>(sources: Map<number, Map<string, T>>, source: number): Map<string, T> | undefined {
  let known = sources.get(source);
  if (known === undefined && sources.size < MAX_SOURCES) sources.set(source, (known = new Map()));
  return known;
}
