import { CallLead } from "./call-lead.js";
import { blanks, isDigit, isHex, numberIn } from "./line-bytes.js";
import { nextHash } from "./names.js";

/** How much of a call a line shows. */
export const Part = {
  WHOLE: 0,
  /** `… <unfinished ...>` */
  BEGUN: 1,
  /** `<... poll resumed>…` */
  ENDED: 2,
} as const;
export type Part = (typeof Part)[keyof typeof Part];

/** What a byte means among the arguments; all that mean nothing are stepped over. */
const PLAIN = 0;
const MEANING = new Uint8Array(256);
for (const each of '")<^:') MEANING[each.charCodeAt(0)] = 1;
/** What may follow a result; lines of a stack, where more is looked at than one line. */
const BEHIND = new Uint8Array(256);
for (const each of " \t<^\n") BEHIND[each.charCodeAt(0)] = 1;

/** The two bytes that count the questions in a DNS message's header, and one more, as strace escapes them. */
export const DNS_MARKS = ["\\0\\1\\0", "\\x00\\x01\\x00"] as const;

/**
 * Takes apart a line that shows a system call, in one pass over its bytes up to the result: `PID`, stamp,
 * `name(arguments) = result …`, also unfinished and resumed. It knows the common forms that strace prints (strace, src/syscall.c), and no others.
 */
export class CallLine extends CallLead {
  part: Part = Part.WHOLE;
  /** The result; NaN for `?`, infinite for an address. */
  value = Number.NaN;
  protected nameFrom = 0;
  protected nameTo = 0;
  protected nameHash = 0;
  protected argsFrom = 0;
  protected argsTo = 0;
  protected restFrom = 0;

  /**
   * Looks at the line in bytes[from, to), its line end excluded, perhaps with the stack below it.
   * @returns whether the grammar's expression for calls is known to match it; if not, nothing was learned
   */
  at(bytes: Uint8Array, from: number, to: number): boolean {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    const call = this.lead(bytes, from, to);
    if (call < 0) return false;
    const args = this.name(bytes, call, to);
    return args >= 0 && this.arguments(bytes, args, to);
  }

  /** The first argument as a descriptor, -1 when it is none. */
  get fd(): number {
    const { bytes, argsFrom } = this;
    const stop = Math.min(this.argsTo, argsFrom + 9);
    let value = 0;
    let i = argsFrom;
    for (; i < stop && isDigit(bytes[i]!); i++) value = value * 10 + bytes[i]! - 48;
    return i === argsFrom ? -1 : value;
  }

  /** The first argument is a descriptor that `-y` annotates. */
  get noted(): boolean {
    const i = this.digits(this.argsFrom, this.argsTo);
    return i > this.argsFrom && i < this.argsTo && this.bytes[i] === 60;
  }

  /** Does what follows a result of -1 begin with this error's name? */
  failedWith(error: string): boolean {
    return this.value === -1 && this.begins(` ${error}`, this.restFrom, this.to);
  }

  /** Do the arguments begin as those of a wait for events whose limit is 0 ms: `4, [], 128, 0`? */
  looksOnly(): boolean {
    const { bytes, argsTo } = this;
    let i = this.digits(this.argsFrom, argsTo);
    if (i === this.argsFrom || !this.begins(", ", i, argsTo)) return false;
    i += 2;
    if (this.begins("[]", i, argsTo)) i += 2;
    else {
      if (!this.begins("0x", i, argsTo)) return false;
      const start = (i += 2);
      while (i < argsTo && isHex(bytes[i]!)) i++;
      if (i === start) return false;
    }
    if (!this.begins(", ", i, argsTo)) return false;
    const start = i + 2;
    i = this.digits(start, argsTo);
    if (i === start || !this.begins(", 0", i, argsTo)) return false;
    return i + 3 === argsTo || bytes[i + 3] === 44;
  }

  /** Do the arguments have these words? */
  argsHave(words: string): boolean {
    return this.has(words, this.argsFrom, this.argsTo);
  }

