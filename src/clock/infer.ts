import { completeAll } from "./complete.js";
import { type Inferred, nameClocks } from "./inferred.js";
import { NoSuchSource, type ShownSource, sourcesNamed } from "./named.js";
import { look, type Observed } from "./observed.js";
import { offsetText, type ToldOffset } from "./told-offset.js";

/** What the user said. */
export interface ClockOptions {
  /** IANA zone name or `+03:00`, for stamps without a zone. */
  tz?: string | undefined;
  year?: number | undefined;
  /** What the stamps of some sources are ahead by. */
  offsets?: readonly ToldOffset[] | undefined;
  /** False: stamps are trusted as they are, and no clocks are compared. */
  align?: boolean | undefined;
  /** Names the source on whose clock all times are told, see `sourcesNamed`. */
  reference?: string | undefined;
}

/**
 * Finds what completes each source's stamps, and says from what. In this order: what the user said, the stamps inside the same
 * records (a daemon's RFC 3339 beside the journal's local time), other stamps of the same source, what the bundle that they lie in tells of its
 * host, other sources. What stays unknown floats: such a source has an order of its own and is put on no common clock.
 *
 * Throws `NoSuchSource` where the user named a source that is none of these.
 */
export function inferClocks(all: readonly Observed[], options: ClockOptions): Map<number, Inferred> {
  const looked = all.map(look);
  const plain = completeAll(looked, options, new Map());
  nameClocks(plain);
  const { offsets = [], reference } = options;
  if (offsets.length === 0 && reference === undefined) return plain;
  const shown = all.map(({ source, path }) => ({ source, path, clock: plain.get(source)!.clock.id }));
  if (reference !== undefined) sourcesNamed(reference, shown, "--reference");
  const told = toldOf(offsets, shown, plain);
  if (told.size === 0) return plain;
  const moved = completeAll(looked, options, told);
  nameClocks(moved);
  return moved;
}

/** What is told of each source; of what is told twice, the last holds. */
function toldOf(
  offsets: readonly ToldOffset[],
  shown: readonly ShownSource[],
  clocks: ReadonlyMap<number, Inferred>,
): Map<number, number> {
  const told = new Map<number, number>();
  for (const { pattern, seconds } of offsets) {
    const named = sourcesNamed(pattern, shown, "--offset");
    const stamped = named.filter((source) => clocks.get(source)!.clock.kind !== "none");
    if (stamped.length === 0)
      throw new NoSuchSource(
        `--offset ${pattern}: its records have no time stamps, which could be ahead by ${offsetText(seconds)}`,
      );
    for (const source of stamped) told.set(source, seconds);
  }
  return told;
}
