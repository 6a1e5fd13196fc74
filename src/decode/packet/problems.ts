import type { Problem } from "../../model/source.js";

const MAX_PROBLEMS = 20;

/** Problems of one source, at most twenty in words: a broken capture could have millions. */
export class ProblemList {
  readonly list: Problem[] = [];
  private more = 0;
  private worst: Problem["severity"] = "warning";

  constructor(private readonly path: string) {}

  add(message: string, severity: Problem["severity"], line?: number, offset?: number): void {
    if (this.list.length >= MAX_PROBLEMS) {
      this.more++;
      if (severity === "error") this.worst = severity;
      return;
    }
    const problem: Problem = { path: this.path, message, severity };
    if (line !== undefined) problem.line = line;
    if (offset !== undefined) problem.offset = offset;
    this.list.push(problem);
  }

  /** Adds the sentence that counts what was left out. */
  close(): void {
    if (this.more === 0) return;
    const message = `${this.more} more problems of the same kinds are not listed`;
    this.list.push({ path: this.path, message, severity: this.worst });
    this.more = 0;
  }
}