  /** Does what stands behind the result have these words? */
  restHas(words: string): boolean {
    return this.has(words, this.restFrom, this.to);
  }

  /** Have the arguments the mark of a DNS message? */
  isMarked(): boolean {
    return DNS_MARKS.some((mark) => this.has(mark, this.argsFrom, this.argsTo));
  }

  /** `name(` or `<... name resumed>`: sets name and part. @returns where the arguments begin, or -1 */
  private name(bytes: Uint8Array, at: number, to: number): number {
    let i = at;
    this.part = Part.WHOLE;
    if (i < to && bytes[i] === 60) {
      if (!this.begins("<... ", i, to)) return -1;
      i += 5;
      this.part = Part.ENDED;
    }
    const start = i;
    let hash = 0;
    for (; i < to; i++) {
      const c = bytes[i]!;
      if (!((c >= 97 && c <= 122) || c === 95 || (i > start && c >= 48 && c <= 57))) break;
      hash = nextHash(hash, c);
    }
    if (i === start || i >= to) return -1;
    this.nameFrom = start;
    this.nameTo = i;
    this.nameHash = hash;
    if (this.part === Part.WHOLE) return bytes[i] === 40 ? i + 1 : -1;
    return this.begins(" resumed>", i, to) ? i + 9 : -1;
  }

  /** The arguments up to the first thing outside of quotes that may end them, and the result behind. */
  private arguments(bytes: Uint8Array, from: number, to: number): boolean {
    this.argsFrom = from;
    let i = from;
    while (i < to) {
      const c = bytes[i]!;
      if (MEANING[c] === PLAIN) {
        i++;
      } else if (c === 34) {
        i++;
        while (i < to && bytes[i] !== 34) i += bytes[i] === 92 ? 2 : 1;
        i++;
      } else if (c === 41) {
        const equals = blanks(bytes, i + 1, to);
        if (equals > i + 1 && equals + 1 < to && bytes[equals] === 61 && bytes[equals + 1] === 32) {
          this.argsTo = i;
          return this.result(bytes, equals + 2, to);
        }
        i++;
      } else if (c === 60) {
        if (this.begins("<unfinished ...>", i, to)) return this.unfinished(i, to);
        if (this.begins("<detached ...>", i, to)) return false;
        i++;
      } else if (c === 58 ? this.isAttached(i) : i + 1 < to && bytes[i + 1] === 67) return false;
      else i++;
    }
    return false;
  }

  /** `strace: Process 4243 attached`, whose colon this is, in the middle of a call. */
  private isAttached(colon: number): boolean {
    return colon - 6 >= this.argsFrom && this.begins("strace: Process ", colon - 6, this.to);
  }

  private unfinished(at: number, to: number): boolean {
    // A resumed call that is unfinished again: of a process that was killed.
    if (this.part === Part.ENDED || blanks(this.bytes, at + 16, to) < to) return false;
    this.part = Part.BEGUN;
    this.argsTo = at;
    this.restFrom = to;
    this.value = Number.NaN;
    return true;
  }

  /** `-1`, `0x7f0d278`, `?`, and nothing or a blank behind it. */
  private result(bytes: Uint8Array, at: number, to: number): boolean {
    let i = at;
    if (i < to && bytes[i] === 63) {
      i++;
      this.value = Number.NaN;
    } else if (this.begins("0x", at, to)) {
      i += 2;
      // An address: whether there is one is all that matters.
      this.value = 0;
      for (; i < to && isHex(bytes[i]!); i++) if (bytes[i] !== 48) this.value = Number.POSITIVE_INFINITY;
      if (i === at + 2) return false;
    } else {
      if (i < to && bytes[i] === 45) i++;
      const stop = this.digits(i, to);
      if (stop === i) return false;
      this.value = i > at ? -numberIn(bytes, i, stop) : numberIn(bytes, i, stop);
      i = stop;
    }
    this.restFrom = i;
    return i === to || BEHIND[bytes[i]!] === 1;
  }
}
