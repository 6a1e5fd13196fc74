import { chosenFindings } from "../../export/chosen-findings.js";
import { FORMATS, type FormatName, type FormatSpec } from "../../export/formats.js";
import type { Handover, Piece } from "../../export/handover.js";
import { type Choice, type ChoiceOptions, choiceOf } from "../../report/choice.js";
import type { Study } from "../../report/study.js";
import { analyze } from "../analyze.js";
import type { AnalyzeOptions } from "../analyze-options.js";
import { counting, type ExportAccount, newAccount } from "./account.js";
import { Citations } from "./citations.js";
import { exportedEvents, type Mask } from "./events.js";
import { exportPackets } from "./packets.js";
import { columnsFor, spooled } from "./spool.js";

export interface ExportOptions extends AnalyzeOptions, ChoiceOptions {
  /** `pcap`: the packets that findings cite. */
  format: FormatName | "pcap";
  /** Of tables: these columns, in this order. */
  columns?: readonly string[] | undefined;
  /** Leave the findings out, and spare the analysis. */
  noFindings?: boolean | undefined;
  /** What the names of Elasticsearch's indices begin with. */
  index: string;
  /** Sees every event, and what was found, before any format does. */
  mask?: Mask | undefined;
}

/** Bytes of packets leave as they are. */
export class CannotMask extends Error {}

/**
 * Writes evidence in another tool's format, piece by piece: every event that the choice takes, and what was found where the format has
 * a place for it.
 *
 * @returns how it went, when all pieces are taken
 * @throws CannotMask when packets are to be masked
 */
export async function* exportEvidence(
  paths: readonly string[],
  options: ExportOptions,
): AsyncGenerator<Piece, ExportAccount> {
  const { format, columns, noFindings, index, mask, source, action, grep, ...rest } = options;
  const choice = choiceOf({ source, action, grep });
  if (format === "pcap") {
    if (mask)
      throw new CannotMask(
        "packets are exported byte for byte, and cannot be masked on the way: mask the captures first",
      );
    return yield* exportPackets(paths, rest, (report) => chosenFindings(report, choice));
  }
  const spec: FormatSpec = FORMATS[format];
  const wantsFindings = spec.findings === "only" || (spec.findings === true && !noFindings);
  const passes = Number(wantsFindings) + Number(spec.events === true);
  const analysis: AnalyzeOptions = {
    ...rest,
    progress: rest.progress && ((bytes, total) => rest.progress!(bytes, total * passes)),
  };
  const found = wantsFindings ? await findings(paths, analysis, choice, spec) : undefined;
  const shown = found && mask ? mask(found) : found;
  const account = newAccount();
  const citations = new Citations(found?.report);
  const events = exportedEvents(paths, { ...analysis, choice, citations, mask }, account);
  const handover: Handover = {
    events,
    report: shown?.report,
    picture: shown?.picture,
    leaveOut: counting(account),
    version: options.version,
  };
  const exporter = await spec.load({ index, rules: options.rules });
  if (spec.table) {
    const spool = await spooled(events, options.tmp);
    try {
      yield* exporter({ ...handover, events: spool.events(), columns: columnsFor(spool, columns) });
    } finally {
      spool.close();
    }
    return account;
  }
  yield* exporter(handover);
  if (!spec.events && found) {
    for (const { records } of found.report.sources) account.records += records;
    account.problems.push(...found.report.problems);
  }
  return account;
}

type Found = Pick<Study, "report"> & Partial<Pick<Study, "picture">>;

/** What was found that the choice takes, and for formats that draw how it looked over time. */
async function findings(
  paths: readonly string[],
  options: AnalyzeOptions,
  choice: Choice,
  { draws }: FormatSpec,
): Promise<Found> {
  if (!draws) return { report: chosenFindings(await analyze(paths, options), choice) };
  const { report, picture } = await (await import("../study/study.js")).study(paths, options);
  // A transaction is chosen by its kind and its label: it has no record of its own.
  const bars = picture.bars.filter(
    ({ source, action, label }) => choice.source(source) && choice.record({ action, text: label }),
  );
  const totals = { ...picture.totals, bars: picture.totals.bars - (picture.bars.length - bars.length) };
  return { report: chosenFindings(report, choice), picture: { ...picture, bars, totals } };
}
