import { chosenFindings } from "../../export/chosen-findings.js";
import { FORMATS, type FormatName, type FormatSpec } from "../../export/formats.js";
import type { Handover, Piece } from "../../export/handover.js";
import type { Problem } from "../../model/source.js";
import { type Choice, type ChoiceOptions, choiceOf } from "../../report/choice.js";
import type { Report } from "../../report/contract.js";
import { type AnalyzeOptions, analyze } from "../analyze.js";
import { Citations } from "./citations.js";
import { exportedEvents, type Mask, type ReadAccount } from "./events.js";
import { columnsFor, spooled } from "./spool.js";

export interface ExportOptions extends AnalyzeOptions, ChoiceOptions {
  format: FormatName;
  /** Of tables: these columns, in this order. */
  columns?: readonly string[] | undefined;
  /** Leave the findings out, and spare the analysis. */
  noFindings?: boolean | undefined;
  /** What the names of Elasticsearch's indices begin with. */
  index: string;
  /** Sees every event and the report before any format does. */
  mask?: Mask | undefined;
}

/** How it went. */
export interface ExportAccount {
  /** Records that were read, chosen or not. */
  records: number;
  /** Events that the format could not hold, by the reason. */
  leftOut: Map<string, number>;
  problems: Problem[];
}

/**
 * Writes evidence in another tool's format, piece by piece: every event that the choice takes, and what was found where the format has
 * a place for it.
 *
 * @returns how it went, when all pieces are taken
 */
export async function* exportEvidence(
  paths: readonly string[],
  options: ExportOptions,
): AsyncGenerator<Piece, ExportAccount> {
  const { format, columns, noFindings, index, mask, source, action, grep, ...rest } = options;
  const spec: FormatSpec = FORMATS[format];
  const choice = choiceOf({ source, action, grep });
  const wantsFindings = spec.findings === "only" || (spec.findings === true && !noFindings);
  const passes = Number(wantsFindings) + Number(spec.events === true);
  const analysis: AnalyzeOptions = {
    ...rest,
    progress: rest.progress && ((bytes, total) => rest.progress!(bytes, total * passes)),
  };
  const found = wantsFindings ? await findings(paths, analysis, choice) : undefined;
  const account: ExportAccount = { records: 0, leftOut: new Map(), problems: [] };
  const read: ReadAccount = account;
  const stream = exportedEvents(paths, { ...analysis, choice, citations: new Citations(found), mask }, read);
  const handover: Handover = {
    events: stream,
    report: found && mask ? mask(found) : found,
    leaveOut: (_, reason) => account.leftOut.set(reason, (account.leftOut.get(reason) ?? 0) + 1),
    version: options.version,
  };
  const exporter = await spec.load({ index, rules: options.rules });
  if (!spec.events) {
    yield* exporter(handover);
    for (const { records } of found?.sources ?? []) account.records += records;
    account.problems.push(...(found?.problems ?? []));
    return account;
  }
  if (!spec.table) {
    yield* exporter(handover);
    return account;
  }
  const spool = await spooled(stream, options.tmp);
  try {
    yield* exporter({ ...handover, events: spool.events(), columns: columnsFor(spool, columns) });
  } finally {
    spool.close();
  }
  return account;
}

async function findings(paths: readonly string[], options: AnalyzeOptions, choice: Choice): Promise<Report> {
  return chosenFindings(await analyze(paths, options), choice);
}
