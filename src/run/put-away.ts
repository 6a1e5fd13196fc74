import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { StampSample } from "../clock/observed.js";

type Stamp = StampSample["outer"];

/** A source's samples in columns: stamps and hosts that several records have are there once. */
interface Packed {
  lines: number[];
  /** Places in `stamps`. */
  outers: number[];
  /** Places in `stamps`; -1: none. */
  inners: number[];
  /** Places in `named`; -1: none. */
  hosts: number[];
  stamps: Stamp[];
  named: string[];
}

/**
 * Keeps what was sampled of a source deflated, a twentieth of the memory, and makes it anew for whoever asks: of hundreds of sources there
 * are a hundred thousand samples, asked for two or three times. What is set instead of them later is kept as it is.
 */
export function putAway(member: { samples: StampSample[] }): void {
  // A copy: what zlib gives lies in a larger piece.
  const bytes = Uint8Array.from(deflateRawSync(JSON.stringify(packed(member.samples)), { level: 1 }));
  Object.defineProperty(member, "samples", {
    configurable: true,
    enumerable: true,
    get: () => unpacked(JSON.parse(inflateRawSync(bytes).toString()) as Packed),
    set: (samples: StampSample[]) =>
      Object.defineProperty(member, "samples", { value: samples, writable: true }),
  });
}

function packed(samples: readonly StampSample[]): Packed {
  const stamps = new Places<Stamp>();
  const named = new Places<string>();
  return {
    lines: samples.map(({ line }) => line),
    outers: samples.map(({ outer }) => stamps.of(outer)),
    inners: samples.map(({ inner }) => stamps.of(inner)),
    hosts: samples.map(({ host }) => named.of(host)),
    stamps: stamps.all,
    named: named.all,
  };
}

const unpacked = ({ lines, outers, inners, hosts, stamps, named }: Packed): StampSample[] =>
  lines.map((line, i) => ({
    line,
    outer: stamps[outers[i]!]!,
    inner: stamps[inners[i]!],
    host: named[hosts[i]!],
  }));

/** Things in the order in which they came, each once. */
class Places<T> {
  private readonly places = new Map<T, number>();

  get all(): T[] {
    return [...this.places.keys()];
  }

  /** @returns its place; -1 for nothing */
  of(item: T | undefined): number {
    if (item === undefined) return -1;
    const place = this.places.get(item) ?? this.places.size;
    this.places.set(item, place);
    return place;
  }
}
