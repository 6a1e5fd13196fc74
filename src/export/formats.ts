import type { Exporter } from "./handover.js";
import type { RuleText } from "./sarif/rule.js";

/** What a format takes of what there is, and how it is loaded. */
export interface FormatSpec {
  /** In a few words, for the help. */
  title: string;
  /** How the names of its files end. */
  extension: string;
  /** Bytes that no terminal may be given. */
  isBinary?: true;
  /** It holds events. */
  events?: true;
  /** It is a table: its columns must be known before the first row. */
  table?: true;
  /** It has a place for findings; `only`: and for nothing else. */
  findings?: true | "only";
  /** It draws: it takes the study beside the report. */
  draws?: true;
  load(settings: Settings): Promise<Exporter>;
}

export interface Settings {
  /** What the names of Elasticsearch's indices begin with. */
  index: string;
  /** The rules that findings are of. */
  rules: readonly RuleText[];
}

/** All formats that are made of events and findings, by the name that `--to` takes. */
export const FORMATS = {
  ecs: {
    title: "NDJSON for Elasticsearch's _bulk, with the field names of the Elastic Common Schema",
    extension: "ndjson",
    events: true,
    findings: true,
    load: async ({ index }) => (await import("./ecs/export.js")).exportEcs(index),
  },
  timesketch: {
    title: "JSON lines for Timesketch",
    extension: "jsonl",
    events: true,
    findings: true,
    load: async () => (await import("./timesketch.js")).exportTimesketch,
  },
  "timesketch-csv": {
    title: "the same as CSV",
    extension: "csv",
    events: true,
    table: true,
    findings: true,
    load: async () => (await import("./timesketch.js")).exportTimesketchCsv,
  },
  perfetto: {
    title: "a trace for the Perfetto UI: transactions, events, findings and their causes over time",
    extension: "json",
    events: true,
    findings: true,
    draws: true,
    load: async () => (await import("./perfetto/export.js")).exportPerfetto,
  },
  otlp: {
    title: "OpenTelemetry logs, OTLP's JSON in lines",
    extension: "jsonl",
    events: true,
    load: async () => (await import("./otlp.js")).exportOtlp,
  },
  csv: {
    title: "a table of all events, safe to open in a spreadsheet",
    extension: "csv",
    events: true,
    table: true,
    load: async () => (await import("./csv.js")).exportCsv,
  },
  parquet: {
    title: "the same as Apache Parquet, with typed columns",
    extension: "parquet",
    isBinary: true,
    events: true,
    table: true,
    load: async () => (await import("./parquet.js")).exportParquet,
  },
  sarif: {
    title: "findings as SARIF 2.1.0, for what shows results of code analysis",
    extension: "sarif",
    findings: "only",
    load: async ({ rules }) => (await import("./sarif/export.js")).exportSarif(rules),
  },
} satisfies Record<string, FormatSpec>;

export type FormatName = keyof typeof FORMATS;
