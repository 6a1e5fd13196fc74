import type { FoundSecret } from "./find.js";

const QUOTE = '\\\\{0,7}"';
/** Says that a document holds a Secret (Kubernetes, core/v1), in YAML or JSON, also within a string of either. */
const IS_SECRET = new RegExp(`kind${QUOTE}?:\\s*(?:${QUOTE})?Secret\\b`);
const JSON_DATA = new RegExp(`${QUOTE}(?:data|stringData)${QUOTE}\\s*:\\s*\\{([^{}]*)\\}`, "g");
const JSON_VALUE = new RegExp(`(${QUOTE}[^"\\\\]{1,253}${QUOTE}\\s*:\\s*${QUOTE})([^"\\\\]+)`, "g");
const YAML_DATA = /^(\s*)(?:data|stringData):\s*$/;
const YAML_VALUE = /^(\s*[\w."'-]{1,253}:\s+)(\S.*)$/;

/** Secrets of Kubernetes: every value below `data` and `stringData`, whatever its key is called. */
export function findInManifests(text: string, take: (found: FoundSecret) => void): void {
  if (!IS_SECRET.test(text)) return;
  for (const block of text.matchAll(JSON_DATA)) {
    const from = block.index + block[0].indexOf(block[1]!, block[0].indexOf("{"));
    for (const { index, 1: key, 2: value } of block[1]!.matchAll(JSON_VALUE)) {
      const start = from + index + key!.length;
      take({ start, end: start + value!.length });
    }
  }
  let at = 0;
  for (const document of text.split(/^(?=---)/m)) {
    if (IS_SECRET.test(document)) findInYaml(document, at, take);
    at += document.length;
  }
}

function findInYaml(document: string, from: number, take: (found: FoundSecret) => void): void {
  /** Columns before `data:` while its values follow. */
  let depth = -1;
  let at = from;
  for (const line of document.split("\n")) {
    const indent = line.search(/\S/);
    if (depth >= 0 && indent >= 0 && indent <= depth) depth = -1;
    const begins = YAML_DATA.exec(line);
    if (begins) depth = begins[1]!.length;
    else if (depth >= 0 && indent > depth) {
      const [, key, value] = YAML_VALUE.exec(line) ?? [];
      // Without a key it is a line of a text that began above.
      const start = at + (key === undefined ? indent : key.length);
      if (
        value === undefined
          ? key === undefined && !line.trimEnd().endsWith(":")
          : !/^[|>][+-]?\s*$/.test(value)
      )
        take({ start, end: at + line.trimEnd().length });
    }
    at += line.length + 1;
  }
}
