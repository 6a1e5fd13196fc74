import type { Quote } from "./quotes.js";

/** A line of an excerpt: a cited record, or one around it. */
export interface ExcerptLine {
  line: number;
  text: string;
  quote?: Quote;
}

/**
 * Puts cited records and what stands around them into excerpts, each a row of lines without a gap, so that no line is shown twice.
 * @param quotes of one source, in the order of its records
 */
export function excerptsOf(quotes: readonly Quote[]): ExcerptLine[][] {
  const lines = new Map<number, ExcerptLine>();
  /** A record may have several lines, of which only the first is counted here. */
  const inside = new Set<number>();
  for (const { record, context } of quotes) {
    const { line } = record;
    const next = line + record.text.split("\n").length;
    for (let i = line + 1; i < next; i++) inside.add(i);
    context?.before.forEach((text, i, { length }) => {
      lines.set(line - length + i, { line: line - length + i, text });
    });
    context?.after.forEach((text, i) => {
      lines.set(next + i, { line: next + i, text });
    });
  }
  for (const line of inside) lines.delete(line);
  for (const quote of quotes)
    lines.set(quote.record.line, { line: quote.record.line, text: quote.record.text, quote });
  const excerpts: ExcerptLine[][] = [];
  let expected = Number.NaN;
  for (const line of [...lines.values()].sort((a, b) => a.line - b.line)) {
    if (line.line === expected) excerpts.at(-1)!.push(line);
    else excerpts.push([line]);
    expected = line.line + (line.quote ? line.text.split("\n").length : 1);
  }
  return excerpts;
}
