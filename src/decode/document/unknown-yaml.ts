import { bytesOf, textOf } from "../../grammar/bytes.js";
import { documentsOf, type Json } from "../../grammar/document/json.js";
import { BrokenYaml, MOST_BYTES, parseYaml } from "../../grammar/document/yaml.js";
import { YAML_BEGINS, yamlExtent } from "../../grammar/document/yaml-extent.js";
import { UnreadableRecord } from "../../grammar/exec.js";
import type { Grammar, Shape } from "../../grammar/types.js";

const NAME = "yaml";

/** Why an API object in YAML is not understood, and where it is broken. An empty list says nothing, which is understood. */
function reasonOf(record: string): string | undefined {
  const extent = yamlExtent(record, 0, record.length, true);
  if (!extent || extent === "none") return undefined;
  const { from, to } = extent;
  if (to - from > MOST_BYTES)
    return `YAML of more than ${MOST_BYTES >> 10} KiB, which is not read; the records around it were`;
  let documents: readonly Json[];
  try {
    documents = documentsOf(parseYaml(record.slice(from, to)) as Json);
  } catch (reason) {
    if (!(reason instanceof BrokenYaml)) throw reason;
    return brokenAt(record, from, reason);
  }
  if (documents.length === 0) return undefined;
  const [first] = documents as readonly { kind?: Json }[];
  const kind = typeof first?.kind === "string" ? first.kind : "without a kind";
  return `YAML of an API object that no format knows (${kind}); a grammar of \`layer document\` could read it`;
}

function brokenAt(record: string, from: number, { line, column }: BrokenYaml): string {
  const before = record.slice(0, from).split("\n").length - 1;
  const text = textOf(record.slice(from).split("\n")[line - 1] ?? "");
  const byte = bytesOf(text.slice(0, column - 1)).length + 1;
  return `YAML that is damaged in its line ${before + line}, byte ${byte}; the records around it were read`;
}

const shape: Shape = {
  grammar: NAME,
  event: "yaml.record",
  regex: /(?:---| {0,2}- apiVersion: |apiVersion: )[\s\S]*$/y,
  decode: () => {
    throw new UnreadableRecord("nobody knows what it means");
  },
  literals: [],
  begins: YAML_BEGINS,
  stamps: [],
};

/** API objects in YAML that no format reads, whole or broken: each is one record that nobody understands, and its lines are nobody else's. */
export const unknownYaml: Grammar = {
  name: NAME,
  title: "YAML of an API object that no format knows",
  layer: "generic",
  file: "src/decode/document/unknown-yaml.ts",
  framing: {
    unit: "line",
    end: (text, at, length, final) => {
      const extent = yamlExtent(text, at, length, final);
      if (extent !== "none") return extent?.end;
      const newline = text.indexOf("\n", at);
      return newline < 0 || newline > length ? length : newline;
    },
  },
  set: {},
  shapes: [shape],
  document: {
    recognises: (record) => yamlExtent(record, 0, record.length, true) !== "none",
    read: () => [],
  },
  unknown: reasonOf,
};
