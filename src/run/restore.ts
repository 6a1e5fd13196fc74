import type { TextSegment } from "../decode/text/segment.js";
import type { UntimedRecord } from "../decode/text/untimed.js";
import type { LineMap } from "../evidence/peel/line-map.js";
import type { Fields } from "../model/event.js";

/**
 * Gives the records of a peeled text their places in the original, and what the text says about them. Segments are taken in order,
 * each before the next is read.
 */
export class Restorer {
  /** Lines of the peeled text before the segment, and of the original. */
  private before = 0;
  private line = 0;
  private begin = 0;

  constructor(private readonly map: LineMap) {}

  restore(segment: TextSegment): TextSegment {
    const { map, before, line: first, begin } = this;
    const place = (line: number, offset: number, length: number) => map.locate(before + line, offset, length);
    const end = place(segment.lines, segment.end, 0);
    const record = (record: UntimedRecord): UntimedRecord => {
      const { about, line, ...range } = place(record.line, record.offset, record.length);
      const told = about
        ? record.told.map((one) => ({ ...one, fields: known(one.fields, about) }))
        : record.told;
      return { ...record, ...range, line: line - first, told };
    };
    const { unread, firstUnparsed, last } = segment;
    if (unread) {
      for (const [i, line] of unread.lines.entries()) {
        const original = place(line, unread.offsets[i]!, unread.lengths[i]!);
        unread.lines[i] = original.line - first;
        unread.offsets[i] = original.offset;
        unread.lengths[i] = original.length;
      }
    }
    const restored: TextSegment = {
      ...segment,
      begin,
      end: end.offset,
      lines: end.line - first,
      wanted: segment.wanted.map(record),
      problems: segment.problems.map((problem) => {
        if (problem.line === undefined || problem.offset === undefined) return problem;
        const { line, offset } = place(problem.line, problem.offset, 0);
        return { ...problem, line: line - first, offset };
      }),
      ...(firstUnparsed && {
        firstUnparsed: placeOf(place(firstUnparsed.line, firstUnparsed.offset, 0), first),
      }),
      ...(last && { last: record(last) }),
    };
    this.before += segment.lines;
    this.line = end.line;
    this.begin = end.offset;
    map.forget(this.before);
    return restored;
  }
}

const placeOf = ({ line, offset }: { line: number; offset: number }, first: number) => ({
  line: line - first,
  offset,
});

/** What a record says itself counts more than what was said before it. */
export function known(fields: Fields, about: Fields): Fields {
  const all: Fields = { ...about };
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) all[name] = value;
  return all;
}
