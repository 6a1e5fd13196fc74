import { inferClocks } from "../clock/infer.js";
import type { Inferred } from "../clock/inferred.js";
import { type Diagnosis, diagnose } from "../diagnosis/index.js";
import type { RecordRef } from "../model/event.js";
import type { Missing, SuppressedFinding } from "../model/finding.js";
import type { Problem, Source } from "../model/source.js";
import { guessedClocks } from "./align/guessed.js";
import { aligned } from "./align/index.js";
import type { AnalyzeOptions } from "./analyze-options.js";
import { type AskedFields, askedFields } from "./asked-fields.js";
import { begunInTime } from "./begun.js";
import { contextOf, defaultJobs, type RunContext, stretchFor } from "./context.js";
import { archiveSources, type Evidence, type Found, findFiles } from "./found.js";
import { beginHashing, noteHashes } from "./hashes.js";
import { Helpers } from "./helpers.js";
import { hostNames } from "./host-names.js";
import { observations } from "./hosts.js";
import { islandsOf } from "./islands.js";
import { Judge } from "./judge.js";
import { packetPlan } from "./packets.js";
import { quotes } from "./quotes.js";
import { laneOf } from "./read.js";
import { seriesOf } from "./series.js";
import { UNTIMED } from "./stages.js";
import type { RunStats } from "./stats.js";
import { type Surveyed, survey, type Toolbox, toolboxOf } from "./survey.js";
import { HeldTexts } from "./texts.js";
import { CROWDED, collectGarbage } from "./tidy.js";
import { isTrace, tracePlan } from "./trace-plan.js";
import { setLane, traceSets } from "./trace-sets.js";
import { beginUnpacking } from "./unpacking.js";
import { wantedActions } from "./wanted.js";
import { noWork } from "./work.js";

/**
 * What the clocks of so many sources are put together by takes tens of megabytes, as a thread does that has begun: threads begin when it is done
 * with, and it is collected then. Of fewer sources they begin before.
 */
const CROWD = 128;

/** What the road led to, before it is written up. */
export interface Investigation {
  surveyed: Surveyed[];
  /** The grammars by which they were surveyed and read. */
  toolbox: Toolbox;
  /** What some of them were in. Their ids follow. */
  archives: Source[];
  clocks: ReadonlyMap<number, Inferred>;
  diagnosis: Diagnosis;
  /** Findings that were taken out before they were linked. */
  suppressed: readonly SuppressedFinding[];
  missing: Missing[];
  /** Paths that never became a source. */
  problems: Problem[];
}

/** Times and counts of an analysis while it runs. */
export type Watch = Pick<RunContext, "stages" | "work" | "texts">;

/**
 * The whole road: finds the evidence below `paths`, reads it, puts it in order, judges it and links what it found. Bad evidence is
 * reported in the result and never throws; only wrong options do.
 */
export function investigate(evidence: readonly Evidence[], options: AnalyzeOptions): Promise<Investigation> {
  return investigateAndQuote(evidence, options, async (investigation) => investigation);
}

/**
 * The same, and quotes records while they are at hand: what comes out of archives is gone when it returns.
 * @param use makes the result; its `quote` reads the texts of records again, as {@link quotes} gives them
 */
export async function investigateAndQuote<T>(
  evidence: readonly Evidence[],
  options: AnalyzeOptions,
  use: (
    investigation: Investigation,
    quote: (cited: Iterable<RecordRef>) => ReturnType<typeof quotes>,
  ) => Promise<T>,
): Promise<T> {
  const found = await findFiles(evidence, options.tmp, options.signal);
  const texts = new HeldTexts();
  try {
    const investigation = await investigateFound(
      found,
      options,
      { stages: UNTIMED, work: noWork(), texts },
      () => {},
    );
    return await use(investigation, (cited) => quotes(investigation.surveyed, cited, texts));
  } finally {
    found.close();
  }
}

/**
 * Investigates what was found.
 * @param done is told how threads were used
 */
