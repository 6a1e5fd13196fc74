import { neutral } from "../neutral.js";

const visible = (text: string): string =>
  text.includes("\n") ? text.split("\n").map(neutral).join("\n") : neutral(text);

/**
 * A copy of plain data in which every text is harmless to look at and to copy (see `neutral`): whatever is drawn, embedded or copied is
 * taken from it, so that no part of the page needs to think of it. Newlines stay: some records have several lines.
 */
export function harmless<T>(value: T): T {
  if (typeof value === "string") return visible(value) as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(harmless) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [visible(key), harmless(inner)]),
  ) as T;
}
