import type { FieldValue } from "../model/event.js";
import { documentOf } from "./document.js";
import { type ExportedEvent, unixNanos } from "./event.js";
import type { Handover } from "./handover.js";
import { json } from "./json.js";

/**
 * Logs in OTLP's JSON encoding (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): lines of `LogsData`, as the file
 * exporter writes and the Collector's `otlpjsonfile` receiver reads them. 64-bit integers are decimal strings; what has no time on the
 * common clock has no `timeUnixNano`, which means unknown.
 */
export async function* exportOtlp({ events, version }: Handover): AsyncGenerator<string> {
  for await (const batch of events) {
    if (batch.length === 0) continue;
    const resourceLogs = runsOf(batch).map((run) => ({
      resource: {
        attributes: [attribute("service.name", "hindcast"), attribute("log.file.path", run[0]!.source)],
      },
      scopeLogs: [{ scope: { name: "hindcast", version }, logRecords: run.map(logRecord) }],
    }));
    yield `${json({ resourceLogs })}\n`;
  }
}

/** Neighbours of one source: the order of the timeline stays. */
function runsOf(batch: readonly ExportedEvent[]): ExportedEvent[][] {
  const runs: ExportedEvent[][] = [];
  for (const event of batch) {
    const run = runs.at(-1);
    if (run?.at(-1)?.source === event.source) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

/** Levels in the words of loggers, as OpenTelemetry's data model maps those of syslog and others (appendix B). */
const SEVERITIES: Readonly<Record<string, number>> = {
  trace: 1,
  finest: 1,
  debug: 5,
  finer: 5,
  fine: 6,
  config: 7,
  info: 9,
  information: 9,
  informational: 9,
  notice: 10,
  warn: 13,
  warning: 13,
  err: 17,
  error: 17,
  severe: 17,
  crit: 18,
  critical: 18,
  alert: 19,
  panic: 19,
  emerg: 21,
  emergency: 21,
  fatal: 21,
};

/** What a record has places for; all else are attributes. */
const OWN_PLACES: ReadonlySet<string> = new Set(["@timestamp", "message", "log.file.path"]);

function logRecord(event: ExportedEvent) {
  const document = documentOf(event);
  const nanos = unixNanos(event.time, event.ns);
  const level = event.fields["log.level"];
  const severity = typeof level === "string" ? SEVERITIES[level.toLowerCase()] : undefined;
  const message = document.find(([name]) => name === "message")![1];
  return {
    ...(nanos !== undefined && { timeUnixNano: nanos, observedTimeUnixNano: nanos }),
    ...(severity !== undefined && { severityNumber: severity }),
    ...(typeof level === "string" && { severityText: level }),
    ...(event.action !== "" && { eventName: event.action }),
    body: anyValue(message),
    attributes: document
      .filter(([name]) => !OWN_PLACES.has(name))
      .map(([name, value]) => attribute(name, value)),
  };
}

const attribute = (key: string, value: FieldValue) => ({ key, value: anyValue(value) });

function anyValue(value: FieldValue): Readonly<Record<string, unknown>> {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value !== "number") return { arrayValue: { values: value.map(anyValue) } };
  if (Number.isSafeInteger(value)) return { intValue: String(value) };
  // Protocol buffers' JSON has words for what JSON has no numbers for.
  return { doubleValue: Number.isFinite(value) ? value : String(value) };
}