export async function investigateFound(
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
  // Who looks on may look at everything.
  const isAlone = options.onlooker === undefined && options.onMatch === undefined;
  let asked: AskedFields | undefined;
  const fields = () => (prefilter && isAlone ? (asked ??= askedFields(options.rules)) : undefined);
  const cache =
    options.cache &&
    (await import("./cache/open.js")).openCache(options.cache, {
      grammars,
      parts: { grammarFiles, wanted, prefilter, fields: fields() },
      files,
      digest: (file) => hasher.digest(file),
    });
  const hasher = beginHashing([...files, ...archives], jobs);
  let helpers: Helpers | undefined;
  let endUnpacking: (() => Promise<void>) | undefined;
  try {
    endUnpacking = await beginUnpacking(files);
    stages.enter("survey");
    const toolbox = toolboxOf(options.grammars);
    const surveyed: Surveyed[] = [];
    for (const [id, file] of files.entries()) {
      options.signal?.throwIfAborted();
      surveyed.push(await survey(file, id, toolbox));
    }
    const kit = { toolbox, wanted, prefilter };
    const sparing = { ...kit, fields: surveyed.some(({ kind }) => kind === "text") ? fields() : undefined };
    helpers = Helpers.of(
      { jobs, sources: surveyed, grammars, grammarFiles, tuning, busy: () => hasher.secondsLeft },
      { wanted, prefilter, fields: sparing.fields },
    );
    const isCrowd = surveyed.length >= CROWD;
    if (!isCrowd) await helpers?.begin();
    stages.enter("clocks");
    const clocks = inferClocks(observations(surveyed, found.links), options);
    if (isCrowd) surveyed.forEach((await import("./put-away.js")).putAway);
    const disagreements = await aligned(surveyed, clocks, kit, options);

    await helpers?.begin();
    stages.enter("merge");
    const context = contextOf(sparing, {
      pool: helpers?.threads,
      patient: tuning.patient,
      shareable: (read) => helpers?.took(read),
      stretchBytes: tuning.stretchBytes ?? stretchFor(surveyed.length),
      tidiness: isCrowd ? CROWDED : undefined,
      spill: { dir: options.tmp },
      work,
      stages,
      cache,
      texts,
      milestones: options.milestones,
      signal: options.signal,
      progress: options.progress && ((read: number) => options.progress!(read, bytes)),
    });
    helpers?.lend(context.executor);
    const judge = new Judge(
      options.rules,
      options,
      stages,
      work,
      hostNames(surveyed),
      seriesOf(surveyed.map(({ source }) => source)),
    );
    for (const event of disagreements) judge.push(event);
    for (const event of await guessedClocks(surveyed, clocks, options)) judge.push(event);
    const hasPackets = surveyed.some(({ kind }) => kind === "packets");
    const packets = prefilter && hasPackets ? packetPlan(options.rules, wanted) : undefined;
    const isSettled = prefilter && isAlone && wanted !== undefined && surveyed.some(isTrace);
    const traces = isSettled ? tracePlan(options.rules) : undefined;
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
      const batches = begunInTime(lanes, sources, clocks, context);
      // Their clocks and beginnings are known: of hundreds of files these are half of what is remembered.
      for (const member of island) member.samples = [];
      if (island.length >= CROWD) collectGarbage();
      await judge.island(island, batches, packets, traces);
    }
    options.signal?.throwIfAborted();
    stages.enter("diagnosis");
    const { findings: all, missing, notes } = judge.end();
    const reviewed = options.review?.(all) ?? { findings: all, problems: [] };
    const { findings, suppressed = [], problems: told } = reviewed;
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
      readers: helpers?.done ?? { threads: 0, seconds: 0 },
      hashing: { seconds: hasher.seconds, bytes: hasher.bytes },
    });
    return { surveyed, toolbox, archives: opened, clocks, diagnosis, suppressed, missing, problems };
  } finally {
    await Promise.all([hasher.close(), helpers?.close(), endUnpacking?.()]);
  }
}
