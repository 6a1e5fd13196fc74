import { SECOND_US } from "../model/calendar.js";
import { posixZone } from "./posix-zone.js";
import type { ZoneRules } from "./zone.js";

const HEADER_BYTES = 44;
const MAGIC = "TZif";

/** Lengths of the parts of a block, as its header tells them. */
interface Counts {
  utc: number;
  standard: number;
  leaps: number;
  times: number;
  types: number;
  chars: number;
}

export const isTzFile = (bytes: Buffer): boolean => bytes.toString("latin1", 0, 4) === MAGIC;

function countsAt(bytes: Buffer, at: number): Counts {
  const [utc, standard, leaps, times, types, chars] = [0, 1, 2, 3, 4, 5].map((i) =>
    bytes.readUInt32BE(at + 20 + 4 * i),
  ) as [number, number, number, number, number, number];
  return { utc, standard, leaps, times, types, chars };
}

const blockBytes = ({ utc, standard, leaps, times, types, chars }: Counts, timeBytes: number): number =>
  times * (timeBytes + 1) + types * 6 + chars + leaps * (timeBytes + 4) + standard + utc;

/**
 * Reads what /etc/localtime holds: a compiled zone (RFC 9636), in its second version or a later one.
 * @returns `undefined` when it is none, or is damaged
 */
export function readTzFile(bytes: Buffer): ZoneRules | undefined {
  try {
    if (!isTzFile(bytes) || bytes[4]! < 0x32) return undefined;
    const second = HEADER_BYTES + blockBytes(countsAt(bytes, 0), 4);
    const counts = countsAt(bytes, second);
    const { times, types } = counts;
    const timesAt = second + HEADER_BYTES;
    const indexAt = timesAt + 8 * times;
    const typesAt = indexAt + times;
    const footerAt = second + HEADER_BYTES + blockBytes(counts, 8);
    const footer = /^\n([^\n]*)\n/.exec(bytes.toString("latin1", footerAt))?.[1];
    if (footer === undefined || types === 0) return undefined;
    const rest = posixZone(footer);
    const changes = Array.from({ length: times }, (_, i) => Number(bytes.readBigInt64BE(timesAt + 8 * i)));
    const offsets = Array.from({ length: types }, (_, i) => bytes.readInt32BE(typesAt + 6 * i) * SECOND_US);
    const typeOf = Array.from(bytes.subarray(indexAt, indexAt + times));
    return {
      name: footer === "" ? "the zone of a tzfile" : footer,
      at(us) {
        const seconds = us / SECOND_US;
        if (rest && !(seconds < (changes.at(-1) ?? Number.NEGATIVE_INFINITY))) return rest.at(us);
        let lo = 0;
        let hi = changes.length;
        while (lo < hi) {
          const mid = (lo + hi) >> 1;
          if (changes[mid]! <= seconds) lo = mid + 1;
          else hi = mid;
        }
        return offsets[lo === 0 ? 0 : typeOf[lo - 1]!] ?? 0;
      },
    };
  } catch {
    // A length leads out of the file.
    return undefined;
  }
}
