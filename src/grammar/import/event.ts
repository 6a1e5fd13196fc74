import { compileGrammars } from "../compile.js";
import type { Part } from "./parts.js";
import { Tokens, writeParts } from "./write.js";

/** Is the event sound by itself? */
export function isSound(parts: readonly Part[], layer: string): boolean {
  const tokens = new Tokens();
  const pattern = writeParts(parts, tokens);
  if (pattern === "") return false;
  const text = `grammar imported "imported"\nlayer ${layer}\n${tokens}event imported.line = ${pattern}\n`;
  return compileGrammars([{ file: "imported.grammar", text }]).problems.length === 0;
}

/**
 * Makes parts sound, step by step: words end before the sign behind them; tokens that can be read in two ways become words; then what follows the last place that is sound becomes
 * one text. What is lost is told to `note`.
 */
export function soundParts(
  parts: readonly Part[],
  layer: string,
  note: (what: string) => void,
): Part[] | undefined {
  if (isSound(parts, layer)) return [...parts];
  const narrow = narrowed(parts, []);
  if (isSound(narrow, layer)) return narrow;
  const loose = loosened(narrow, note);
  if (isSound(loose, layer)) return loose;
  for (let length = loose.length - 1; length > 0; length--) {
    const before = loose[length - 1]!;
    if (before.kind !== "literal" && before.kind !== "blank") continue;
    const shorter: Part[] = [...loose.slice(0, length), { kind: "any", ...restField(loose) }];
    if (!isSound(shorter, layer)) continue;
    const lost = fieldsIn(loose.slice(length)).filter((field) => !fieldsIn(shorter).includes(field));
    note(
      `the rest from ${length + 1} of ${loose.length} parts on is one text: it can be read in two ways${lost.length > 0 ? `; not captured: ${lost.join(", ")}` : ""}`,
    );
    return shorter;
  }
  return undefined;
}

const restField = (parts: readonly Part[]): { field: string } => {
  const last = parts.at(-1);
  return { field: last?.kind === "any" && last.field ? last.field : "message" };
};

/** The fields that parts capture. */
export function fieldsIn(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === "optional") return fieldsIn(part.parts);
    if (part.kind === "choice") return part.branches.flatMap(fieldsIn);
    return "field" in part && part.field !== undefined ? [part.field] : [];
  });
}

/** Anything but some chars: an open end. */
const OPEN = /^\[\^([^\]]*)\]\+$/;

/** Words that may hold the sign behind them end before it: an expression would try all places for its end. */
function narrowed(parts: readonly Part[], after: readonly Part[]): Part[] {
  return parts.map((part, i): Part => {
    const next = [...parts.slice(i + 1), ...after];
    if (part.kind === "optional") return { ...part, parts: narrowed(part.parts, next) };
    if (part.kind === "choice")
      return { ...part, branches: part.branches.map((branch) => narrowed(branch, next)) };
    const open = part.kind === "token" && OPEN.exec(part.token.source);
    const ends = firstsOf(next).filter((char) => /\S/.test(char));
    if (!open || ends.length === 0) return part;
    const signs = [...new Set(ends)].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
    return { ...part, token: { source: `[^${open[1]}${signs.join("")}]+` } };
  });
}

/** Chars that what follows can begin with, as far as it is literal. */
function firstsOf([first, ...rest]: readonly Part[]): string[] {
  if (first?.kind === "literal") return [first.text[0]!];
  if (first?.kind === "optional") return [...firstsOf(first.parts), ...firstsOf(rest)];
  return first?.kind === "choice" ? first.branches.flatMap(firstsOf) : [];
}

/** Tokens that are ambiguous by themselves read words instead. */
function loosened(parts: readonly Part[], note: (what: string) => void): Part[] {
  return parts.map((part, i): Part => {
    if (part.kind === "optional") return { ...part, parts: loosened(part.parts, note) };
    if (part.kind === "choice")
      return { ...part, branches: part.branches.map((branch) => loosened(branch, note)) };
    if (part.kind !== "token" || isSound([part, { kind: "literal", text: "\0" }], "envelope")) return part;
    const next = parts[i + 1];
    const end = next?.kind === "literal" ? next.text[0]! : " ";
    note(`${part.field ?? "a part"}: /${part.token.source}/ can be read in two ways; read as a word`);
    const class_ = /\s/.test(end) ? "" : `\\x${end.charCodeAt(0).toString(16).padStart(2, "0")}`;
    return { ...part, token: { source: `[^\\s${class_}]+` } };
  });
}
