import { bytesOf } from "../bytes.js";
import { quote } from "../draft/text.js";
import type { Part, Token } from "./parts.js";

/** Tokens that patterns share, each declared once. */
export class Tokens {
  private readonly names = new Map<string, string>();
  private readonly declared = new Map<string, string>();

  /** A name for what a token matches: its own, or one after the field that it gives. */
  nameOf({ source, name, builtin, as }: Token, field: string | undefined): string {
    if (builtin) return name!;
    const declaration = `/${source}/${as ? ` as ${as}` : ""}`;
    const known = this.names.get(declaration);
    if (known) return known;
    const wanted =
      name ?? (field?.slice(field.lastIndexOf(".") + 1) ?? "T").toUpperCase().replace(/\W/g, "_");
    let free = /^[A-Z]/.test(wanted) ? wanted : `T_${wanted}`;
    for (let number = 2; this.declared.has(free); number++) free = `${wanted}_${number}`;
    this.names.set(declaration, free);
    this.declared.set(free, declaration);
    return free;
  }

  /** The declarations, as they stand in the file. */
  toString(): string {
    const width = Math.max(0, ...[...this.declared.keys()].map((name) => name.length));
    return [...this.declared].map(([name, regex]) => `token ${name.padEnd(width)} = ${regex}\n`).join("");
  }
}

/** Writes parts as a pattern. Choices and optional parts are `ordered`: the first that leads to a match wins, as in the expression. */
export function writeParts(parts: readonly Part[], tokens: Tokens, after: readonly Part[] = []): string {
  return parts
    .map((part, i) => writePart(part, [...parts.slice(i + 1), ...after], parts[i - 1], tokens))
    .filter((text) => text !== "")
    .join(" ");
}

function writePart(part: Part, next: readonly Part[], last: Part | undefined, tokens: Tokens): string {
  switch (part.kind) {
    case "literal":
      return quote(bytesOf(part.text));
    case "blank":
      return part.min === 0 ? "BLANK?" : "BLANK";
    case "token":
      return withField(part.field, tokens.nameOf(part.token, part.field));
    case "optional":
      return `ordered (${writeParts(part.parts, tokens, next)})?`;
    case "choice":
      return `ordered (${part.branches.map((branch) => writeParts(branch, tokens, next)).join(" | ")})`;
    default:
      return withField(part.field, anyBefore(next, last, tokens));
  }
}

const withField = (field: string | undefined, item: string): string =>
  field === undefined ? item : `${field}:${item}`;

/** Any text ends where what follows begins. */
function anyBefore([next]: readonly Part[], last: Part | undefined, tokens: Tokens): string {
  // Behind blanks it begins with something else, or nobody could tell whose the blanks are.
  const blanks = last?.kind === "blank";
  if (!next) return blanks ? "TEXT" : "rest";
  if (next.kind === "literal" && blanks) {
    const first = quote(next.text[0]!)
      .slice(1, -1)
      .replace(/^[\]^\\/-]$/, "\\$&");
    return tokens.nameOf({ source: `[^\\s${first}][^\\n${first}]*`, name: "UNTIL" }, undefined);
  }
  if (next.kind === "literal") return `upto ${quote(bytesOf(next.text))}`;
  if (next.kind === "blank") return blanks ? "WORD" : "upto BLANK";
  if (next.kind === "token") return `upto ${tokens.nameOf(next.token, next.field)}`;
  return "WORD";
}
