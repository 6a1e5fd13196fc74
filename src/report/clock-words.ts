import type { Report, ReportClock } from "./contract.js";
import { driftCell, mayBeNone, offsetWords, setWords } from "./offset-words.js";
import { counted } from "./page.js";
import { micros } from "./times.js";

/** Stamps that say everything by themselves. */
const ABSOLUTE = new Set(["rfc3339", "epoch", "clf"]);

/** What is said of clocks needs the other clocks too. */
export type Clocks = Pick<Report, "clocks" | "aligned">;

/** The first source of a clock stands for it; its id where it has none. */
export const sourceOf = ({ id, sources }: ReportClock): string => sources[0] ?? id;

/** Nothing ties this clock to another, though there are others to be compared with: its stamps are trusted as they are. */
export const isAlone = (clock: ReportClock, { clocks, aligned }: Clocks): boolean =>
  aligned !== false &&
  clock.kind !== "none" &&
  !clock.floating &&
  !clock.reference &&
  clock.matches === 0 &&
  (clock.offset?.best ?? 0) === 0 &&
  clocks.reduce((count, { kind, sources }) => count + (kind === "none" ? 0 : sources.length), 0) > 1;

/** The clocks that there is something to say about: inferred ones, those that disagree, those without a date. */
export function tellingClocks(report: Clocks): ReportClock[] {
  return report.clocks.filter((clock) => {
    const { kind, offset, floating, drift, matches, steps } = clock;
    if (matches > 0 || drift || steps || (offset?.best ?? 0) !== 0 || isAlone(clock, report)) return true;
    return kind !== "none" && (floating || !ABSOLUTE.has(kind));
  });
}

/** The clock that another one is told in, by the name of a source; `the others` where the report marks none. */
export function referenceFor({ told_in }: ReportClock, { clocks }: Clocks): string {
  if (told_in !== undefined) return told_in;
  const references = clocks.filter(({ reference }) => reference);
  return references.length === 1 ? sourceOf(references[0]!) : "the others";
}

/** How far a clock is from the reference, in words, without its name; empty where its basis says all. */
function standing(clock: ReportClock, report: Clocks): string {
  const { kind, offset, floating, matches } = clock;
  if (clock.reference) return "the reference: the others are told in its time";
  if (kind === "none" && matches > 0) return "placed record by record";
  if (floating) return "date unknown";
  if (isAlone(clock, report)) return "cannot be aligned: nothing shared; its stamps are taken as they are";
  if (offset && (offset.best !== 0 || matches > 0 || !mayBeNone(offset)))
    return offsetWords(offset, referenceFor(clock, report));
  return "";
}

/** `it was set back by 2.000 s between 00:52:31.001 and 00:52:31.204`, for each step. */
function stepWords({ steps = [] }: ReportClock): string[] {
  return steps.map(({ after, before, by }) => {
    const { direction, amount } = setWords(by);
    const between = after && before ? ` between ${clockTime(after)} and ${clockTime(before, after)}` : "";
    return `it was set ${direction} by ${amount}${between}`;
  });
}

/** `2026-11-22 00:52:31.001`, or without the day where that was said. */
const clockTime = (time: string, said?: string) =>
  (said?.slice(0, 10) === time.slice(0, 10) ? "" : `${time.slice(0, 10)} `) + time.slice(11, 23);

/**
 * One clock in a sentence: `clock-2 (access.log): 17.0 s behind dump.pcap, ±500 ms, from 14 shared events; …`.
 * @param report where the reference clock is found
 */
export function clockSentence(clock: ReportClock, report: Clocks): string {
  const { id, sources, matches, basis, drift, drift_bounds, compared_with: partner } = clock;
  const parts = [standing(clock, report)];
  if (drift) parts.push(`drifting by ${driftCell(drift, drift_bounds)}`);
  const reference = referenceFor(clock, report);
  const shared = partner !== undefined && partner !== reference ? `, the closest with ${partner}` : "";
  if (matches > 0 && !clock.reference) parts.push(`from ${counted(matches, "shared event")}${shared}`);
  const said = parts.filter((part) => part !== "").join(", ");
  const more = sources.length > 1 ? ` and ${sources.length - 1} more` : "";
  const name = sources.length > 0 ? `${id} (${sources[0]}${more})` : id;
  return `${name}: ${[said, ...stepWords(clock), basis].filter((part) => part !== "").join("; ")}`;
}

/** What must be known before the rest: wrong clocks, those without a date, what was inferred, and last the reference. */
function rank({ reference, offset, steps, floating, matches }: ReportClock): number {
  if (reference) return 4;
  if (steps || (offset && !mayBeNone(offset))) return 0;
  if (floating) return 1;
  return matches > 0 ? 2 : 3;
}

/** Sentences for a report: a clock each, those that share nothing with any other in one. */
export function clockSentences(report: Clocks): string[] {
  const telling = tellingClocks(report).sort((a, b) => rank(a) - rank(b));
  const alone = telling.filter((clock) => isAlone(clock, report));
  if (alone.length < 2) return telling.map((clock) => clockSentence(clock, report));
  const sources = alone.flatMap((clock) => clock.sources);
  const named = sources.slice(0, MOST_NAMED).join(", ");
  const rest = sources.length > MOST_NAMED ? ` and ${sources.length - MOST_NAMED} more` : "";
  return [
    ...telling.filter((clock) => !alone.includes(clock)).map((clock) => clockSentence(clock, report)),
    `${named}${rest}: cannot be aligned: nothing shared; their stamps are taken as they are`,
  ];
}

const MOST_NAMED = 5;

/** The digits after the second that stamps of a source have: 0, 3 or 6. A path is looked up in what this gives. */
export function stampDigits({ clocks }: Clocks): (source: string) => number {
  const digits = new Map<string, number>();
  for (const { sources, resolution = 1e-6 } of clocks)
    for (const path of sources) digits.set(path, resolution >= 1 ? 0 : resolution >= 1e-3 ? 3 : 6);
  return (source) => digits.get(source) ?? 6;
}

/** Was a record's clock wrong, so that its stamp lies outside of the time at which it can have happened? */
export function isMoved({
  stamp,
  time,
  latest,
}: {
  stamp?: string;
  time: string | null;
  latest: string | null;
}) {
  if (stamp === undefined) return false;
  return micros(stamp) < micros(time) || micros(stamp) > micros(latest);
}
