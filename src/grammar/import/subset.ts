import { bytesOf } from "../bytes.js";
import type { Regex } from "./pcre.js";

/** Longer counts are written as loops: an automaton would have a state for each. */
const MOST_COUNTED = 16;

/** An expression in the subset that tokens are written in; nothing when captures or references stand in it. */
export function subsetOf(regex: Regex): string | undefined {
  switch (regex.kind) {
    case "char":
      return [...bytesOf(regex.text)].map(escaped).join("");
    case "class":
    case "known":
      return regex.source;
    case "sequence": {
      const parts = regex.items.map((item) =>
        item.kind === "choice" || item.kind === "known" ? grouped(item) : subsetOf(item),
      );
      return parts.includes(undefined) ? undefined : parts.join("");
    }
    case "choice": {
      const empty = regex.items.some(isEmpty);
      const parts = regex.items.filter((item) => !isEmpty(item)).map(subsetOf);
      if (parts.includes(undefined)) return undefined;
      return empty ? `(?:${parts.join("|")})?` : parts.join("|");
    }
    case "repeat": {
      const item =
        regex.item.kind === "char" || regex.item.kind === "class"
          ? subsetOf(regex.item)
          : grouped(regex.item);
      return item === undefined ? undefined : item + countOf(regex.min, regex.max);
    }
    default:
      return undefined;
  }
}

const grouped = (regex: Regex): string | undefined => {
  const inside = subsetOf(regex);
  return inside === undefined ? undefined : `(?:${inside})`;
};

export const isEmpty = (regex: Regex): boolean => regex.kind === "sequence" && regex.items.length === 0;

function countOf(min: number, max: number): string {
  if (min === 1 && max === 1) return "";
  if (max > MOST_COUNTED) return min === 0 ? "*" : "+";
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function escaped(char: string): string {
  if (/[A-Za-z0-9 _,:;=<>@#%&~!"'`-]/.test(char)) return char;
  return /[\x21-\x7e]/.test(char) ? `\\${char}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
