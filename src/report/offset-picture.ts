import type { ReportBounds } from "./contract.js";
import { OffsetScale } from "./offset-scale.js";

/** What is drawn of one clock. */
export interface Bar {
  name: string;
  offset: ReportBounds & { best: number | null };
}

/** Signs of the picture, one cell each. */
interface Pen {
  from: string;
  to: string;
  line: string;
  best: string;
  /** The interval is open on that side. */
  left: string;
  right: string;
  zero: string;
  axis: string;
  tick: string;
  origin: string;
}

const UTF8: Pen = {
  from: "├",
  to: "┤",
  line: "─",
  best: "●",
  left: "◄",
  right: "►",
  zero: "│",
  axis: "─",
  tick: "┴",
  origin: "┼",
};
const ASCII: Pen = {
  from: "[",
  to: "]",
  line: "-",
  best: "o",
  left: "<",
  right: ">",
  zero: ":",
  axis: "-",
  tick: "+",
  origin: "+",
};

/**
 * Draws offsets, one row each with its interval and likeliest value, above an axis in seconds: `├──●──┤`. The reference stands at nought.
 * @param bars names that are harmless, cut and padded to one width
 * @param width cells of the axis
 * @returns rows without colours, `name  picture`; the axis and its numbers last
 */
export function offsetPicture(bars: readonly Bar[], width: number, utf8 = true): string[] {
  const pen = utf8 ? UTF8 : ASCII;
  const scale = new OffsetScale(shown(bars), width);
  const blank = " ".repeat(bars[0]?.name.length ?? 0);
  return [
    ...bars.map(({ name, offset }) => `${name}  ${barOf(offset, scale, width, pen)}`.trimEnd()),
    `${blank}  ${axisOf(scale, width, pen)}`,
    `${blank}  ${labelsOf(scale, width, utf8)}`,
  ];
}

/** All values that the axis must reach, and some way beyond them where an interval has no end. */
function shown(bars: readonly Bar[]): number[] {
  const values = bars.flatMap(({ offset: { min, max, best } }) =>
    [min, max, best].filter((value) => value !== null),
  );
  const far = 10 * Math.max(0, ...values.map(Math.abs));
  if (bars.some(({ offset }) => offset.min === null)) values.push(-far);
  if (bars.some(({ offset }) => offset.max === null)) values.push(far);
  return values;
}

function barOf({ min, max, best }: Bar["offset"], scale: OffsetScale, width: number, pen: Pen): string {
  const cells = Array<string>(width).fill(" ");
  cells[scale.cell(0)] = pen.zero;
  const from = min === null ? 0 : scale.cell(min);
  const to = max === null ? width - 1 : scale.cell(max);
  cells.fill(pen.line, from, to + 1);
  cells[from] = min === null ? pen.left : pen.from;
  cells[to] = max === null ? pen.right : pen.to;
  const likeliest = best ?? (from === to && max !== null ? min : null);
  if (likeliest !== null) cells[scale.cell(likeliest)] = pen.best;
  return cells.join("");
}

function axisOf(scale: OffsetScale, width: number, pen: Pen): string {
  const cells = Array<string>(width).fill(pen.axis);
  for (const { seconds } of scale.ticks()) cells[scale.cell(seconds)] = pen.tick;
  cells[scale.cell(0)] = pen.origin;
  return cells.join("");
}

/** Numbers under their ticks: nought first, then from the ends inwards, each where it touches none. */
function labelsOf(scale: OffsetScale, width: number, utf8: boolean): string {
  const cells = Array<string>(width).fill(" ");
  const ticks = scale.ticks();
  const origin = ticks.findIndex(({ seconds }) => seconds === 0);
  const byRank = ticks.map((tick, i) => ({
    tick,
    rank: i === origin ? -1 : Math.min(i, ticks.length - 1 - i),
  }));
  byRank.sort((a, b) => a.rank - b.rank || a.tick.seconds - b.tick.seconds);
  for (const { tick } of byRank) {
    const label = utf8 ? tick.label : tick.label.replace("µ", "u");
    const middle = scale.cell(tick.seconds) - Math.floor(label.length / 2);
    const at = Math.min(width - label.length, Math.max(0, middle));
    const around = cells.slice(Math.max(0, at - 1), at + label.length + 1);
    if (at < 0 || around.some((cell) => cell !== " ")) continue;
    for (const [i, char] of [...label].entries()) cells[at + i] = char;
  }
  return cells.join("").trimEnd();
}
