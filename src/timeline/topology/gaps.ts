import type { Gap } from "../../model/source.js";

/** Gaps that are kept apart for one source; what comes beyond them widens the last one. */
const MOST_GAPS = 1_000;

/** The gaps of one source, in the order of their ends. */
export class Gaps {
  private readonly told: Gap[] = [];

  /** Adds a gap; of too many, the last one is widened, so that what it covers stays doubtful. */
  add(gap: Gap): void {
    const { told } = this;
    const last = told.at(-1);
    if (told.length === MOST_GAPS && last !== undefined) {
      last.from = Math.min(last.from, gap.from);
      last.to = Math.max(last.to, gap.to);
      if (last.lost !== undefined || gap.lost !== undefined) last.lost = (last.lost ?? 0) + (gap.lost ?? 0);
      return;
    }
    let at = told.length;
    while (at > 0 && told[at - 1]!.to > gap.to) at--;
    told.splice(at, 0, { ...gap });
  }

  /** A gap that lies in the time from `from` to `to`, in part at least: µs UTC. */
  within(from: number, to: number): Gap | undefined {
    const { told } = this;
    // What is asked for lies near the end of what was read: so do the gaps that matter.
    for (let at = told.length - 1; at >= 0 && told[at]!.to >= from; at--)
      if (reaches(told[at]!, from, to)) return told[at];
    return undefined;
  }

  get all(): readonly Gap[] {
    return this.told;
  }
}

/**
 * Does a gap reach into a time? The records at its ends are there: a time that begins with the one behind it, or ends with the one
 * before it, is whole.
 */
export function reaches(gap: Gap, from: number, to: number): boolean {
  return gap.from === gap.to ? from <= gap.to && gap.from <= to : gap.from < to && gap.to > from;
}

/** A gap in words, with the place that tells of it: `311 packets were dropped while capturing (br0.txt:2204)`. */
export function gapText(path: string, { why, line, offset }: Gap): string {
  const place =
    line !== undefined ? `${path}:${line}` : offset !== undefined ? `${path}, byte ${offset}` : path;
  return `${why} (${place})`;
}
