import { type Column, classOf, commonHead, type Line, templateOf } from "./templates.js";

/** The columns that records begin with, which frame what they say. */
export interface Header {
  columns: Column[];
  /** The lines that begin so: nearly all. */
  lines: Line[];
}

/** A header is what so many of the lines have: banners and cut lines stand in every log. */
const NEARLY_ALL = 0.9;

/** Signs that stand inside sentences: they frame nothing. */
const PROSE = /^[,.;!?'-]$/;

/**
 * Finds the header of lines of a log: as far as nearly all of them have the same kinds of pieces, up to the last that is more than a word.
 * @returns nothing when they have none
 */
export function headerOf(all: readonly Line[]): Header | undefined {
  const lines = similar(all);
  const { columns } = templateOf(lines);
  const common = commonHead(lines);
  let length = columns.slice(0, common).findLastIndex(frames) + 1;
  // Words alone, however often they come, are what somebody says.
  if (length === 0) return undefined;
  nameOrigin(columns.slice(0, length));
  if (common > length && columns[length]!.kind === "blank") length++;
  return { columns: columns.slice(0, length), lines };
}

/** Is a column part of a frame, rather than of a sentence? */
const frames = ({ kind, texts, constant }: Column): boolean =>
  constant
    ? kind === "key" || (kind === "sign" && !PROSE.test(texts[0]!))
    : kind !== "word" && kind !== "blank" && kind !== "value";

/** The lines without the few that begin in another way. */
function similar(all: readonly Line[]): Line[] {
  let lines = [...all];
  for (let at = 0; ; at++) {
    const groups = new Map<string, Line[]>();
    for (const line of lines) {
      const lexeme = line.lexemes[at];
      const key = lexeme ? classOf(lexeme) : "";
      groups.set(key, [...(groups.get(key) ?? []), line]);
    }
    const [largest] = [...groups.values()].sort((a, b) => b.length - a.length);
    if (largest!.length < all.length * NEARLY_ALL || groups.has("")) return lines;
    lines = largest!;
  }
}

/**
 * Marks who wrote a record: `HOST PROGRAM[PID]:` behind the stamp, as syslog writes it. They are values even where all lines have the same:
 * another host's or another program's lines are of this format, too.
 */
export function nameOrigin(columns: readonly Column[]): void {
  const stamp = columns.findIndex(({ kind }) => kind === "stamp");
  const bracket = columns.findIndex(
    ({ kind, texts }, i) =>
      i > stamp && kind === "sign" && texts[0] === "[" && columns[i + 1]?.kind === "int",
  );
  if (stamp < 0) return;
  const program = columns[bracket - 1];
  if (bracket > 0 && program?.kind === "word") {
    mark(program, "process.name");
    mark(columns[bracket + 1]!, "process.pid");
    const [blank, host] = [columns[bracket - 2], columns[bracket - 3]];
    if (blank?.kind === "blank" && host?.kind === "word" && bracket - 3 > stamp) mark(host, "host.hostname");
  }
  // A word with a digit is a name: worker-1, eth0.
  for (const column of columns)
    if (column.kind === "word" && /\d/.test(column.texts[0]!)) column.constant = false;
  for (const column of columns) if (column.kind === "level") column.constant = false;
}

function mark(column: Column, field: string): void {
  column.constant = false;
  column.field = field;
}
