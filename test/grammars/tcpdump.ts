import { readFileSync } from "node:fs";
import { withDumps } from "../../src/decode/tcpdump/framing.js";
import { compileGrammars } from "../../src/grammar/compile.js";
import { matchShape } from "../../src/grammar/exec.js";
import type { Grammar } from "../../src/grammar/types.js";
import type { Fields } from "../../src/model/event.js";

const file = "grammars/packets/tcpdump.grammar";
export const grammarFile = { file, text: readFileSync(new URL(`../../${file}`, import.meta.url), "utf8") };

let compiled: Grammar | undefined;

/** The tcpdump grammar, compiled once per test file. */
export function tcpdumpGrammar(): Grammar {
  compiled ??= compileGrammars([grammarFile]).grammars[0]!;
  return compiled;
}

/** Cuts tcpdump's output into records as readers do; `line` is 1-based. */
export function recordsOf(text: string): { text: string; line: number }[] {
  const { end } = withDumps(tcpdumpGrammar()).framing;
  const records: { text: string; line: number }[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const stop = end!(text, at, text.length, true)!;
    const record = text.slice(at, stop);
    if (record !== "") records.push({ text: record, line });
    line += record.split("\n").length;
    at = stop + 1;
  }
  return records;
}

/** Kind and fields that the grammar gives for one record. */
export function matchTcpdump(record: string): { action: string; fields: Fields } | undefined {
  for (const shape of tcpdumpGrammar().shapes) {
    const fields = matchShape(shape, record);
    if (fields !== undefined) return { action: shape.event, fields };
  }
  return undefined;
}
