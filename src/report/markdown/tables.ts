import { isMoved, stampDigits } from "../clock-words.js";
import type { Clockface } from "../clockface.js";
import type { Report } from "../contract.js";
import { signed } from "../durations.js";
import { excerpt } from "../excerpt.js";
import { neutral } from "../neutral.js";
import { mayBeNone } from "../offset-words.js";
import { counted, grouped } from "../page.js";
import { placeOf } from "../view.js";
import { choose, foldRuns, rowRank } from "../view-rows.js";
import { cut } from "../width.js";
import type { Cell, Markup } from "./markup.js";
import { essential, type Part } from "./part.js";

/** What is missing in a table goes below it. */
function noted(markup: Markup, part: Part, left: number, what: string): Part {
  if (left <= 0) return part;
  return { ...part, close: [...part.close, "", markup.note(`${counted(left, what)} in the JSON report.`)] };
}

/** The records that findings cite. */
export function timelineParts(report: Report, clock: Clockface, markup: Markup, most = 40): Part[] {
  if (report.timeline.length === 0) return [];
  const rows = foldRuns(report.timeline);
  const digitsOf = stampDigits(report);
  const shown = choose(rows, most, rowRank(report, rows)).map(({ entry, more }): Cell[] => {
    const { time, latest } = entry;
    const at = time && latest && latest !== time ? { earliest: time, latest } : time;
    const stamped = isMoved(entry) ? ` (stamped ${clock.point(entry.stamp!, digitsOf(entry.source))})` : "";
    return [
      clock.when(at, entry, 6) + stamped,
      { code: placeOf(entry) },
      {
        code: excerpt(neutral(entry.text), 160),
        ...(more > 0 && { note: ` (and ${more} more like it)` }),
      },
    ];
  });
  const table = markup.table({ head: ["time", "where", "record"], rows: shown });
  const about = [clock.note, `${counted(report.timeline.length, "record")} that the findings cite`];
  const part = noted(markup, table, rows.length - most, "more row");
  return [
    {
      ...markup.folded(`Timeline (${about.filter(Boolean).join("; ")})`, part),
      evidence: "rows of the timeline",
    },
  ];
}

/** What became of every source. */
export function sourcesParts(report: Report, clock: Clockface, markup: Markup, most = 60): Part[] {
  if (report.sources.length === 0) return [];
  const clocks = new Map(report.clocks.map((c) => [c.id, c]));
  const rows = report.sources.slice(0, most).map((source): Cell[] => {
    const { from, to, time_of_day, elapsed } = source;
    const undated = time_of_day ?? elapsed;
    const on = clocks.get(source.clock);
    const best = on?.offset?.best;
    const about =
      (best && !mayBeNone(on.offset!) ? ` ${signed(best)}` : "") + (on?.floating ? " (no date)" : "");
    return [
      { code: cut(source.path, 200) },
      { code: source.format },
      grouped(source.records),
      grouped(source.unparsed) + (source.generic ? ` +${grouped(source.generic)} generic` : ""),
      undated ? undated.from.slice(0, -7) : from ? clock.point(from, 0) : "",
      undated ? undated.to.slice(0, -7) : to ? clock.point(to, 0) : "",
      { code: cut(source.clock, 60), note: about },
      { code: source.sha256.slice(0, 12) },
    ];
  });
  const head = ["source", "format", "records", "not understood", "from", "to", "clock", "SHA-256"];
  const table = markup.table({ head, rows, right: [2, 3] });
  const part = noted(markup, table, report.sources.length - most, "more source");
  return [
    {
      ...markup.folded(`Looked at (${counted(report.sources.length, "source")})`, part),
      evidence: "sources",
    },
  ];
}

interface ListOptions {
  most?: number;
  /** Characters of an entry. */
  text?: number;
  /** Entries may be left out, from the last one; see {@link Part}. */
  evidence?: string;
  folded?: true;
}

/** A list under a heading; nothing where there is nothing to list. */
export function listParts(
  markup: Markup,
  heading: string,
  texts: readonly string[],
  { most = 20, text = 1000, evidence, folded }: ListOptions = {},
): Part[] {
  if (texts.length === 0) return [];
  const items = texts.slice(0, most).map((one) => markup.item(markup.prose(one, text)));
  if (texts.length > most) items.push(markup.item(`and ${texts.length - most} more`));
  const rows = items.map((item) => [item]);
  if (folded) return [{ ...markup.folded(heading, { open: [], rows, close: [] }), evidence }];
  const open = [markup.heading(2, heading), ""];
  return [evidence === undefined ? essential([...open, ...items]) : { open, rows, close: [], evidence }];
}

/** Evidence that would have settled an open question, with the command that collects it. */
export function missingParts({ missing }: Report, markup: Markup, most = 20): Part[] {
  if (missing.length === 0) return [];
  const rows = missing.slice(0, most).map(({ what, why, command }) => {
    const said = markup.item(`${markup.prose(what, 400)}: ${markup.prose(why, 800)}`);
    if (command === "") return [said];
    const { open, rows: lines, close } = markup.verbatim([[command]], 2000);
    return [said, "", ...[...open, ...lines.flat(), ...close].map(markup.within), ""];
  });
  if (missing.length > most) rows.push([markup.item(`and ${missing.length - most} more`)]);
  return [
    {
      open: [markup.heading(2, "Would have helped"), ""],
      rows,
      close: [],
      evidence: "open questions",
    },
  ];
}
