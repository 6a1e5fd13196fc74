/** Records whose words are one value among many: journal entries as JSON, in export and verbose form, docker's json-file. */
const RECORD =
  /^(?:(?:\\x1e|data: ?)?\s*\{|__(?:CURSOR|REALTIME_TIMESTAMP)=|[A-Z][a-z]{2} \d{4}-\d\d-\d\d [\d:.]{8,15} [^ ]{1,12} \[s=)/;
const TEXT = /"(?:MESSAGE|log)" ?: ?"/;
const BYTES = /"MESSAGE" ?: ?\[((?:\d|,|\\n|\\t| ){1,20000})\]/;
/** In export form a text that is not plain follows its length: eight bytes, most of them nought. */
const FIELD = /\\n(?:(?: {4})?MESSAGE=|MESSAGE\\n.{1,12}?(?:\\x00){5,7})/;
const COLOUR = /\\x1b\[[0-9;]{0,16}m/g;
/** Where the next field of an entry begins. */
const NEXT_FIELD = /\\n(?: {4})?[A-Z_][A-Z0-9_]{0,63}(?:=|\\n)/;

/**
 * The message inside a record that names its fields, so that a quotation shows what was said and not the cursor; `undefined` for
 * other records.
 * @param text one harmless line (see `neutral`); the result is made of its characters
 */
export function wordsOf(text: string): string | undefined {
  if (!RECORD.test(text)) return undefined;
  const field = FIELD.exec(text);
  if (field) {
    const words = text.slice(field.index + field[0].length);
    const next = NEXT_FIELD.exec(words);
    return (next ? words.slice(0, next.index) : words).replace(COLOUR, "");
  }
  const begin = TEXT.exec(text);
  if (begin) return unescaped(text, begin.index + begin[0].length);
  const bytes = BYTES.exec(text)?.[1];
  return bytes === undefined ? undefined : printable(bytes);
}

/** The JSON string whose text begins at `from`; a newline at its end is no word. */
function unescaped(text: string, from: number): string {
  let words = "";
  for (let i = from; i < text.length && text[i] !== '"'; i++) {
    const next = text[i + 1];
    if (text[i] === "\\" && next !== undefined) {
      i++;
      words += next === '"' || next === "\\" || next === "/" ? next : `\\${next}`;
    } else words += text[i];
  }
  return words.replace(/(?:\\r)?\\n$/, "");
}

/** ASCII of an array of bytes, without colours. */
function printable(list: string): string {
  const codes = list.match(/\d+/g)!.map(Number);
  const text = codes
    .map((code) => (code === 27 || (code >= 32 && code < 127) ? String.fromCharCode(code) : "."))
    .join("");
  return text.replace(/\x1b\[[0-9;]{0,16}m/g, "").replaceAll("\x1b", ".");
}
