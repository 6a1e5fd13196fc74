import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { FieldValue } from "../model/event.js";
import { micros } from "../report/times.js";
import type { Column, ColumnKind } from "./columns.js";
import { documentOf } from "./document.js";
import { type ExportedEvent, unixNanos } from "./event.js";
import type { Handover } from "./handover.js";
import { wellFormed } from "./json.js";

/** A row group is written when it has so many rows, or its texts so many characters: that much is in memory. */
const MOST_ROWS = 20_000;
const MOST_CHARACTERS = 32 << 20;

/**
 * Events as an Apache Parquet file (https://parquet.apache.org/docs/file-format/): typed columns, times as nanoseconds in UTC, lists as
 * lists of texts, absent fields as null; Snappy. Row groups are written as they fill.
 */
export async function* exportParquet({
  events,
  columns = [],
  version,
}: Handover): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter(1 << 16);
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.flatMap(({ name, kind }) => schemaOf(name, kind)),
    ],
    createdBy: `hindcast version ${version}`,
  });
  const group = new RowGroup(columns);
  const write = () => {
    writer.write({ columnData: group.take(), rowGroupSize: MOST_ROWS });
    return taken(bytes);
  };
  for await (const batch of events)
    for (const event of batch) {
      group.add(event);
      if (group.isFull) yield write();
    }
  if (group.rows > 0) yield write();
  writer.finish();
  yield taken(bytes);
}

/** What was written since the last call; the writer's offsets go on. */
function taken(bytes: ByteWriter): Uint8Array {
  const written = bytes.getBytes().slice();
  bytes.index = 0;
  return written;
}

const TEXT = { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" } as const;

/** The types of columns; `list` is the standard's three levels (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists). */
function schemaOf(name: string, kind: ColumnKind): SchemaElement[] {
  switch (kind) {
    case "time":
      return [
        {
          name,
          type: "INT64",
          repetition_type: "OPTIONAL",
          logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "NANOS" },
        },
      ];
    case "integer":
      return [{ name, type: "INT64", repetition_type: "OPTIONAL" }];
    case "number":
      return [{ name, type: "DOUBLE", repetition_type: "OPTIONAL" }];
    case "boolean":
      return [{ name, type: "BOOLEAN", repetition_type: "OPTIONAL" }];
    case "list":
      return [
        { name, repetition_type: "OPTIONAL", converted_type: "LIST", num_children: 1 },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        { name: "element", ...TEXT },
      ];
    default:
      return [{ name, ...TEXT }];
  }
}

type Cell = string | number | boolean | bigint | string[] | undefined;

function cellOf(kind: ColumnKind, value: FieldValue): Cell {
  switch (kind) {
    case "time": {
      const nanos = unixNanos(micros(String(value)), Number(String(value).slice(26, 29)));
      return nanos === undefined ? undefined : BigInt(nanos);
    }
    case "integer":
      return BigInt(value as number);
    case "number":
    case "boolean":
      return value as number | boolean;
    case "list":
      return (typeof value === "object" ? [...value] : [value]).map((item) => wellFormed(String(item)));
    default:
      return wellFormed(typeof value === "object" ? value.join("; ") : String(value));
  }
}

/** Rows that wait to be written, column by column. */
class RowGroup {
  rows = 0;
  private characters = 0;
  private readonly places = new Map<string, number>();
  private data: Cell[][] = [];

  constructor(private readonly columns: readonly Column[]) {
    for (const [i, { name }] of columns.entries()) this.places.set(name, i);
    this.clear();
  }

  get isFull(): boolean {
    return this.rows >= MOST_ROWS || this.characters >= MOST_CHARACTERS;
  }

  add(event: ExportedEvent): void {
    for (const column of this.data) column.push(undefined);
    for (const [name, value] of documentOf(event)) {
      const place = this.places.get(name);
      if (place === undefined) continue;
      const cell = cellOf(this.columns[place]!.kind, value);
      this.data[place]![this.rows] = cell;
      if (typeof cell === "string") this.characters += cell.length;
    }
    this.rows++;
  }

  /** The rows; there are none afterwards. Without the index of pages: a column of a group is one page or few. */
  take(): { name: string; data: Cell[]; offsetIndex: boolean }[] {
    const { data } = this;
    this.clear();
    return this.columns.map(({ name }, i) => ({ name, data: data[i]!, offsetIndex: false }));
  }

  private clear(): void {
    this.data = this.columns.map(() => []);
    this.rows = 0;
    this.characters = 0;
  }
}
