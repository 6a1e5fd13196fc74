import fs from "node:fs";
import Table from "cli-table3";
import { decodedEnvelopes } from "../decode/envelopes.js";
import type { RawRecord } from "../decode/text/compose.js";
import { grammars as builtin } from "../grammar/generated.js";
import type { Grammar } from "../grammar/types.js";
import type { Fields } from "../model/event.js";
import { neutral } from "../report/neutral.js";
import { decodeBytes } from "../report/utf8.js";
import type { ExplainedRecord } from "../run/explain.js";
import { print, UsageError } from "./output.js";
import { filesOf } from "./own-files.js";
import { grammarsFor } from "./own-grammars.js";

const LAYERS: Record<Grammar["layer"], string> = {
  envelope: "Envelopes: how records are framed and stamped",
  body: "Bodies: the structure inside a message",
  message: "Messages: what the words mean",
  values: "Values: what nests",
};

/** `hindcast formats`: every grammar and decoder, by layer. */
export async function list(): Promise<void> {
  const table = new Table({
    style: { head: [], border: [], compact: true },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const layer of Object.keys(LAYERS) as Grammar["layer"][]) {
    const members = [...builtin, ...decodedEnvelopes].filter((grammar) => grammar.layer === layer);
    if (members.length === 0) continue;
    table.push([{ colSpan: 2, content: LAYERS[layer] }]);
    for (const { name, title, shapes } of members)
      table.push([`  ${name}`, `${title}${layer === "message" ? ` (${shapes.length} shapes)` : ""}`]);
  }
  table.push([{ colSpan: 2, content: "Decoders: binary evidence" }]);
  table.push(["  pcap", "packet captures of libpcap: Ethernet, Linux cooked v1 and v2, raw IP; µs and ns"]);
  table.push(["  pcapng", "packet captures of Wireshark and dumpcap"]);
  await print(
    `${table.toString()}\n\nhindcast formats explain FILE[:LINE] shows who reads a record, and how. docs/GRAMMARS.md teaches writing one.\n`,
  );
}

const show = (text: string) => neutral(decodeBytes(text));

const fieldLines = (fields: Fields, indent: string) =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${indent}${name}: ${show(typeof value === "string" ? value : JSON.stringify(value))}\n`,
    )
    .join("");

function claimedText({ record, through, also, time }: ExplainedRecord): string {
  let text = `line ${record.line}, byte ${record.offset}: ${show(record.text.slice(0, 400))}\n`;
  for (const { grammar, shape, fields } of through) {
    text += `  ${grammar.layer} ${grammar.name} reads ${shape.event} (${grammar.file})\n${fieldLines(fields, "    ")}`;
  }
  for (const { grammar, shape } of also) text += `  inside it, ${grammar.name} reads ${shape.event}\n`;
  return `${text}  time: ${time}\n`;
}

/**
 * What nests in a record's fields: when grammar X has a values grammar `X-values` whose first rule is R, that reads a field `….R`.
 */
async function valuesText({ through }: ExplainedRecord): Promise<string> {
  const { sources } = await import("../grammar/generated-sources.js");
  let text = "";
  for (const { grammar, fields } of through) {
    const source = sources.find(({ file }) => file.endsWith(`/${grammar.name}-values.grammar`));
    if (!source) continue;
    const rule = /^rule +(\w+)/m.exec(source.text)?.[1] ?? "";
    const { readValues } = await import("../grammar/values/index.js");
    const { outline } = await import("../grammar/values/outline.js");
    for (const [field, value] of Object.entries(fields)) {
      if (typeof value !== "string" || field.split(".").at(-1) !== rule) continue;
      const { tree, errors } = readValues(source.text, rule, value);
      text += `  ${grammar.name}-values reads ${field}\n`;
      if (tree)
        for (const line of outline(tree).slice(1))
          text += `    ${"  ".repeat(line.depth)}${line.name}: ${show(line.text)}\n`;
      for (const error of errors) text += `    at byte ${error.offset}: ${show(error.message)}\n`;
    }
  }
  return text;
}

/** `hindcast formats explain FILE[:LINE]` */
export async function explain(target: string, flags: { grammars?: string[] }): Promise<void> {
  const match = /^(.*):(\d+)$/.exec(target);
  const [file, line] = match && !fs.existsSync(target) ? [match[1]!, Number(match[2])] : [target, undefined];
  const grammars = await grammarsFor(flags.grammars);
  const { explainRecords } = await import("../run/explain.js");
  const result = await explainRecords(file, line, grammars);
  if (result.error !== undefined) throw new UsageError(`${file}: ${result.error}`);
  await print(
    `${file}: ${result.tried.length > 0 ? `of ${result.sampled} records looked at, ${result.tried.map(({ grammar, claimed }) => `${grammar.name} claims ${claimed}`).join(", ")}` : "no format claims any of its records"}\n\n`,
  );
  for (const record of result.records) {
    if (record.through.length > 0) await print(`${claimedText(record)}${await valuesText(record)}\n`);
    else await print(`${await unclaimedText(record.record, grammars, flags.grammars)}\n`);
  }
  if (line !== undefined && result.records.length === 0)
    throw new UsageError(`${target}: the file has no record at that line`);
}

/** How far the best candidates came with a record that nobody claims. */
async function unclaimedText(
  record: RawRecord,
  grammars: readonly Grammar[],
  dirs: readonly string[] | undefined,
): Promise<string> {
  const { explainRecord, caret } = await import("../grammar/explain.js");
  const { sources } = await import("../grammar/generated-sources.js");
  const files = [...sources, ...(dirs ?? []).flatMap((dir) => filesOf(dir, [".grammar"]))];
  const envelopes = new Set(grammars.filter(({ layer }) => layer === "envelope").map(({ file }) => file));
  const tried = files
    .filter(({ file }) => envelopes.has(file))
    .flatMap((source) => explainRecord(source, record.text).shapes)
    .sort((a, b) => b.column - a.column)
    .slice(0, 3);
  let text = `line ${record.line}, byte ${record.offset}: nobody claims this record\n`;
  for (const attempt of tried) {
    text += `  ${attempt.grammar} (${attempt.event}) came this far:\n`;
    text += `    ${caret(record.text.slice(0, 400), attempt, show).replace("\n", "\n    ")}\n`;
    text += fieldLines(attempt.fields, "      understood so far: ");
  }
  return text;
}

/** `hindcast formats test DIR`: exit status 1 when a grammar is broken or a sample fails. */
export async function test(dir: string): Promise<void> {
  const { runSamples } = await import("../grammar/samples.js");
  const { formatProblem } = await import("../grammar/problem.js");
  const files = filesOf(dir, [".grammar"]);
  if (files.length === 0) throw new UsageError(`${dir}: there are no .grammar files in this folder`);
  const results = runSamples(files);
  const failed = results.filter((result) => !result.ok);
  for (const result of failed)
    await print(`${result.problem ? formatProblem(result.problem) : result.text}\n`);
  await print(
    `${files.length} grammars, ${results.length} samples: ${results.length - failed.length} passed, ${failed.length} failed\n`,
  );
  if (failed.length > 0) process.exitCode = 1;
}
