import type { Fields } from "../../model/event.js";

/** What a text's own lines say about those that follow: whose output they are (ECS names). */
export class About {
  /** Replaced, never changed: records keep it. */
  fields: Fields | undefined;

  /** From here on the lines are those of this file; absent: of no file that is known. */
  file(path: string | undefined): void {
    if (path === this.fields?.["log.file.path"]) return;
    const { "log.file.path": _, ...others } = this.fields ?? {};
    this.fields = { ...others, ...(path !== undefined && { "log.file.path": path }) };
  }

  /** From here on they come from this host. */
  host(name: string): void {
    if (name !== this.fields?.["host.hostname"]) this.fields = { ...this.fields, "host.hostname": name };
  }
}

/** Turns one line (latin1, without its line end) after the other into what it was before somebody's tool or hand changed it. */
export type Turn = (line: string) => string;

/** One way in which lines are changed on their way from a program to a file: colours, quoting, `grep`'s prefixes. */
export interface Peeler {
  readonly name: string;
  /**
   * Do these lines look as if there were something to peel? Only a guess, and cheap: whether it is right shows when formats claim more of what comes
   * out.
   */
  suits(lines: readonly string[]): boolean;
  /** Begins a text. */
  begin(about: About): Turn;
  /** It never changes what a line says: it need not prove that formats claim more without it. */
  readonly harmless?: true;
}

/** Is this true of more than the given share of the lines that are not blank? */
export function most(
  lines: readonly string[],
  share: number,
  isSo: (line: string, place: number) => boolean,
): boolean {
  let all = 0;
  let so = 0;
  const mostOthers = lines.length * (1 - share);
  for (const [place, line] of lines.entries()) {
    if (line.trim() === "") continue;
    all++;
    if (isSo(line, place)) so++;
    // The rest cannot make up for it.
    else if (all - so > mostOthers) return false;
  }
  return so > all * share;
}
