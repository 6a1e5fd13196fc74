import { bytesOf } from "../../grammar/bytes.js";
import type { Event } from "../../model/event.js";
import type { Problem, Source } from "../../model/source.js";
import { isFloating } from "../../model/time.js";
import type { Doc, QueryAnswer } from "../../report/query/answer.js";
import { rfc3339, undated } from "../../report/times.js";
import type { Query } from "../../rules/eql/ast.js";
import type { Rule } from "../../rules/rule.js";
import type { AnalyzeOptions } from "../analyze-options.js";
import { investigate } from "../investigate.js";
import { toldByKey } from "./by-key.js";
import { Collector, type Extent } from "./collect.js";
import { nested } from "./nested.js";
import { decodeFields } from "./text.js";

export interface EvidenceOptions extends Omit<AnalyzeOptions, "rules" | "onMatch"> {
  extent: Extent;
}

export interface EvidenceAnswer extends QueryAnswer {
  /** What could not be read, and paths that never became a source. */
  problems: readonly Problem[];
  /** Has any source records that were understood? */
  readable: boolean;
}

/**
 * Asks a query of evidence: as an analysis with this one rule, so that the same things are read, aligned, merged and made transactions
 * of, and only what the query can need.
 */
export async function queryEvidence(
  paths: readonly string[],
  query: Query,
  eql: string,
  { extent, ...options }: EvidenceOptions,
): Promise<EvidenceAnswer> {
  const collector = new Collector(query, extent);
  const { surveyed, archives, problems, clocks } = await investigate(paths, {
    ...options,
    rules: [ruleFor(toldByKey(inBytes(query), extent.samplesPerKey), eql)],
    onMatch: collector.take,
  });
  const sources: readonly Source[] = [...surveyed.map(({ source }) => source), ...archives];
  const notes = problems
    .filter(({ path }) => path === "")
    .map(({ message }) => message.replace(/^query: /, ""));
  const idOf = identifier();
  const docOf = (event: Event): Doc => {
    const source = sources[event.source];
    const kind = clocks.get(event.source)?.clock.kind ?? "none";
    const time = timeText(event.time, event.ns, kind);
    const latest = event.latest > event.time ? timeText(event.latest, 0, kind) : null;
    const path = decodeFields({ path: source?.path ?? "?" })["path"] as string;
    const fields = decodeFields(event.fields);
    const { line, action, category, offset } = event;
    return {
      index: path,
      id: idOf(event),
      time,
      ...(latest !== null && { latest }),
      line,
      category,
      action,
      fields,
      source: nested({
        ...fields,
        ...(time !== null && !isFloating(event.time) && { "@timestamp": time }),
        ...(time !== null && isFloating(event.time) && { "hindcast.undated_time": time }),
        ...(latest !== null && { "hindcast.latest_time": latest }),
        "event.action": action,
        "event.category": category,
        "log.file.path": path,
        "log.offset": offset,
        "log.origin.file.line": line,
      }),
    };
  };
  return {
    ...collector.answer(docOf, notes),
    problems: [
      ...problems.filter(({ path }) => path !== ""),
      ...sources.flatMap((source) => source.problems),
    ],
    readable: sources.some(({ records, format }) => records > 0 && format !== "unknown"),
  };
}

/** A time for people and programs: dated, a time of day, or seconds since an unknown start; `null` for none. */
export function timeText(time: number, ns: number, kind: Parameters<typeof undated>[0]): string | null {
  if (!isFloating(time)) return rfc3339(time, ns);
  const { time_of_day, elapsed } = undated(kind, time);
  return time_of_day ?? elapsed ?? null;
}

/** Names events within their source: by line and kind, and by number where one record gave several. */
function identifier(): (event: Event) => string {
  const ids = new Map<Event, string>();
  const counts = new Map<string, number>();
  return (event) => {
    const known = ids.get(event);
    if (known !== undefined) return known;
    const name = `${event.line}/${event.action}`;
    const place = `${event.source}/${name}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    const id = count === 1 ? name : `${name}/${count}`;
    ids.set(event, id);
    return id;
  };
}

/** Texts of evidence are bytes, one char each: so must be those that they are held against. */
const inBytes = (query: Query): Query =>
  JSON.parse(JSON.stringify(query), (_, value) =>
    typeof value === "string" ? bytesOf(value) : value,
  ) as Query;

/** The query as a rule, for the road that takes rules. */
function ruleFor(query: Query, eql: string): Rule {
  return {
    id: "query",
    title: "A query",
    severity: "informational",
    description: "",
    queries: [{ id: "1", eql, query, confidence: 1 }],
    unless: [],
    cannotTell: [],
    groupBy: [],
    minCount: 1,
    entities: [],
    summary: "{count}",
    causes: [],
    remediation: [],
    verify: [],
    falsePositives: [],
    needs: [],
    references: [],
    cases: [],
    file: "",
  };
}
