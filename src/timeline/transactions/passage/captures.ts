import type { Coverage } from "../../topology/coverage.js";
import type { TopologyOf } from "../../topology/topology.js";
import { readLadder, type Verdict } from "./ladder.js";
import { CaptureView, isIngress, type Sighting } from "./sighting.js";

/** All copies of a packet that passes are seen within: µs. */
export const COPY_SPAN = 100_000;

/**
 * What each capture shows, and what the captures of one host show together: often one was taken on the bridge and
 * another on the uplink.
 */
export class Captures {
  private readonly views = new Map<number, CaptureView>();
  /** For a capture that shows packets before translation, the captures that show them after it. */
  private readonly uplinks = new Map<number, Set<number>>();

  constructor(
    private readonly topologyOf: TopologyOf,
    private readonly coverage: Coverage,
  ) {}

  /** What is known of one capture, by its source's number. */
  view(source: number): CaptureView {
    let view = this.views.get(source);
    if (view === undefined) this.views.set(source, (view = new CaptureView()));
    return view;
  }

  /** Learns from a packet that was seen before and after translation. */
  learn(own: readonly Sighting[], translated: readonly Sighting[]): void {
    const before = sourcesOf(own);
    const after = sourcesOf(translated);
    for (const source of before) {
      const here = translated.filter(({ event }) => event.source === source);
      const view = this.view(source);
      if (here.length > 0) view.passed(inSource(own, source), here, this.topologyOf(source));
      else {
        const others = [...after].filter((other) => !before.has(other));
        const known = this.uplinks.get(source) ?? new Set();
        for (const other of others) known.add(other);
        if (known.size > 0) this.uplinks.set(source, known);
      }
    }
  }

  /** The best of what the captures show of a packet; `undefined` when none shows it on its way through a host. */
  read(own: readonly Sighting[], translated: readonly Sighting[]): Verdict | undefined {
    let best: Verdict | undefined;
    for (const source of inOrder(own)) {
      const here = inSource(own, source);
      if (!here.some(isIngress) && here.some(({ direction }) => direction !== undefined)) continue;
      const time = here[0]!.event.time;
      if (!this.coverage.covers(source, time, time + COPY_SPAN)) continue; // the capture ends with it
      const view = this.view(source);
      const verdict = readLadder(
        { own: here, translated: inSource(translated, source) },
        view,
        this.topologyOf(source),
      );
      const settled = verdict.outcome === "unknown" ? this.together(source, own, verdict) : verdict;
      if (best === undefined || tells(settled) > tells(best)) best = settled;
    }
    if (best !== undefined && !hasLeft(best) && translated.length > 0) return undefined; // seen elsewhere
    return best;
  }

  /** The uplink's own capture shows what became of a packet that this one only shows before translation. */
  private together(source: number, own: readonly Sighting[], verdict: Verdict): Verdict {
    const time = own[0]!.event.time;
    for (const uplink of this.uplinks.get(source) ?? []) {
      if (!this.coverage.covers(uplink, time, time + COPY_SPAN)) continue;
      const left = own.find(({ event }) => event.source === uplink);
      if (left === undefined) return { ...verdict, outcome: "lost" };
      return { ...verdict, outcome: "untranslated", hop: "left", sourceOnWire: left.source };
    }
    return verdict;
  }
}

/** How much a verdict tells: that a packet left outweighs all others, where it stayed says more than that it is lost. */
function tells(verdict: Verdict): number {
  if (hasLeft(verdict)) return 3;
  if (verdict.outcome === "unknown") return 0;
  return verdict.outcome === "lost" ? 1 : 2;
}

/** It left as it should: translated, or wrapped. */
function hasLeft({ outcome }: Verdict): boolean {
  return outcome === "translated" || outcome === "encapsulated";
}

/**
 * The captures of a packet, best first: those that name its interfaces (a file may know them by number alone), then as the files are
 * counted. Copies of one moment come in any order, and all packets are to be told of in one capture's words: rules count them by bridge.
 */
function inOrder(own: readonly Sighting[]): number[] {
  const nameless = new Set(own.filter(({ place }) => place?.startsWith("#") !== false).map(sourceOf));
  return [...new Set(own.map(sourceOf))].sort(
    (a, b) => Number(nameless.has(a)) - Number(nameless.has(b)) || a - b,
  );
}

const sourceOf = ({ event }: Sighting): number => event.source;

function sourcesOf(sightings: readonly Sighting[]): Set<number> {
  return new Set(sightings.map(sourceOf));
}

function inSource(sightings: readonly Sighting[], source: number): Sighting[] {
  return sightings.filter(({ event }) => event.source === source);
}
