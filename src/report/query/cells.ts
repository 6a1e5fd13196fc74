import type { FieldValue } from "../../model/event.js";
import type { Doc, QueryAnswer } from "./answer.js";

/** An answer as a table of texts, not yet made harmless for any medium. */
export interface Cells {
  head: string[];
  rows: string[][];
}

/** Columns that stand before those of the fields. */
const PLACE = ["time", "source", "event"];

/**
 * An answer as rows: one for each event, with the number of its match in front where a match has several; those of which it cannot be
 * told whether they match are marked.
 *
 * @param fields the fields that get columns
 */
export function cellsOf({ kind, hits, open }: QueryAnswer, fields: readonly string[]): Cells {
  const tallies = hits.filter(({ tally }) => tally !== undefined);
  if (tallies.length > 0) return countCells(tallies.map(({ tally }) => tally!));
  const numbered = kind !== "event";
  const head = [...(numbered ? ["match"] : []), ...PLACE, ...fields];
  const rows = [...hits, ...open].flatMap(({ events, because }, i) =>
    events.map((doc) => [
      ...(numbered ? [because === undefined ? String(i + 1) : `${i + 1}?`] : []),
      ...(doc === undefined ? ["", "", "(missing)", ...fields.map(() => "")] : docCells(doc, fields)),
    ]),
  );
  return { head, rows };
}

function docCells(
  { time, index, line, category, action, fields: all }: Doc,
  fields: readonly string[],
): string[] {
  return [
    time ?? "",
    `${index}:${line}`,
    action === "" ? category : action,
    ...fields.map((name) => textOf(all[name])),
  ];
}

function countCells(tallies: readonly NonNullable<QueryAnswer["hits"][number]["tally"]>[]): Cells {
  const keys = Math.max(0, ...tallies.map(({ key }) => key?.length ?? 0));
  const head = [
    "count",
    "percent",
    ...Array.from({ length: keys }, (_, i) => (keys > 1 ? `key ${i + 1}` : "key")),
  ];
  const rows = tallies.map(({ count, percent, key = [] }) => [
    String(count),
    `${(percent * 100).toFixed(1)} %`,
    ...key.map((value) => (value === null ? "(none)" : textOf(value))),
  ]);
  return { head, rows };
}

/** A value as one text; lists with commas. */
export function textOf(value: FieldValue | undefined): string {
  if (value === undefined) return "";
  return typeof value === "object" ? value.join(", ") : String(value);
}
