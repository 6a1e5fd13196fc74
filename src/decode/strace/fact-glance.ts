import { Part } from "../../scan/call-line.js";
import { argsFrom, FACTS, Fact, FactAt, tagOf, UNTOLD } from "../../scan/facts.js";
import { textBegin, type UnreadRows } from "../text/unread.js";
import { type Glance, Kind } from "./kinds.js";

/** An annotation that is longer, with its descriptor, is not looked at. */
const MOST_NOTE = 256;
const OPEN = 60;
const CLOSE = 62;
const DASH = 45;

/** A glance at a call's record by what a scanner noted of it. It tells of calls that are not idle. */
export class FactGlance implements Glance {
  kind: Kind = Kind.NONE;
  part: Part = Part.WHOLE;
  thread = 0;
  fd = 0;
  noted = false;
  value = 0;
  /** Somebody asked what is not known here, and was told so that the record is read. */
  guessed = false;
  private again = false;
  private duplicates = false;

  /**
   * Looks at the numbers from `at` on.
   * @returns whether they tell that the record is not idle
   */
  at(facts: Int32Array, at: number): boolean {
    const bits = facts[at + FactAt.BITS]!;
    this.kind = tagOf(bits) as Kind;
    this.part = bits & Fact.ENDED ? Part.ENDED : bits & Fact.BEGUN ? Part.BEGUN : Part.WHOLE;
    this.thread = facts[at + FactAt.THREAD]!;
    this.fd = facts[at + FactAt.FD]!;
    this.noted = (bits & Fact.NOTED) !== 0;
    this.value =
      bits & Fact.FAILED ? -1 : bits & Fact.DONE ? resultOf(facts[at + FactAt.RESULT]!) : Number.NaN;
    this.guessed = false;
    this.again = (bits & Fact.AGAIN) !== 0;
    this.duplicates = (bits & Fact.DUPLICATES) !== 0;
    return this.isCertain();
  }

  failedWith(error: string): boolean {
    return this.again && error === "EAGAIN";
  }

  argsHave(words: string): boolean {
    if (this.kind === Kind.FCNTL && words === "F_DUPFD") return this.duplicates;
    this.guessed = true;
    return true;
  }

  restHas(): boolean {
    this.guessed = true;
    return true;
  }

  looksOnly(): boolean {
    this.guessed = true;
    return false;
  }

  isMarked(): boolean {
    this.guessed = true;
    return true;
  }

  private isCertain(): boolean {
    const { kind, part, value } = this;
    switch (kind) {
      case Kind.ALWAYS:
      case Kind.CLONE:
      case Kind.CLOSE:
      case Kind.FCNTL:
      case Kind.SEND:
      case Kind.RECEIVE:
      case Kind.POLL:
      case Kind.EPOLL_WAIT:
        return true;
      case Kind.WRITE:
        return part !== Part.WHOLE;
      case Kind.READ:
        // A scanner calls a read plain that ended well without the mark of a DNS message.
        return part === Part.BEGUN || value >= 0 || (value === -1 && (part === Part.ENDED || this.again));
      default:
        return false;
    }
  }
}

/** A result as it was noted: of one that is too large, only that is known. */
const resultOf = (told: number): number => (told === UNTOLD ? Number.POSITIVE_INFINITY : told);

/** What `-y` says of the descriptor that a row's arguments begin with; `undefined` where that is not near, or does not end (`endOfNote`). */
export function noteIn(rows: UnreadRows, row: number): string | undefined {
  const { texts } = rows;
  const lead = rows.facts[row * FACTS + FactAt.LEAD]!;
  if (lead === 0) return undefined;
  const from = textBegin(rows, row) + argsFrom(lead);
  const to = Math.min(rows.ends[row]!, from + MOST_NOTE);
  let at = from;
  while (at < to && texts[at] !== OPEN) at++;
  const open = at++;
  for (let depth = 1; at < to; at++) {
    const c = texts[at];
    if (c === OPEN) depth++;
    else if (c === CLOSE && texts[at - 1] !== DASH && --depth === 0)
      return texts.toString("latin1", open + 1, at);
  }
  return undefined;
}
