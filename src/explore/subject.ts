import { Clockface } from "../report/clockface.js";
import type { ReportEvidence, ReportFinding, ReportSource } from "../report/contract.js";
import { withoutFolder } from "../report/folder.js";
import type { Context, Study } from "../report/study.js";
import { micros, type Time, type When } from "../report/times.js";
import { placeOf } from "../report/view.js";

/** A study as it is looked at: with short paths, and with what is looked up in it at hand. */
export interface Subject {
  study: Study;
  /** The folder that all paths lie in; they are shown without it. */
  folder: string;
  clock: Clockface;
  findings: ReadonlyMap<string, ReportFinding>;
  /** What findings led to, by their ids. */
  effects: ReadonlyMap<string, readonly string[]>;
  sources: ReadonlyMap<string, ReportSource>;
  /** Cited records by their place, `syslog:12`. */
  records: ReadonlyMap<string, ReportEvidence>;
  contexts: ReadonlyMap<string, Context>;
}

/** Gets a study ready to be looked at. */
export function subjectOf(whole: Study): Subject {
  const { folder, report } = withoutFolder(whole.report);
  const study = shortened(whole, folder, report);
  const effects = new Map<string, string[]>();
  for (const { id, causedBy } of report.findings)
    for (const cause of causedBy) effects.set(cause, [...(effects.get(cause) ?? []), id]);
  return {
    study,
    folder,
    clock: new Clockface(report),
    findings: new Map(report.findings.map((finding) => [finding.id, finding])),
    effects,
    sources: new Map(report.sources.map((source) => [source.path, source])),
    records: recordsOf(report.findings),
    contexts: new Map(study.contexts.map((context) => [placeOf(context), context])),
  };
}

/** Of records that are cited in more than one way, the one whose time is known. */
function recordsOf(findings: readonly ReportFinding[]): Map<string, ReportEvidence> {
  const records = new Map<string, ReportEvidence>();
  for (const record of findings.flatMap(({ evidence }) => evidence)) {
    const place = placeOf(record);
    if ((records.get(place)?.time ?? null) === null) records.set(place, record);
  }
  return records;
}

function shortened(whole: Study, folder: string, report: Study["report"]): Study {
  if (folder === "") return whole;
  const short = <T extends { source: string }>(item: T): T =>
    item.source.startsWith(folder) ? { ...item, source: item.source.slice(folder.length) } : item;
  const { picture, ladders, contexts } = whole;
  return {
    ...whole,
    report,
    picture: {
      ...picture,
      densities: picture.densities.map(short),
      bars: picture.bars.map(short),
      marks: picture.marks.map(short),
    },
    ladders: ladders.map((ladder) => ({ ...ladder, packets: ladder.packets.map(short) })),
    contexts: contexts.map(short),
  };
}

/** µs after the picture's origin of a report's time; NaN where either is unknown. */
export function offsetOf({ study }: Subject, time: Time | null): number {
  const { origin } = study.picture;
  if (origin === null || time === null) return Number.NaN;
  return micros(time) - origin + Number(time.slice(26, 29)) / 1000;
}

/** Both ends of a time, µs after the picture's origin. */
export function spanOf(subject: Subject, time: When): [earliest: number, latest: number] {
  if (time === null || typeof time === "string") {
    const at = offsetOf(subject, time);
    return [at, at];
  }
  return [offsetOf(subject, time.earliest), offsetOf(subject, time.latest)];
}
