import type { Problem } from "../../model/source.js";
import type { TextSegment } from "./segment.js";
import type { Stamper } from "./stamper.js";

/** What is counted of a text, and what is told of it beside its events. */
export class TextAccounts {
  records = 0;
  parsed = 0;
  unparsed = 0;
  readonly problems: Problem[] = [];
  private readonly claims = new Map<string, number>();
  private readonly told = new Set<string>();
  private firstUnparsed: { line: number; offset: number } | undefined;

  /** Records claimed by each format. */
  get claimedBy(): ReadonlyMap<string, number> {
    return this.claims;
  }

  /** Takes what a segment says beside its records. @param line number of its first line */
  protected account(segment: TextSegment, line: number): void {
    this.records += segment.records;
    this.parsed += segment.parsed;
    this.unparsed += segment.unparsed;
    for (const [name, count] of segment.claims) this.claims.set(name, (this.claims.get(name) ?? 0) + count);
    for (const { once, ...problem } of segment.problems) {
      if (once !== undefined && this.told.has(once)) continue;
      if (once !== undefined) this.told.add(once);
      this.problems.push({ ...problem, ...(problem.line !== undefined && { line: line + problem.line }) });
    }
    const { firstUnparsed } = segment;
    if (firstUnparsed) this.firstUnparsed ??= { ...firstUnparsed, line: line + firstUnparsed.line };
  }

  /** There are no more segments: tells of what holds for the whole text. */
  protected sumUp(path: string, oddity: Stamper["oddity"]): void {
    if (oddity) this.problems.push({ path, ...oddity, severity: "warning" });
    if (!this.firstUnparsed) return;
    this.problems.push({
      path,
      ...this.firstUnparsed,
      severity: "warning",
      message:
        this.parsed === 0
          ? `no format is known for this text (${this.unparsed} lines)`
          : `${this.unparsed} of ${this.records} records fit no format; the first is here`,
    });
  }
}
