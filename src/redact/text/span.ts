/** A place in a text, and what is to stand there. */
export interface Span {
  start: number;
  /** Exclusive. */
  end: number;
  text: string;
  /** A secret: it is never given up for anything that overlaps it. */
  secret?: true;
}

/**
 * Puts the texts of the spans in their places. Of spans that overlap, secrets stay, else the longer one. Spans that would change
 * nothing are left out beforehand, by whoever finds them.
 */
export function replaceSpans(text: string, spans: Span[]): string {
  if (spans.length === 0) return text;
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (outdoes(span, last)) kept[kept.length - 1] = joined(span, last);
    else if (last.secret && span.secret && span.end > last.end) last.end = span.end;
  }
  let out = "";
  let at = 0;
  for (const span of kept) {
    out += text.slice(at, span.start) + span.text;
    at = span.end;
  }
  return out + text.slice(at);
}

const outdoes = (span: Span, last: Span): boolean =>
  span.secret === last.secret
    ? !span.secret && span.end - span.start > last.end - last.start
    : span.secret === true;

/** A secret inside of something longer takes its place; two secrets become one. */
const joined = (span: Span, last: Span): Span =>
  last.secret
    ? { ...span, start: Math.min(span.start, last.start), end: Math.max(span.end, last.end) }
    : span;
