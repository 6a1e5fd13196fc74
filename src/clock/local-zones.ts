import { isOfContainer } from "./host/roots.js";
import { hostNameOf, type Looked } from "./observed.js";
import { SameHost } from "./same-host.js";
import { writtenOffset } from "./written-offset.js";
import type { InnerBasis } from "./year.js";
import { namedZone, offsetName, type ZoneRules } from "./zone.js";

/** How local time is to be read: by rules, or so many µs east of UTC; and from what that is known. */
export interface ReadAs {
  rules?: ZoneRules;
  zone: number;
  note: string;
}

/** An offset (µs east of UTC) that a host's stamps show, and in which source. */
interface Shown {
  offset: number;
  path: string;
}

/**
 * Finds in which zone sources without one are to be read. In this order: what the user said; what other stamps of the same source say; what the
 * bundle tells of its host; what other sources of the same host show, if they agree. What stays unknown is read as UTC.
 */
export class LocalZones {
  private readonly shown = new SameHost<Shown>(({ offset }) => offset);

  /**
   * @param inner what stamps inside the same records told of some sources, by their ids
   * @param tz the zone that the user named
   */
  constructor(
    all: readonly Looked[],
    inner: ReadonlyMap<number, InnerBasis>,
    private readonly tz: string | undefined,
  ) {
    for (const source of all) {
      if (isOfContainer(source.path)) continue;
      const found = inner.get(source.source);
      const offsets = new Set([...writtenOffsets(source), ...(found ? [found.completion.zone] : [])]);
      for (const offset of offsets) this.shown.add(source, { offset, path: source.path });
    }
  }

  of(source: Looked): ReadAs {
    if (this.tz !== undefined)
      return { rules: namedZone(this.tz), zone: 0, note: `read as ${this.tz} as asked` };
    const [own, ...others] = writtenOffsets(source);
    if (own !== undefined && others.length === 0)
      return { zone: own, note: `read as ${nameOf(own)}, as other stamps in it are` };
    if (isOfContainer(source.path)) return UTC;
    const { zone: told } = source.host ?? {};
    if (told)
      return {
        rules: told.value,
        zone: 0,
        note: `read as ${told.value.name}, the zone of ${source.host?.name?.value ?? "its host"} (${told.path})`,
      };
    return this.asSiblings(source) ?? UTC;
  }

  /** As the other sources of the same host are. */
  private asSiblings(source: Looked): ReadAs | undefined {
    const shown = this.shown.of(source);
    const [first] = shown;
    if (!first) return undefined;
    const other = shown.find(({ offset }) => offset !== first.offset);
    if (other)
      return {
        zone: 0,
        note: `read as UTC (${first.path} shows ${nameOf(first.offset)}, ${other.path} ${nameOf(other.offset)}; --tz says which)`,
      };
    return {
      zone: first.offset,
      note: `read as ${nameOf(first.offset)}, the zone of ${hostNameOf(source) ?? "its host"} in ${first.path}`,
    };
  }
}

const UTC: ReadAs = { zone: 0, note: "read as UTC (--tz says otherwise)" };

const nameOf = (offset: number): string => (offset === 0 ? "UTC" : offsetName(offset));

/** The different offsets that a source's own stamps name. */
function writtenOffsets({ samples }: Looked): number[] {
  const offsets = new Set<number>();
  for (const { outer } of samples) {
    const offset = writtenOffset(outer.kind, outer.text);
    if (offset !== undefined) offsets.add(offset);
  }
  return [...offsets];
}
