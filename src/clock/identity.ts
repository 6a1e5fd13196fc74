import { PLACEHOLDER_YEAR } from "../model/calendar.js";
import type { ClockInfo } from "../model/clock.js";
import type { StampKind } from "../model/stamp.js";
import { hostNameOf, type Looked } from "./observed.js";
import type { Completion } from "./source-clock.js";
import { isDated, readStamp } from "./stamps.js";
import { offsetName } from "./zone.js";

/** Which clock it is, as far as its stamps, its bundle and its format tell. */
export function identityOf(source: Looked, completion: Completion): Partial<ClockInfo> {
  const { kind, standsFor } = source;
  const host = hostNameOf(source);
  const resolution = source.resolution ?? resolutionOf(source);
  const zone = zoneOf(source, completion);
  return {
    ...(host !== undefined && { host }),
    ...(resolution !== undefined && { resolution }),
    ...(zone !== undefined && { zone }),
    ...(kind === "syslog" && completion.year !== PLACEHOLDER_YEAR && { year: completion.year }),
    ...(standsFor && kind !== "none" && { standsFor }),
  };
}

/** Where stamps are in local time: what they are read as. */
function zoneOf({ kind, samples }: Looked, { rules, zone }: Completion): string | undefined {
  const isLocal =
    kind === "syslog" ||
    kind === "hms" ||
    (isDated(kind) && samples.some(({ outer }) => isDated(outer.kind) && isZoneless(outer)));
  if (!isLocal) return undefined;
  return rules?.name ?? (zone === 0 ? "UTC" : offsetName(zone));
}

function isZoneless({ kind, text }: { kind: StampKind; text: string }): boolean {
  const { zone } = readStamp(kind, text);
  return zone === undefined || Number.isNaN(zone);
}

/** Seconds with a fraction, or one that `ip monitor` counts in µs. */
const FRACTION = /\d[.,](\d{1,9})(?!\d)/;
const MICROSECONDS = 1e-6;

/** The finest step that the stamps show, seconds. Some programs leave zeros at the end away: the longest fraction tells. */
function resolutionOf({ kind, samples }: Looked): number | undefined {
  let finest: number | undefined;
  for (const { outer } of samples) {
    if (outer.kind !== kind || kind === "none") continue;
    const step = stepOf(outer);
    if (finest === undefined || step < finest) finest = step;
  }
  return finest;
}

function stepOf({ kind, text }: { kind: StampKind; text: string }): number {
  const digits = FRACTION.exec(text)?.[1]?.length;
  if (kind === "sincestart_ms") return 10 ** -(3 + (digits ?? 0));
  if (digits !== undefined) return 10 ** -digits;
  if (/usec/.test(text) || (kind === "monotonic" && !text.includes("."))) return MICROSECONDS;
  return readStamp(kind, text).minutes ? 60 : 1;
}
