import type { Fields } from "../../model/event.js";
import { DNS_MARKS, Part } from "../../scan/call-line.js";
import { leadingNumber } from "./calls.js";
import { type Glance, KINDS, Kind } from "./kinds.js";
import { UNNAMED } from "./processes.js";

/** A wait's first arguments, up to a limit of no time: `4, [], 128, 0`. */
export const NO_TIME = /^\d+, (?:\[\]|0x[0-9a-f]+), \d+, 0(?:,|$)/;

/** A glance at a call's record by the fields that its grammar gave. */
export class FieldGlance implements Glance {
  readonly kind: Kind;
  readonly part: Part;
  readonly thread: number;
  readonly fd: number;
  readonly noted: boolean;
  readonly value: number;
  private readonly args: string;
  private readonly rest: string;

  /** @param fields of a `process.syscall` */
  constructor(fields: Fields) {
    const name = fields["strace.call"];
    // A line of strace's own tore the call apart: who was announced, and whose end this is, always matters.
    const torn = name === undefined || fields["strace.attached"] !== undefined;
    this.kind = torn ? Kind.ALWAYS : (KINDS.get(String(name)) ?? Kind.NONE);
    this.part =
      fields["strace.resumed"] === true
        ? Part.ENDED
        : fields["strace.unfinished"] === true
          ? Part.BEGUN
          : Part.WHOLE;
    const thread = fields["process.thread.id"];
    this.thread = typeof thread === "number" ? thread : UNNAMED;
    this.args = String(fields["strace.args"] ?? "");
    this.rest = String(fields["strace.tail"] ?? "");
    this.fd = leadingNumber(this.args);
    this.noted = /^\d+</.test(this.args);
    const result = fields["strace.ret"];
    this.value = result === undefined || result === "?" ? Number.NaN : Number(result);
  }

  argsHave(words: string): boolean {
    return this.args.includes(words);
  }

  restHas(words: string): boolean {
    return this.rest.includes(words);
  }

  failedWith(error: string): boolean {
    return this.value === -1 && this.rest.startsWith(` ${error}`);
  }

  isMarked(): boolean {
    return DNS_MARKS.some((mark) => this.args.includes(mark));
  }

  looksOnly(): boolean {
    return NO_TIME.test(this.args);
  }
}
