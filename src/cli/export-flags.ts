import { type Command, InvalidArgumentError, Option } from "commander";
import type { EvidenceFlags } from "./inputs.js";

/** The formats of `--to`; what each of them is made of stands in src/export/formats.ts. */
export const EXPORT_FORMATS = [
  "ecs",
  "timesketch",
  "timesketch-csv",
  "perfetto",
  "otlp",
  "csv",
  "parquet",
  "sarif",
  "pcap",
] as const;

export interface ExportFlags extends EvidenceFlags {
  to: (typeof EXPORT_FORMATS)[number];
  grep?: string[];
  source?: string[];
  action?: string[];
  columns?: string[];
  index: string;
  template?: boolean;
  findings: boolean;
  rules?: string[];
  jobs?: number;
}

const EXAMPLES = `
Examples:
  hindcast export ./incident --to ecs -o incident.ndjson     then: curl --data-binary @incident.ndjson …/_bulk
  hindcast export --to ecs --template                        the index template that it needs
  hindcast export ./incident --to perfetto -o trace.json     open it in https://ui.perfetto.dev
  hindcast export ./incident --to csv --columns @timestamp,event.action,message --action 'dns.*'
  hindcast export ./incident --to pcap -o cited.pcapng       the packets that findings cite, byte for byte

docs/EXPORT.md tells what is in each format. Exit status: 0 exported; 2 wrong usage; 3 nothing could be read; 4 exported, but some of
the evidence could not be read.`;

const list = (value: string, before: string[] = []) => [...before, value];
const names = (value: string) => value.split(",").map((name) => name.trim());
const jobs = (value: string) => {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError("a number from 1 to 99 is needed.");
  return Number(value);
};
/** Elasticsearch's rules for the names of indices, as far as a prefix can break them. */
const index = (value: string) => {
  if (!/^[a-z0-9][a-z0-9_.-]{0,99}$/.test(value))
    throw new InvalidArgumentError("lower case letters, digits, _, . and - are allowed.");
  return value;
};

/** The arguments and options of `hindcast export`, beside those that all commands have that read evidence. */
export function exportOptions(command: Command): Command {
  return command
    .argument("[path...]", "files, folders or patterns; folders are read whole")
    .description("write events, findings or packets in another tool's format")
    .addOption(new Option("--to <format>", "the format").choices([...EXPORT_FORMATS]).makeOptionMandatory())
    .option("--grep <text>", "only records that contain this text (repeatable: any of them)", list)
    .option("--source <pattern>", "only sources whose path contains this (repeatable)", list)
    .option(
      "--action <pattern>",
      "only events of this kind, such as dns.query or registry.* (repeatable)",
      list,
    )
    .option("--columns <names>", "of csv, timesketch-csv and parquet: only these columns, with commas", names)
    .option("--no-findings", "of ecs, timesketch and perfetto: events alone, which spares the analysis")
    .option("--index <prefix>", "of ecs: what the names of the indices begin with", index, "hindcast")
    .option("--template", "of ecs: print the index template, and nothing else")
    .option("--rules <dir>", "add the rules of a folder (repeatable)", list)
    .option("--jobs <n>", "threads that read while findings are looked for", jobs)
    .addHelpText("after", EXAMPLES);
}
