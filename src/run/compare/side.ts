import type { Event } from "../../model/event.js";
import type { Finding } from "../../model/finding.js";
import type { Source } from "../../model/source.js";
import { coverageKind } from "../coverage.js";
import type { Surveyed } from "../survey.js";
import { type Census, familyOf, type KindTally, type SourceTally } from "./census.js";

/** How long sources watched that could show a kind of event, in seconds. */
export interface Watched {
  /** Of all of them together: three captures of one minute are three minutes. */
  sum: number;
  /** Of the one that watched longest. */
  longest: number;
}

/** One of the two runs, ready to be compared. */
export interface Side {
  census: Census;
  findings: readonly Finding[];
  rootCauses: readonly string[];
  /** What it can show → how long that was watched. */
  witnesses: ReadonlyMap<string, Watched>;
  /** What could have shown events of this kind, by its names in `witnesses`. */
  witnessesOf(kind: KindTally): string[];
  /** The same for a record. */
  witnessesOfRecord(event: Event): string[];
}

const CAPTURE = "a packet capture";
const TRACE = "a trace of system calls";

/** What evidence has it, in words: also the key by which two sides find that both have it. */
const wordsOf = (program: string) => `words of ${program}`;
const recordsOf = (family: string) => `records of ${family}`;
/** Files that are called alike in both runs were collected in the same way. */
const fileOf = ({ path }: Source) => `file ${path.slice(path.lastIndexOf("/") + 1)}`;

/** A source none of whose records is an event that somebody asks for. */
const SILENT: SourceTally = { from: Number.NaN, to: Number.NaN, families: new Set(), programs: new Set() };

/**
 * Makes a side of what an investigation counted.
 * @param surveyed its sources, once they were read
 */
export function sideOf(
  census: Census,
  surveyed: readonly Surveyed[],
  findings: readonly Finding[],
  rootCauses: readonly string[],
): Side {
  const classes = new Map(
    surveyed.map(({ source, detection, kind }) => [
      source.id,
      kind === "packets" ? "packets" : coverageKind(detection.ranked[0]?.grammar.name ?? "unknown"),
    ]),
  );
  const files = new Map(surveyed.map(({ source }) => [source.id, fileOf(source)]));
  const namesFor = (source: number, families: Iterable<string>, programs: Iterable<string>): string[] => {
    const kind = classes.get(source);
    if (kind === "packets") return [CAPTURE];
    if (kind === "strace") return [TRACE];
    return [...[...programs].map(wordsOf), ...[...families].map(recordsOf), files.get(source)!];
  };
  const witnessesOfRecord = ({ source, action }: Event) => namesFor(source, [familyOf(action)], []);
  const witnesses = new Map<string, Watched>();
  for (const {
    source: { id: source, records },
  } of surveyed) {
    if (records === 0) continue;
    const { from, to, families, programs } = census.sources.get(source) ?? SILENT;
    const seconds = to > from ? (to - from) / 1e6 : 0;
    for (const name of namesFor(source, families, programs)) {
      const { sum, longest } = witnesses.get(name) ?? { sum: 0, longest: 0 };
      witnesses.set(name, { sum: sum + seconds, longest: Math.max(longest, seconds) });
    }
  }
  return {
    census,
    findings,
    rootCauses,
    witnesses,
    witnessesOf: ({ action, assembled, proof, sources, programs }) => [
      ...new Set(
        assembled
          ? proof.flatMap(witnessesOfRecord)
          : [...sources.keys()].flatMap((source) => namesFor(source, [familyOf(action)], programs)),
      ),
    ],
    witnessesOfRecord,
  };
}
