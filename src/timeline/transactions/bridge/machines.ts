import type { Event } from "../../../model/event.js";
import type { Topology } from "../../topology/topology.js";
import { text } from "../assembled.js";

const MAX_SOURCES = 2000;
const MAX_LINKS = 256;

/**
 * Tells whether two sources can be of one machine. Evidence of several machines often lies in one folder, and each of
 * them has a `docker0`; their network cards differ.
 */
export class Machines {
  private readonly cards = new Map<number, Map<string, string>>();

  constructor(private readonly topology: Topology) {}

  /** A `link.state`: a card's MAC counts, not a bridge's or a port's, which change. */
  link(event: Event): void {
    const name = text(event, "interface.name");
    const mac = text(event, "interface.mac");
    if (name === undefined || mac === undefined || name === "lo" || this.topology.roleOf(name) !== "other")
      return;
    let cards = this.cards.get(event.source);
    if (cards === undefined) {
      if (this.cards.size >= MAX_SOURCES) return;
      this.cards.set(event.source, (cards = new Map()));
    }
    if (cards.size < MAX_LINKS && !cards.has(name)) cards.set(name, mac);
  }

  /** Whether the sources are of different machines: a card of the same name has another MAC. */
  differ(a: number, b: number): boolean {
    if (a === b) return false;
    const others = this.cards.get(b);
    for (const [name, mac] of this.cards.get(a) ?? []) {
      const other = others?.get(name);
      if (other !== undefined && other !== mac) return true;
    }
    return false;
  }
}
