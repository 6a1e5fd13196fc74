import type { Condition, Constant, Path, Step } from "./path.js";

/** A mistake in a path, at an offset from its beginning. */
export class PathError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const KEY = /\.(?:([\w@-]+)|("(?:[^"\\\n]|\\.)*"))/y;
const INDEX = /\[(-?\d+)\]/y;
const OR = /\s*or\s+/y;
const IS = /\s*=\s*(?:("(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?)|(true|false))\s*/y;

/**
 * Reads a path: `.State.ExitCode`, `."a key"`, `$.kind` (from the root), `.flags[]` (all), `.items[0]`,
 * `.expr[.match.op = "=="].right` (the first one for which it holds; `or` stands between several conditions). `.` alone is where one is.
 */
export function parsePath(text: string): Path {
  const parser = new PathParser(text);
  const path = parser.path();
  parser.end();
  return path;
}

class PathParser {
  private at = 0;

  constructor(private readonly text: string) {}

  path(): Path {
    const steps: Step[] = [];
    const root = this.take("$");
    if (this.text[this.at] !== ".") throw new PathError("a path begins with `.` or `$.`", this.at);
    if (!this.match(KEY)) this.at++;
    else this.at = KEY.lastIndex - this.matched![0].length;
    for (;;) {
      if (this.match(KEY)) {
        const [, plain, quoted] = this.matched!;
        steps.push({ kind: "key", key: plain ?? (JSON.parse(quoted!) as string) });
      } else if (this.take("[]")) steps.push({ kind: "all" });
      else if (this.match(INDEX)) steps.push({ kind: "at", index: Number(this.matched![1]) });
      else if (this.take("[")) steps.push(this.first());
      else return { ...(root && { root }), steps };
    }
  }

  end(): void {
    if (this.at < this.text.length)
      throw new PathError(
        `${JSON.stringify(this.text.slice(this.at, this.at + 10))} is no step of a path`,
        this.at,
      );
  }

  private first(): Step {
    const of: Condition[] = [];
    do {
      const where = this.path();
      const is = this.match(IS) ? constantOf(this.matched!) : undefined;
      of.push({ where, ...(is !== undefined && { is }) });
    } while (this.match(OR));
    if (!this.take("]"))
      throw new PathError("this condition has no end: write [.path] or [.path = VALUE]", this.at);
    return { kind: "first", of };
  }

  private matched: RegExpExecArray | undefined;

  private match(regex: RegExp): boolean {
    regex.lastIndex = this.at;
    this.matched = regex.exec(this.text) ?? undefined;
    if (this.matched) this.at = regex.lastIndex;
    return this.matched !== undefined;
  }

  private take(text: string): true | undefined {
    if (!this.text.startsWith(text, this.at)) return undefined;
    this.at += text.length;
    return true;
  }
}

function constantOf([, text, number, truth]: RegExpExecArray): Constant {
  if (text !== undefined) return JSON.parse(text) as string;
  return number !== undefined ? Number(number) : truth === "true";
}
