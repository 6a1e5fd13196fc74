import { type ClockOptions, inferClocks } from "../clock/infer.js";
import type { Inferred } from "../clock/inferred.js";
import { type Diagnosis, diagnose } from "../diagnosis/index.js";
import type { GrammarFile } from "../grammar/file.js";
import type { Grammar } from "../grammar/types.js";
import type { RecordRef } from "../model/event.js";
import type { Finding, Missing } from "../model/finding.js";
import type { Problem, Source } from "../model/source.js";
import { provenBy } from "../report/clock-report.js";
import { buildReport, type Report } from "../report/document.js";
import type { EngineOptions } from "../rules/engine.js";
import type { Onlooker } from "../rules/explain/watched-engine.js";
import type { Rule } from "../rules/rule.js";
import { guessedClocks } from "./align/guessed.js";
import { aligned } from "./align/index.js";
import { begunInTime } from "./begun.js";
import type { CacheOptions } from "./cache/store.js";
import { contextOf, defaultJobs, type RunContext, stretchFor } from "./context.js";
import { archiveSources, type Found, findFiles } from "./found.js";
import { beginHashing, noteHashes } from "./hashes.js";
import { startHelpers, type Tuning } from "./helpers.js";
import { hostNames } from "./host-names.js";
import { observations } from "./hosts.js";
import { islandsOf } from "./islands.js";
import { Judge, type Window } from "./judge.js";
import { packetPlan } from "./packets.js";
import { quotes } from "./quotes.js";
import { laneOf } from "./read.js";
import { type StageClock, Stopwatch, UNTIMED } from "./stages.js";
import type { RunStats } from "./stats.js";
import { type Surveyed, survey, toolboxOf } from "./survey.js";
import { HeldTexts } from "./texts.js";
import { setLane, traceSets } from "./trace-sets.js";
import { wantedActions } from "./wanted.js";
import { noWork } from "./work.js";

/** What an analysis takes. Everything that is not given has a sensible default. Only what happened in the window is judged; what could not be placed is kept. */
export interface AnalyzeOptions extends ClockOptions, Window {
  grammars: readonly Grammar[];
  rules: readonly Rule[];
  /** The program's version, for the report. */
  version: string;
  /** Off: every record is decoded. The report is the same, only later. */
  prefilter?: boolean | undefined;
  /** Threads that read evidence, the calling one among them. The report is the same with any number. */
  jobs?: number | undefined;
  /** The texts of those of `grammars` that are not built in. Without them other threads can't help. */
  grammarFiles?: readonly GrammarFile[] | undefined;
  tuning?: Tuning | undefined;
  /** A folder for temporary files; default: the system's. */
  tmp?: string | undefined;
  /** Where what is read is kept from one analysis to the next; default: nowhere. The report is the same. */
  cache?: CacheOptions | undefined;
  /** Bytes read since the last call. */
  progress?: ((bytes: number, total: number) => void) | undefined;
  /** Is told how it went, when all is done. */
  stats?: ((stats: RunStats) => void) | undefined;
  /** Is told each match of the rules' queries. */
  onMatch?: EngineOptions["onMatch"];
  /** Takes findings out before they are linked, and says what the report must tell of it. */
  review?: ((findings: Finding[]) => { findings: Finding[]; problems: Problem[] }) | undefined;
  /** Sees every event that is judged. To have it see all, turn the prefilter off. */
  onlooker?: Onlooker | undefined;
}

/** What the road led to, before it is written up. */
export interface Investigation {
  surveyed: Surveyed[];
  /** What some of them were in. Their ids follow. */
  archives: Source[];
  clocks: ReadonlyMap<number, Inferred>;
  diagnosis: Diagnosis;
  missing: Missing[];
  /** Paths that never became a source. */
  problems: Problem[];
}

/** Times and counts of an analysis while it runs. */
type Watch = Pick<RunContext, "stages" | "work" | "texts">;

/**
 * The whole road: finds the evidence below `paths`, reads it, puts it in order, judges it and links what it found. Bad evidence is
 * reported in the result and never throws; only wrong options do.
 */
export function investigate(paths: readonly string[], options: AnalyzeOptions): Promise<Investigation> {
  return investigateAndQuote(paths, options, async (investigation) => investigation);
}

/**
 * The same, and quotes records while they are at hand: what comes out of archives is gone when it returns.
 * @param use makes the result; its `quote` reads the texts of records again, as {@link quotes} gives them
 */
export async function investigateAndQuote<T>(
  paths: readonly string[],
  options: AnalyzeOptions,
  use: (
    investigation: Investigation,
    quote: (cited: Iterable<RecordRef>) => ReturnType<typeof quotes>,
  ) => Promise<T>,
): Promise<T> {
  const found = await findFiles(paths, options.tmp);
  const texts = new HeldTexts();
  try {
    const investigation = await watched(found, options, { stages: UNTIMED, work: noWork(), texts }, () => {});
    return await use(investigation, (cited) => quotes(investigation.surveyed, cited, texts));
  } finally {
    found.close();
  }
}

