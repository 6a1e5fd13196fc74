import type { Grammar } from "../grammar/types.js";
import { criLog } from "./docker/cri.js";
import { dockerJsonFile } from "./docker/json-file.js";
import { dockerStream } from "./docker/stream.js";
import { unknownJson } from "./document/unknown-json.js";
import { unknownYaml } from "./document/unknown-yaml.js";
import { journalExport } from "./journal/export.js";
import { journalJson } from "./journal/json.js";
import { journalVerbose } from "./journal/verbose.js";
import { jsonDated, jsonLog } from "./loggers/json.js";
import { logfmtLog } from "./loggers/logfmt.js";
import { withJudge } from "./strace/judge.js";
import { withDumps } from "./tcpdump/framing.js";
import { isGeneric } from "./text/claim.js";
import { columnsFormat } from "./tshark/columns.js";
import { tsharkJson } from "./tshark/json.js";
import { listFormat } from "./tshark/list.js";
import { tsharkPdml } from "./tshark/pdml.js";
import { tsharkPsml } from "./tshark/psml.js";
import { tsharkSummary } from "./tshark/summary.js";
import { tsharkVerbose } from "./tshark/verbose.js";
import { w3cHead, w3cTable } from "./web/w3c.js";
import { zeekHead } from "./zeek/header.js";
import { zeekJson } from "./zeek/json.js";
import { zeekTable } from "./zeek/table.js";

/** The text formats that decoders read, as envelopes beside those of `grammars/`. */
export const decodedEnvelopes: readonly Grammar[] = [
  journalJson,
  journalExport,
  journalVerbose,
  dockerJsonFile,
  dockerStream,
  criLog,
  tsharkJson,
  tsharkPdml,
  tsharkPsml,
  tsharkSummary,
  tsharkVerbose,
  zeekJson,
  // Other formats of objects and pairs have keys of their own: these are asked when none has claimed a line.
  jsonLog,
  logfmtLog,
  jsonDated,
];

/** The envelopes among these grammars, with what code adds to them, those that are code alone, and last the generic ones. */
export function envelopesOf(grammars: readonly Grammar[]): Grammar[] {
  return [
    ...grammars
      .filter(({ layer }) => layer === "envelope")
      .map(withJudge)
      .map(withDumps),
    ...decodedEnvelopes,
    ...grammars.filter(isGeneric),
    unknownJson,
    unknownYaml,
  ];
}

/** The lines at a text's beginning that name a table's columns, if it is one: its first line, or the header of a Zeek log. */
export const tableHead = (text: string): string =>
  zeekHead(text) || w3cHead(text) || text.slice(0, Math.max(0, text.indexOf("\n")));

/** The format of a table, made for this one source, from its {@link tableHead}. */
export const tableFormat = (head: string): Grammar | undefined =>
  columnsFormat(head) ?? listFormat(head) ?? zeekTable(head) ?? w3cTable(head);
