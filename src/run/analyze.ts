import { type ClockOptions, type Inferred, inferClocks } from "../clock/infer.js";
import { diagnose } from "../diagnosis/index.js";
import { reasonOf, walk } from "../evidence/walk.js";
import type { Grammar } from "../grammar/types.js";
import type { Event } from "../model/event.js";
import type { Missing } from "../model/finding.js";
import type { Problem } from "../model/source.js";
import { isFloating } from "../model/time.js";
import { buildReport, type Report } from "../report/document.js";
import { RuleEngine } from "../rules/engine.js";
import type { Rule } from "../rules/rule.js";
import { merge } from "../timeline/merge.js";
import { Coverage } from "../timeline/topology/coverage.js";
import { lookalikeOf } from "../timeline/topology/lookalike.js";
import { Transactions } from "../timeline/transactions/index.js";
import { coverageKind } from "./coverage.js";
import { placeByAnchors } from "./place.js";
import { quotes } from "./quotes.js";
import { readSource } from "./read.js";
import { type Surveyed, survey, toolboxOf } from "./survey.js";
import { wantedActions } from "./wanted.js";

/** What an analysis takes. Everything that is not given has a sensible default. */
export interface AnalyzeOptions extends ClockOptions {
  grammars: readonly Grammar[];
  rules: readonly Rule[];
  /** The program's version, for the report. */
  version: string;
  /** µs UTC: only what happened from, and until, then is judged. What could not be placed is kept. */
  since?: number | undefined;
  until?: number | undefined;
  /** Off: every record is decoded. The report is the same, only later. */
  prefilter?: boolean | undefined;
  /** Bytes read since the last call. */
  progress?: ((bytes: number, total: number) => void) | undefined;
}

/** Sources that can be put in one order: those on the common clock, or an island of their own. */
interface Island {
  name: string | undefined;
  members: Surveyed[];
}

/**
 * The whole road: finds the evidence below `paths`, reads it, puts it in order, judges it and gives the report. Bad evidence is
 * reported in it and never throws; only wrong options do.
 */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<Report> {
  const { files, problems } = await walk(paths);
  const toolbox = toolboxOf(options.grammars);
  const surveyed: Surveyed[] = [];
  for (const [id, file] of files.entries()) surveyed.push(await survey(file, id, toolbox));

  const clocks = inferClocks(
    surveyed.map(({ source, samples, kind }) => ({ source: source.id, path: source.path, samples: kind === "packets" ? [] : samples, absolute: kind === "packets" })),
    options,
  );
  const wanted = wantedActions(options.rules);
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const read = { toolbox, prefilter: options.prefilter !== false };
  await placeByAnchors(surveyed, clocks, read);

  const engine = new RuleEngine(options.rules);
  for (const island of islandsOf(surveyed, clocks)) {
    const coverage = new Coverage();
    for (const { source } of island.members) if (source.to >= source.from) coverage.note(source.id, coverageKind(source.format), source.from, source.to);
    const transactions = new Transactions({ coverage });
    const judge = (event: Event) => engine.push(event);
    const streams = island.members.map((member) =>
      readSource(member, { ...read, clock: clocks.get(member.source.id)!, wanted, ...(options.progress && { progress: (n: number) => options.progress!(n, total) }) }),
    );
    for await (const batch of merge(streams)) {
      for (const event of batch) {
        if (outside(event, options)) continue;
        if (event.action === "resolver.server") {
          const like = lookalikeOf(String(event.fields["dns.server.ip"]));
          if (like !== undefined) event.fields["dns.server.lookalike_of"] = like;
        }
        transactions.push(event, judge);
        engine.push(event);
      }
    }
    transactions.end(judge);
    engine.boundary();
  }

  const { findings, missing } = engine.end();
  const diagnosis = diagnose(findings, options.rules);
  const texts = await quotes(surveyed, findings);
  for (const { source } of surveyed) {
    const { clock } = clocks.get(source.id)!;
    source.clock = clock.id;
    source.stamp = clock.kind;
  }
  return buildReport({
    version: options.version,
    sources: surveyed.map(({ source }) => source),
    findings: diagnosis.findings,
    rootCauses: diagnosis.rootCauses,
    stories: diagnosis.stories,
    clocks: [...new Set([...clocks.values()].map(({ clock }) => clock))],
    missing,
    problems,
    texts,
  });
}

function outside(event: Event, { since, until }: AnalyzeOptions): boolean {
  if (Number.isNaN(event.time) || isFloating(event.time)) return false;
  return (since !== undefined && event.latest < since) || (until !== undefined && event.time > until);
}

/** The common clock's sources first, then each island, in the order of their first source. */
function islandsOf(surveyed: readonly Surveyed[], clocks: ReadonlyMap<number, Inferred>): Island[] {
  const islands = new Map<string | undefined, Island>([[undefined, { name: undefined, members: [] }]]);
  for (const member of surveyed) {
    const name = clocks.get(member.source.id)?.island;
    const island = islands.get(name);
    if (island) island.members.push(member);
    else islands.set(name, { name, members: [member] });
  }
  return [...islands.values()].filter((island) => island.members.length > 0);
}

export type { Missing, Problem };
export { reasonOf };
