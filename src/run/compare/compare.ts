import type { Event } from "../../model/event.js";
import type { Source } from "../../model/source.js";
import { isFloating } from "../../model/time.js";
import { problemOf } from "../../report/accounting.js";
import {
  COMPARE_SCHEMA,
  type ComparedSide,
  type Comparison,
  type Difference,
  type NotComparable,
  type SideName,
} from "../../report/compare/contract.js";
import { Placing } from "../../report/placing.js";
import { suppressedSentences } from "../../report/suppressed-words.js";
import { rfc3339 } from "../../report/times.js";
import { decodeBytes, decodeWithin } from "../../report/utf8.js";
import type { AnalyzeOptions } from "../analyze-options.js";
import { type Investigation, investigateAndQuote } from "../investigate.js";
import { Census } from "./census.js";
import type { Found, OneSided, Verdicts } from "./difference.js";
import { eventDifferences } from "./event-differences.js";
import { factDifferences } from "./fact-differences.js";
import { findingDifferences } from "./finding-differences.js";
import { outcomeDifferences } from "./outcome-differences.js";
import { type Side, sideOf } from "./side.js";
import { timingDifferences } from "./timing-differences.js";

export interface CompareOptions extends Omit<AnalyzeOptions, "onlooker" | "onMatch" | "prefilter" | "stats"> {
  /** At most so many differences (500). */
  most?: number | undefined;
}

/** A side with what it takes to show its records. */
interface Read {
  side: Side;
  told: ComparedSide;
  placing: (events: readonly Event[]) => Promise<Placing>;
  problems: Comparison["problems"];
  notes: string[];
}

/** What one side lacks is listed so far. */
const MOST_LISTED = 20;

/**
 * Holds a good run against a bad one: both are analysed whole, and counted while they pass; then findings, how transactions went,
 * facts of the network, timings and kinds of event are compared. Bad evidence is reported and never throws.
 *
 * @param good a file or folder
 * @param bad the other one
 */
export function compare(good: string, bad: string, options: CompareOptions): Promise<Comparison> {
  // Both are at hand until all is quoted: what archives hold is gone afterwards.
  return reading("good", good, options, (ours) =>
    reading("bad", bad, options, (theirs) => compared(ours, theirs, options)),
  );
}

function reading<T>(
  name: SideName,
  path: string,
  { most: _, ...options }: CompareOptions,
  use: (read: Read) => Promise<T>,
): Promise<T> {
  const census = new Census();
  return investigateAndQuote(
    [path],
    { ...options, onlooker: census, prefilter: false },
    (investigation, quote) => {
      const { surveyed, archives, clocks, diagnosis, suppressed, problems } = investigation;
      const sources = [...surveyed.map(({ source }) => source), ...archives];
      const side = sideOf(census, surveyed, diagnosis.findings, diagnosis.rootCauses);
      const shown = [...new Set([...clocks.values()].map(({ clock }) => clock))];
      return use({
        side,
        told: toldOf(path, sources, side),
        placing: async (events) => new Placing(sources, shown, await quote(events)),
        problems: problemsOf(name, problems, sources),
        notes: [
          ...(census.overflow === 0
            ? []
            : [`${name}: ${census.overflow} events of further kinds were not told apart`]),
          ...suppressedSentences(suppressed.map(({ finding: { rule }, ...rest }) => ({ rule, ...rest }))).map(
            (sentence) => `${name}: ${sentence}`,
          ),
        ],
      });
    },
  );
}

const problemsOf = (
  side: SideName,
  problems: Investigation["problems"],
  sources: readonly Source[],
): Comparison["problems"] =>
  [...problems, ...sources.flatMap((source) => source.problems)].map((problem) => ({
    side,
    ...problemOf(problem),
  }));

function toldOf(path: string, sources: readonly Source[], { census, witnesses }: Side): ComparedSide {
  const dated = [...census.sources.values()].filter(({ from }) => Number.isFinite(from) && !isFloating(from));
  const [first, last] = [Math.min(...dated.map(({ from }) => from)), Math.max(...dated.map(({ to }) => to))];
  return {
    paths: [path],
    sources: sources.length,
    records: sources.reduce((sum, { records }) => sum + records, 0),
    from: dated.length === 0 ? null : rfc3339(first),
    to: dated.length === 0 ? null : rfc3339(last),
    shows: [...witnesses.keys()].map(decodeBytes).sort(),
  };
}

async function compared(good: Read, bad: Read, { version, most = 500 }: CompareOptions): Promise<Comparison> {
  const verdicts = {
    findings: findingDifferences(good.side, bad.side),
    outcomes: outcomeDifferences(good.side, bad.side),
    facts: factDifferences(good.side, bad.side),
    timings: timingDifferences(good.side, bad.side),
    events: eventDifferences(good.side, bad.side),
  };
  const all: Verdicts[] = Object.values(verdicts);
  const found = all.flatMap((one) => one.found).sort(byScore);
  const kept = found.slice(0, most);
  const notes = [...good.notes, ...bad.notes];
  if (kept.length < found.length)
    notes.push(`${found.length - kept.length} less telling differences are left out`);
  const places = {
    good: await good.placing(kept.flatMap(({ proof }) => proof.good)),
    bad: await bad.placing(kept.flatMap(({ proof }) => proof.bad)),
  };
  return {
    schema: COMPARE_SCHEMA,
    version,
    good: good.told,
    bad: bad.told,
    differences: kept.map((one) => quoted(one, places)),
    notComparable: lacking(all.flatMap(({ oneSided }) => oneSided)),
    alike: {
      findings: verdicts.findings.alike,
      outcomes: verdicts.outcomes.alike,
      facts: verdicts.facts.alike,
      timings: verdicts.timings.alike,
      events: verdicts.events.alike,
    },
    notes,
    problems: [...good.problems, ...bad.problems],
  };
}

/** Most telling first; what is equally telling by kind and name, so that the order never depends on anything else. */
const byScore = (a: Pick<Found, "score" | "kind" | "what">, b: typeof a): number =>
  b.score - a.score || compareText(a.kind, b.kind) || compareText(a.what, b.what);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const quoted = ({ good, bad, proof, ...rest }: Found, places: Record<SideName, Placing>): Difference => ({
  ...rest,
  good: { ...good, text: decodeWithin(good.text) },
  bad: { ...bad, text: decodeWithin(bad.text) },
  proof: {
    good: proof.good.map((event) => places.good.evidence(event)),
    bad: proof.bad.map((event) => places.bad.evidence(event)),
  },
});

/** What each side lacks, and what the other one shows of it; the most telling first. */
function lacking(oneSided: readonly OneSided[]): NotComparable[] {
  const groups = new Map<string, OneSided[]>();
  const sorted = [...oneSided].sort((a, b) => b.score - a.score || compareText(a.what, b.what));
  for (const one of sorted) {
    const key = `${one.side}\n${one.lacks}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()]
    .sort(
      ([a], [b]) => compareText(a!.side, b!.side) || b!.score - a!.score || compareText(a!.lacks, b!.lacks),
    )
    .map((group) => ({
      side: group[0]!.side,
      lacks: decodeBytes(group[0]!.lacks),
      shown: group.slice(0, MOST_LISTED).map(({ what }) => decodeWithin(what)),
      more: Math.max(0, group.length - MOST_LISTED),
    }));
}
