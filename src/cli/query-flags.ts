import { type Command, InvalidArgumentError, Option } from "commander";
import type { EvidenceFlags } from "./inputs.js";

/** Flags of `hindcast query`; those of the events are named as in Elastic's EQL search API. */
export interface QueryFlags extends EvidenceFlags {
  format: "table" | "jsonl" | "json" | "csv" | "markdown";
  events?: string;
  timestampField: string;
  eventCategoryField: string;
  tiebreakerField?: string;
  fetchSize: number;
  size: number;
  resultPosition: "head" | "tail";
  maxSamplesPerKey: number;
  assumeComplete?: boolean;
  jobs?: number;
}

const EXAMPLES = `
Examples:
  hindcast query 'network where event.action == "dns.leg" and dns.outcome == "timeout"' ./incident
  hindcast query 'sequence by registry.host with maxspan=5s
    [any where event.action == "registry.v2_error"] [any where registry.version == "v1"]' ./incident -f json
  hindcast query 'any where true | count event.action' ./incident
  hindcast query 'process where process.name == "cmd.exe"' --events export.ndjson --timestamp-field ts

The language is Elastic's Event Query Language; docs/EQL.md says what of it is known.
Exit status: 0 asked, also when nothing matches; 2 wrong usage or a wrong query; 3 nothing could be read; 4 asked, but some of it could
not be read.`;

const number = (least: number, most: number) => (value: string) => {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < least || count > most)
    throw new InvalidArgumentError(`a number from ${least} to ${most} is needed.`);
  return count;
};

/** The arguments and options of `hindcast query`, beside those that all commands have that read evidence. */
export function queryOptions(command: Command): Command {
  return command
    .argument("<eql>", "the query")
    .argument("[path...]", "files, folders or patterns; folders are read whole")
    .description("ask a question in EQL, of evidence or of any events in JSON")
    .addOption(
      new Option("-f, --format <format>", "how to print it")
        .choices(["table", "jsonl", "json", "csv", "markdown"])
        .default("table"),
    )
    .option("--size <n>", "show at most so many matches", number(1, 100_000), 1_000)
    .addOption(
      new Option("--result-position <end>", "of more matches show the first or the last ones")
        .choices(["head", "tail"])
        .default("head"),
    )
    .option(
      "--max-samples-per-key <n>",
      "of a sample: tell so many for each value of its `by` fields",
      number(1, 1_000),
      1,
    )
    .option(
      "--events <file>",
      "ask JSON events in place of evidence: objects, one a line or in an array (-: standard input)",
    )
    .option("--timestamp-field <field>", "of --events: the field with the time", "@timestamp")
    .option("--event-category-field <field>", "of --events: the field with the category", "event.category")
    .option("--tiebreaker-field <field>", "of --events: what orders those of one time")
    .option(
      "--fetch-size <n>",
      "of --events: so many are held while they are put in order",
      number(2, 1_000_000),
      1_000,
    )
    .option(
      "--assume-complete",
      "of --events: what is not among them did not happen (as Elasticsearch takes it)",
    )
    .option("--jobs <n>", "threads that read evidence; the answer is the same with any number", number(1, 99))
    .addHelpText("after", EXAMPLES);
}
