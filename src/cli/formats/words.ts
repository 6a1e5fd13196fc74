import type { Fields } from "../../model/event.js";
import { neutral } from "../../report/neutral.js";
import { decodeBytes } from "../../report/utf8.js";

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
