import type { Report, ReportFinding } from "../report/contract.js";
import { bounds } from "../report/times.js";
import type { Column } from "./columns.js";
import { csvRow } from "./csv.js";
import { type Document, documentOf } from "./document.js";
import { type ExportedEvent, isDated, timesOf } from "./event.js";
import type { Handover } from "./handover.js";
import { jsonDocument } from "./json.js";

/**
 * Timelines for Timesketch (https://timesketch.org/guides/user/import-from-json-csv/): `message`, `datetime` (ISO 8601) and
 * `timestamp_desc` are required, `timestamp` is the same in µs, `tag` shows as labels. Events carry the findings that cite them as
 * tags; findings are events of their own, at the beginning. What has no time Timesketch does not take.
 */

/** What a stamp is the time of, in the words of Timesketch's and Plaso's own timelines. */
const DESCRIPTIONS = { start: "Start Time", end: "End Time", moment: "Event Time" } as const;

const NO_TIME = "it has no time on the common clock";

/** `2026-11-22T03:52:37.526690+00:00`. */
const isoDate = (rfc3339: string) => rfc3339.replace(/(\.\d{6})\d*Z$/, "$1+00:00");

/** What Timesketch asks of every event, in front of the other fields. */
function head(message: string, time: string, us: number, description: string, tags: string[]): Document {
  return [
    ["hindcast.time", time],
    ["message", message],
    ["datetime", isoDate(time)],
    ["timestamp_desc", description],
    ["timestamp", Math.floor(us)],
    ["tag", tags],
  ];
}

/** `undefined` for an event without a time. */
export function timesketchEvent(event: ExportedEvent): Document | undefined {
  const { time } = timesOf(event);
  if (time === undefined || !isDated(event)) return undefined;
  const rest = documentOf(event);
  const message = String(rest.find(([name]) => name === "message")![1]);
  const tags = event.findingIds.map((id) => `finding:${id}`);
  return [
    ...head(message, time, event.time, DESCRIPTIONS[event.standsFor ?? "moment"], tags),
    ...rest.filter(([name]) => name !== "message" && name !== "@timestamp"),
  ];
}

/** `undefined` for a finding without a time. */
export function timesketchFinding(finding: ReportFinding, report: Report): Document | undefined {
  const { id, rule, severity, title, summary, confidence, from, to, causedBy } = finding;
  const [us] = bounds(from);
  const time = typeof from === "string" ? from : from?.earliest;
  if (time === undefined || Number.isNaN(us)) return undefined;
  const isRoot = report.rootCauses.includes(id);
  const tags = ["finding", `finding:${id}`, `severity:${severity}`, ...(isRoot ? ["root-cause"] : [])];
  const document = head(`${title}: ${summary}`, time, us, `Finding (${severity})`, tags);
  document.push(["hindcast.finding.id", id], ["hindcast.finding.rule", rule]);
  document.push(["hindcast.finding.confidence", confidence]);
  if (to !== null) document.push(["hindcast.finding.to", to]);
  if (causedBy.length > 0) document.push(["hindcast.finding.caused_by", causedBy]);
  return document;
}

async function* documents({ events, report, leaveOut }: Handover): AsyncGenerator<Document[]> {
  if (report) {
    const found = report.findings.map((finding) => timesketchFinding(finding, report));
    const dated = found.filter((document) => document !== undefined);
    if (dated.length < found.length) leaveOut("finding", NO_TIME, found.length - dated.length);
    yield dated;
  }
  for await (const batch of events) {
    const some: Document[] = [];
    for (const event of batch) {
      const document = timesketchEvent(event);
      if (document) some.push(document);
      else leaveOut("record", NO_TIME);
    }
    yield some;
  }
}

/** As JSON lines. */
export async function* exportTimesketch(handover: Handover): AsyncGenerator<string> {
  for await (const some of documents(handover))
    yield some.map((document) => `${jsonDocument(document)}\n`).join("");
}

const FIRST_COLUMNS = ["hindcast.time", "message", "datetime", "timestamp_desc", "timestamp", "tag"];
const FINDING_COLUMNS = ["rule", "confidence", "to", "caused_by"].map((name) => `hindcast.finding.${name}`);

/** The columns of the table: those that Timesketch knows, then those of the events, then those of findings. */
function tableColumns({ columns = [], report }: Handover): Column[] {
  const own = columns.filter(({ name }) => name !== "message" && name !== "@timestamp");
  const names = [...FIRST_COLUMNS, ...own.map(({ name }) => name), ...(report ? FINDING_COLUMNS : [])];
  if (report && !names.includes("hindcast.finding.id")) names.push("hindcast.finding.id");
  return names.map((name) => ({ name, kind: "text" }));
}

/** As CSV. Tags are a list in JSON, as Timesketch reads them. */
export async function* exportTimesketchCsv(handover: Handover): AsyncGenerator<string> {
  const columns = tableColumns(handover);
  yield `${columns.map(({ name }) => name).join(",")}\r\n`;
  for await (const some of documents(handover))
    yield some
      .map((document) =>
        csvRow(
          document.map(([name, value]) => (name === "tag" ? [name, JSON.stringify(value)] : [name, value])),
          columns,
        ),
      )
      .join("");
}
