import type { Aligned } from "../../../../src/clock/align/matcher.js";
import type { Incident } from "./incident.js";
import { KINDS, type Recorded, type SourceKind } from "./source.js";
import { referenceOf } from "./truth.js";

const WHOLE_SECONDS: ReadonlySet<SourceKind> = new Set(["resolver log", "access log", "syslog"]);

/** Over many incidents: how many clocks of a kind could be aligned, were, and how well. */
export class Tally {
  readonly kinds = new Map<
    SourceKind,
    { seen: number; alignable: number; aligned: number; widths: number[] }
  >(KINDS.map((kind) => [kind, { seen: 0, alignable: 0, aligned: 0, widths: [] }]));

  add({ sources }: Incident, { solution }: Aligned): void {
    for (const [index, source] of sources.entries()) {
      const kind = this.kinds.get(source.kind)!;
      const { group, pieces, placed } = solution.alignments[index]!;
      kind.seen++;
      if (isAlignable(index, sources)) {
        kind.alignable++;
        if (group !== undefined) kind.aligned++;
      }
      const reference = referenceOf(index, solution);
      if (reference === undefined || reference === index) continue;
      // Between two clocks of whole seconds nothing is known to less than two.
      if (WHOLE_SECONDS.has(source.kind) && WHOLE_SECONDS.has(sources[reference]!.kind)) continue;
      if (placed)
        for (const line of source.times.keys()) kind.widths.push(lineWidth(placed.interval(line + 1)));
      else kind.widths.push(Math.min(...pieces.map((piece) => width(piece.offsetAt(piece.at)))));
    }
  }

  /** µs: half of those that were bounded on both sides are known better; at the place where a clock is known best. */
  median(kind: SourceKind): number {
    const widths = this.kinds.get(kind)!.widths.filter(Number.isFinite);
    return widths.sort((x, y) => x - y)[widths.length >> 1] ?? Number.NaN;
  }

  /** For people. */
  toString(): string {
    const rows = [...this.kinds].map(([kind, { seen, alignable, aligned, widths }]) => {
      const bounded = widths.filter(Number.isFinite).length;
      return [
        kind.padEnd(20),
        `${seen} seen`,
        `${aligned} of ${alignable} alignable aligned`,
        `${bounded} widths, median ${(this.median(kind) / 1000).toFixed(3)} ms`,
      ].join(", ");
    });
    return rows.join("\n");
  }
}

const width = ({ min, max }: { min: number; max: number }) => max - min;
const lineWidth = ({ earliest, latest }: { earliest: number; latest: number }) => latest - earliest;

/** Moments that two clocks have to share to be expected to be put together. */
const ENOUGH = 5;

/** Keys that name one sending, as the matcher is to know them. */
const NAMING = /^(dns\.(answer|served)|log)\b/;

/** Shares enough with another source that stamps, and no step makes it doubtful. */
function isAlignable(index: number, sources: readonly Recorded[]): boolean {
  const own = sources[index]!;
  if (own.clock.step) return false;
  return sources.some(
    (other, i) =>
      i !== index && !other.clock.step && other.kind !== "trace without stamps" && shares(own, other),
  );
}

function shares(own: Recorded, other: Recorded): boolean {
  const theirs = new Set(other.clues.map(({ key }) => key));
  const names = own.clues.filter(({ key }) => NAMING.test(key) && theirs.has(key));
  return new Set(names.map(({ key }) => key.slice(key.indexOf(" ")))).size >= 2 * ENOUGH;
}
