import type { Fields } from "../../api/analysis.js";
import { decodeBytes, neutral } from "../../api/text.js";

/** A record's bytes as text that is harmless to print. */
export const show = (text: string): string => neutral(decodeBytes(text));

/** The fields that are there, one a line. */
export const fieldLines = (fields: Fields, indent: string): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${indent}${name}: ${show(typeof value === "string" ? value : JSON.stringify(value))}\n`,
    )
    .join("");
