import { type ClockOptions, inferClocks } from "../clock/infer.js";
import type { Inferred } from "../clock/inferred.js";
import { type Diagnosis, diagnose } from "../diagnosis/index.js";
import { walk } from "../evidence/walk.js";
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
import { HostKnowledge, Transactions } from "../timeline/transactions/index.js";
import { coverageKind, coversKind } from "./coverage.js";
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

/** What the road led to, before it is written up. */
export interface Investigation {
  surveyed: Surveyed[];
  clocks: ReadonlyMap<number, Inferred>;
  diagnosis: Diagnosis;
  missing: Missing[];
  /** Paths that never became a source. */
  problems: Problem[];
}

/**
 * The whole road: finds the evidence below `paths`, reads it, puts it in order, judges it and links what it found. Bad evidence is
 * reported in the result and never throws; only wrong options do.
 */
export async function investigate(paths: readonly string[], options: AnalyzeOptions): Promise<Investigation> {
  const { files, problems } = await walk(paths);
  const toolbox = toolboxOf(options.grammars);
  const surveyed: Surveyed[] = [];
  for (const [id, file] of files.entries()) surveyed.push(await survey(file, id, toolbox));
  const clocks = inferClocks(
    surveyed.map(({ source, samples, range }) => ({ source: source.id, path: source.path, samples, range })),
    options,
  );
  const read = { toolbox, prefilter: options.prefilter !== false };
  const disagreements = await placeByAnchors(surveyed, clocks, read);

  const wanted = wantedActions(options.rules);
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const progress = options.progress && ((bytes: number) => options.progress!(bytes, total));
  let coverage = new Coverage();
  const engine = new RuleEngine(options.rules, {
    coverage: { covers: (kind, from, to) => coversKind(coverage, kind, from, to) },
  });
  for (const event of disagreements) engine.push(event);
  const notes: string[] = [];
  const host = new HostKnowledge();
  // Snapshots without a time go first: the NAT rules and addresses that they tell of are then known when packets are judged.
  const timeless = (island: Surveyed[]) =>
    island.every(({ source }) => clocks.get(source.id)!.clock.kind === "none");
  const islands = islandsOf(surveyed, clocks);
  for (const island of [...islands.filter(timeless), ...islands.filter((one) => !timeless(one))]) {
    coverage = new Coverage();
    for (const { source, detection, kind } of island) {
      coverage.note(
        source.id,
        coverageKind(kind === "packets" ? "pcap" : (detection.ranked[0]?.grammar.name ?? "unknown")),
        Number.NaN,
        Number.NaN,
      );
    }
    const transactions = new Transactions({ coverage, host });
    const judge = (event: Event) => engine.push(event);
    const streams = island.map((member) =>
      readSource(member, { ...read, clock: clocks.get(member.source.id)!, wanted, progress }),
    );
    for await (const batch of merge(streams)) {
      for (const event of batch) {
        if (outside(event, options)) continue;
        enrich(event);
        transactions.push(event, judge);
        engine.push(event);
      }
    }
    transactions.end(judge);
    engine.boundary();
    notes.push(...transactions.notes);
  }
  host.finish((event) => engine.push(event));
  const { findings, missing, notes: ruleNotes } = engine.end();
  for (const { source } of surveyed) {
    const { clock } = clocks.get(source.id)!;
    source.clock = clock.id;
    source.stamp = clock.kind;
  }
  for (const message of [...notes, ...ruleNotes]) problems.push({ path: "", message, severity: "warning" });
  return { surveyed, clocks, diagnosis: diagnose(findings, options.rules), missing, problems };
}

/** Investigates and writes the report: the JSON contract, from which every other form is printed. */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<Report> {
  const { surveyed, clocks, diagnosis, missing, problems } = await investigate(paths, options);
  return buildReport({
    version: options.version,
    sources: surveyed.map(({ source }) => source),
    findings: diagnosis.findings,
    rootCauses: diagnosis.rootCauses,
    stories: diagnosis.stories,
    clocks: [...new Set([...clocks.values()].map(({ clock }) => clock))],
    missing,
    problems,
    texts: await quotes(surveyed, diagnosis.findings),
  });
}

/** Adds what is known of the world to an event. */
function enrich(event: Event): void {
  if (event.action !== "resolver.server") return;
  const like = lookalikeOf(String(event.fields["dns.server.ip"]));
  if (like !== undefined) event.fields["dns.server.lookalike_of"] = like;
}

/** Did it happen outside of the window that was asked for? What has no known date is inside. */
export function outside(event: Event, { since, until }: Pick<AnalyzeOptions, "since" | "until">): boolean {
  if (Number.isNaN(event.time) || isFloating(event.time)) return false;
  return (since !== undefined && event.latest < since) || (until !== undefined && event.time > until);
}

/**
 * Sources that can be put in one order. Those without any stamp come first, as what they tell of the host explains the others; then
 * those on the common clock and each further island, in the order of their first source.
 */
export function islandsOf(
  surveyed: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
): Surveyed[][] {
  const islands = new Map<string | undefined, Surveyed[]>([[undefined, []]]);
  for (const member of surveyed) {
    const name = clocks.get(member.source.id)?.island;
    const island = islands.get(name);
    if (island) island.push(member);
    else islands.set(name, [member]);
  }
  const isStamped = (island: readonly Surveyed[]) =>
    island.some(({ source }) => clocks.get(source.id)!.clock.kind !== "none");
  const filled = [...islands.values()].filter((island) => island.length > 0);
  return [...filled.filter((island) => !isStamped(island)), ...filled.filter(isStamped)];
}
