import fs from "node:fs";
import type { Inferred } from "../../clock/inferred.js";
import type { StampSample } from "../../clock/observed.js";
import { SourceClock } from "../../clock/source-clock.js";
import { type Surveyed, sampleStamps, type Toolbox } from "../survey.js";

/** Bytes that are read to see what time it is at a place of a file. */
const BYTES = 32 << 10;
/** So many records are read at first: nearly always the first one tells. */
const FEW = 2;

/** What a place of a file shows. */
export interface Seen {
  /** The first time that is told behind it, µs. */
  time: number;
  /** Where the first line behind it begins. */
  begin: number;
}

/**
 * Tells what time it is at places of one plain text file. Who looks for several times asks for the same places again and again: each is read
 * once.
 */
export class Probe {
  private readonly known = new Map<number, Seen | undefined>();

  constructor(
    private readonly surveyed: Surveyed,
    private readonly inferred: Inferred,
    private readonly toolbox: Toolbox,
  ) {}

  /** @param fd the file; `undefined` where nothing near the place tells a time. Throws the system's error. */
  at(place: number, fd: number): Seen | undefined {
    if (this.known.has(place)) return this.known.get(place);
    const seen = this.read(place, fd);
    this.known.set(place, seen);
    return seen;
  }

  private read(place: number, fd: number): Seen | undefined {
    const buffer = Buffer.allocUnsafe(BYTES);
    const text = buffer.toString("latin1", 0, fs.readSync(fd, buffer, 0, BYTES, place));
    const first = text.indexOf("\n") + 1;
    const last = text.lastIndexOf("\n");
    if (first === 0 || last <= first) return undefined;
    const lines = text.slice(first, last + 1);
    const { surveyed, inferred, toolbox } = this;
    const time = firstTime(lines, surveyed, inferred, toolbox);
    return time === undefined ? undefined : { time, begin: place + first };
  }
}

/** The first time that is told by these whole lines of a text file, µs; `undefined` where they tell none. */
export const firstTime = (
  lines: string,
  surveyed: Surveyed,
  inferred: Inferred,
  toolbox: Toolbox,
): number | undefined =>
  timeAmong(lines, surveyed, inferred, toolbox, FEW) ?? timeAmong(lines, surveyed, inferred, toolbox);

/** The same of their first records, `count` at most. */
function timeAmong(
  lines: string,
  surveyed: Surveyed,
  { completion }: Inferred,
  toolbox: Toolbox,
  count?: number,
): number | undefined {
  const samples: StampSample[] = [];
  sampleStamps(lines, { ...surveyed, samples }, toolbox, count);
  const clock = new SourceClock(completion);
  for (const { inner, outer, line } of samples) {
    const { kind, text } = inner ?? outer;
    clock.stamp(kind, text, line);
    if (!Number.isNaN(clock.us)) return clock.us;
  }
  return undefined;
}