async function watched(
  found: Found,
  options: AnalyzeOptions,
  { stages, work, texts }: Watch,
  done: (stats: Pick<RunStats, "readers" | "hashing">) => void,
): Promise<Investigation> {
  const { files, archives, problems } = found;
  const jobs = options.jobs ?? defaultJobs();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const { grammars, grammarFiles = [], tuning = {} } = options;
  const wanted = wantedActions(options.rules);
  const prefilter = options.prefilter !== false;
  const cache =
    options.cache &&
    (await import("./cache/open.js")).openCache(options.cache, {
      grammars,
      parts: { grammarFiles, wanted, prefilter },
      files,
      digest: (file) => hasher.digest(file),
    });
  const hasher = beginHashing([...files, ...archives], jobs);
  let pool: Awaited<ReturnType<typeof startHelpers>>;
  try {
    stages.enter("survey");
    const toolbox = toolboxOf(options.grammars);
    const surveyed: Surveyed[] = [];
    for (const [id, file] of files.entries()) surveyed.push(await survey(file, id, toolbox));
    pool = await startHelpers(
      { jobs, sources: surveyed, grammars, grammarFiles, tuning },
      { wanted, prefilter },
    );
    stages.enter("clocks");
    const clocks = inferClocks(observations(surveyed, found.links), options);
    const kit = { toolbox, wanted, prefilter };
    const disagreements = await aligned(surveyed, clocks, kit, options);

    stages.enter("merge");
    const context = contextOf(kit, {
      pool,
      stretchBytes: tuning.stretchBytes ?? stretchFor(surveyed.length),
      spill: { dir: options.tmp },
      work,
      stages,
      cache,
      texts,
      progress: options.progress && ((read: number) => options.progress!(read, bytes)),
    });
    const judge = new Judge(options.rules, options, stages, work, hostNames(surveyed));
    for (const event of disagreements) judge.push(event);
    for (const event of await guessedClocks(surveyed, clocks, options)) judge.push(event);
    const hasPackets = surveyed.some(({ kind }) => kind === "packets");
    const packets = prefilter && hasPackets ? packetPlan(options.rules, wanted) : undefined;
    for (const island of islandsOf(surveyed, clocks)) {
      const sets = traceSets(island, clocks);
      // The first file of a set stands for it.
      const sources = island.filter((member) => !sets.some((set) => set.indexOf(member) > 0));
      const lanes = sources.map((member) => {
        const set = sets.find(([first]) => first === member);
        return set
          ? setLane(set, clocks, context)
          : laneOf(member, { clock: clocks.get(member.source.id)!, context }, packets);
      });
      await judge.island(island, begunInTime(lanes, sources, clocks, context), packets);
    }
    stages.enter("diagnosis");
    const { findings: all, missing, notes } = judge.end();
    const { findings, problems: told } = options.review?.(all) ?? { findings: all, problems: [] };
    problems.push(...told);
    work.findings = findings.length;
    for (const { source } of surveyed) {
      const { clock } = clocks.get(source.id)!;
      source.clock = clock.id;
      source.stamp = clock.kind;
    }
    for (const message of notes) problems.push({ path: "", message, severity: "warning" });
    const diagnosis = diagnose(findings, options.rules);
    stages.enter("hash");
    const opened = archiveSources(archives, surveyed.length);
    await noteHashes([...surveyed, ...opened.map((source, i) => ({ source, file: archives[i]! }))], hasher);
    await cache?.close();
    done({
      readers: { threads: pool?.threads ?? 0, seconds: pool?.seconds ?? 0 },
      hashing: { seconds: hasher.seconds, bytes: hasher.bytes },
    });
    return { surveyed, archives: opened, clocks, diagnosis, missing, problems };
  } finally {
    await Promise.all([hasher.close(), pool?.close()]);
  }
}

/** Investigates and writes the report: the JSON contract, from which every other form is printed. */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<Report> {
  const watch = options.stats && new Stopwatch();
  const stages = watch ?? UNTIMED;
  stages.enter("walk");
  const found = await findFiles(paths, options.tmp);
  try {
    return await reported(found, options, stages, watch);
  } finally {
    found.close();
  }
}

async function reported(
  found: Found,
  options: AnalyzeOptions,
  stages: StageClock,
  watch: Stopwatch | undefined,
): Promise<Report> {
  const work = noWork();
  const texts = new HeldTexts();
  let threads: Pick<RunStats, "readers" | "hashing"> | undefined;
  const { surveyed, archives, clocks, diagnosis, missing, problems } = await watched(
    found,
    options,
    { stages, work, texts },
    (told) => {
      threads = told;
    },
  );
  stages.enter("report");
  const shownClocks = [...new Set([...clocks.values()].map(({ clock }) => clock))];
  const cited = [...diagnosis.findings.flatMap(({ evidence }) => evidence), ...provenBy(shownClocks)];
  const report = buildReport({
    version: options.version,
    sources: [...surveyed.map(({ source }) => source), ...archives],
    findings: diagnosis.findings,
    rootCauses: diagnosis.rootCauses,
    stories: diagnosis.stories,
    clocks: shownClocks,
    aligned: options.align !== false,
    missing,
    problems,
    texts: await quotes(surveyed, cited, texts),
  });
  if (watch)
    options.stats!({
      work,
      wall: performance.now() / 1000,
      stages: watch.seconds,
      ...threads!,
      peakMemory: process.resourceUsage().maxRSS * 1024,
    });
  return report;
}
