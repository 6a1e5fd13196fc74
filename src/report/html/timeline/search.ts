import type { PlacedFinding } from "./findings.js";
import { type Item, isBar } from "./items.js";

/** Something that a search finds: an item, or a finding by its id. */
export interface Found {
  /** As in `State.selected`. */
  key: string;
  /** µs after the origin. */
  at: number;
}

/** What is searched, in lower case, in the order of time. */
export type SearchIndex = (Found & { text: string })[];

/** A finding as something that can be selected, beside items. */
export const findingKey = (id: string): string => `finding:${id}`;
export const findingIdOf = (key: string): string | undefined =>
  key.startsWith("finding:") ? key.slice("finding:".length) : undefined;

export function searchIndex(items: Item[], findings: PlacedFinding[]): SearchIndex {
  const index = items.map((item) => ({
    key: item.key,
    at: item.from.earliest,
    text: [
      item.label,
      item.action,
      `${item.source}:${item.line}`,
      ...Object.values(item.entities),
      ...(isBar(item) ? [item.outcome] : []),
    ]
      .join("\n")
      .toLowerCase(),
  }));
  for (const { id, title, severity, span } of findings)
    index.push({ key: findingKey(id), at: span.from, text: `${title}\n${id}\n${severity}`.toLowerCase() });
  return index.sort((a, b) => a.at - b.at);
}

/** What has all the words of a query in it, in any order; nothing for a query without words. */
export function found(index: SearchIndex, query: string): Found[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  return index.filter(({ text }) => words.every((word) => text.includes(word)));
}

/**
 * The next find in a direction from what is selected, round the end; without a selection the first at or after a moment (before it, going back).
 * @param step 1 or -1
 */
export function nextFound(
  finds: Found[],
  selected: string | null,
  step: 1 | -1,
  from: number,
): Found | undefined {
  if (finds.length === 0) return undefined;
  const current = finds.findIndex(({ key }) => key === selected);
  if (current >= 0) return finds[(current + step + finds.length) % finds.length];
  if (step > 0) return finds.find(({ at }) => at >= from) ?? finds[0];
  return finds.filter(({ at }) => at <= from).at(-1) ?? finds.at(-1);
}
