import type { TimelineFinding } from "./data.js";
import { type Item, isBar } from "./items.js";
import { ENTITY_KINDS } from "./lanes.js";

/** What is shown, by property: only the values named; all of them where none is. */
export interface Filter {
  source: string[];
  kind: string[];
  severity: string[];
  entity: string[];
}

export type FilterName = keyof Filter;
export const FILTERS: readonly FilterName[] = ["source", "kind", "severity", "entity"];
export const NO_FILTER: Filter = { source: [], kind: [], severity: [], entity: [] };

/** The severity of what no finding cites. */
export const UNCITED = "cited by no finding";

/** A value that can be chosen, and how many bars and marks have it. */
export interface Choice {
  value: string;
  count: number;
}

type Values = (item: Item) => string[];

const entitiesOf: Values = ({ entities }) =>
  ENTITY_KINDS.flatMap((kind) => (entities[kind] === undefined ? [] : `${kind} ${entities[kind]}`));

/** How the values of an item are found, by property. Severities are those of the findings that cite it. */
function valuesBy(findings: TimelineFinding[]): Record<FilterName, Values> {
  const severities = new Map(findings.map(({ id, severity }) => [id, severity]));
  return {
    source: ({ source }) => [source],
    kind: ({ action }) => [action],
    severity: ({ findingIds }) => {
      const own = findingIds.flatMap((id) => severities.get(id) ?? []);
      return own.length > 0 ? own : [UNCITED];
    },
    entity: entitiesOf,
  };
}

export const isFiltered = (filter: Filter): boolean => FILTERS.some((name) => filter[name].length > 0);

/** Items that have one of the chosen values of every property of which some are chosen. */
export function filtered(items: Item[], findings: TimelineFinding[], filter: Filter): Item[] {
  if (!isFiltered(filter)) return items;
  const values = valuesBy(findings);
  const tests = FILTERS.filter((name) => filter[name].length > 0).map((name) => {
    const chosen = new Set(filter[name]);
    return (item: Item) => values[name](item).some((value) => chosen.has(value));
  });
  return items.filter((item) => tests.every((test) => test(item)));
}

/** Findings of the chosen severities; with other properties chosen, of these only those that cite something that is left. */
export function filteredFindings<T extends TimelineFinding>(
  findings: T[],
  filter: Filter,
  left: Item[],
): T[] {
  const bySeverity =
    filter.severity.length === 0
      ? findings
      : findings.filter(({ severity }) => filter.severity.includes(severity));
  if (!FILTERS.some((name) => name !== "severity" && filter[name].length > 0)) return bySeverity;
  const cited = new Set(left.flatMap(({ findingIds }) => findingIds));
  return bySeverity.filter(({ id }) => cited.has(id));
}

/** What there is to choose from, most frequent first; sources that have densities alone are there too. */
export function choices(
  items: Item[],
  findings: TimelineFinding[],
  sources: string[],
): Record<FilterName, Choice[]> {
  const values = valuesBy(findings);
  const counted = (name: FilterName, others: string[] = []): Choice[] => {
    const counts = new Map(others.map((value) => [value, 0]));
    for (const item of items)
      for (const value of values[name](item)) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return {
    source: counted("source", sources),
    kind: counted("kind"),
    severity: counted(
      "severity",
      findings.map(({ severity }) => severity),
    ),
    entity: counted("entity"),
  };
}

/** How many of each there are among items. */
export function tally(items: Item[]): { bars: number; marks: number } {
  const bars = items.filter(isBar).length;
  return { bars, marks: items.length - bars };
}
