import type { Event } from "../../model/event.js";
import { list } from "../../timeline/transactions/assembled.js";

/** The steps of a packet's way out, in its order. */
export const STEPS = ["port", "bridge", "uplink"] as const;
export type Step = (typeof STEPS)[number];

/** A copy of a packet: at which step, on which interface, in which direction as tcpdump tells it. */
export interface Hop {
  step: Step;
  place: string;
  direction: string | undefined;
}

/** Names that are told apart for one step. */
const MOST_NAMES = 16;
const MOST_BRIDGES = 256;

/** Outcomes of packets that left the host. */
const GONE: ReadonlySet<unknown> = new Set([
  "translated",
  "encapsulated",
  "reply-not-delivered",
  "untranslated",
]);

/**
 * The hops of a `packet.passage`, from what it says of them, in the order of its way. A bridge that does not know who is meant floods a packet to
 * all of its ports: these copies are left out. A capture without interfaces tells of no step.
 */
export function hopsOf(passage: Event): Hop[] {
  const { "passage.bridge": bridge, "passage.outcome": outcome } = passage.fields;
  const copies = list(passage, "passage.hops").flatMap((hop) => {
    const [, place, direction] = /^(.*?)(?: (In|Out|P|B|M))?$/s.exec(hop) ?? [];
    return place === undefined || place === "?" ? [] : [{ place, direction }];
  });
  const isOut = ({ place, direction }: Omit<Hop, "step">) => direction === "Out" && place !== bridge;
  const port = copies.find((copy) => copy.place !== bridge && !isOut(copy));
  const uplink = GONE.has(outcome) ? copies.findLast(isOut) : undefined;
  return [
    ...(port ? [{ step: "port" as const, ...port }] : []),
    ...copies.filter(({ place }) => place === bridge).map((copy) => ({ step: "bridge" as const, ...copy })),
    ...(uplink ? [{ step: "uplink" as const, ...uplink }] : []),
  ];
}

/** Learns from all passages, healthy ones too, which interfaces the ways of packets lead through. Bounded memory. */
export class Ways {
  private readonly byBridge = new Map<unknown, Record<Step, Set<string>>>();

  note(passage: Event): void {
    const bridge = passage.fields["passage.bridge"];
    let names = this.byBridge.get(bridge);
    if (!names) {
      if (this.byBridge.size >= MOST_BRIDGES) return;
      names = { port: new Set(), bridge: new Set(), uplink: new Set() };
      this.byBridge.set(bridge, names);
    }
    for (const { step, place } of hopsOf(passage)) if (names[step].size < MOST_NAMES) names[step].add(place);
  }

  /** Interfaces at a step of the ways behind a bridge, sorted; none: no capture has shown any. */
  namesOf(bridge: unknown, step: Step): string[] {
    return [...(this.byBridge.get(bridge)?.[step] ?? [])].sort();
  }
}
