import { argsFrom, argsTo, FACTS, Fact, FactAt, restFrom, tagOf } from "../../scan/facts.js";
import { textBegin, type UnreadRows } from "../text/unread.js";
import { KINDS, type Kind } from "./kinds.js";

/** The calls by which the C library looks a name up, in their order; what they return is a descriptor, nothing, or how much they moved. */
const STEPS = ["socket", "connect", "sendto", "recvfrom", "close"].map((name) => ({
  name: Buffer.from(`${name}(`, "latin1"),
  kind: KINDS.get(name)! as Kind,
}));
/** Their places among the rows of a look-up. */
export const STEP = { SOCKET: 0, CONNECT: 1, SEND: 2, RECEIVE: 3, CLOSE: 4 } as const;
/** So many rows are looked through for one look-up. */
const MOST_ROWS = 48;

const BACKSLASH = 92;
const QUOTE = 34;
const COMMA = 44;
const BLANK = 32;

/** A part of the rows' texts. */
interface Part {
  from: number;
  to: number;
}

const part = (): Part => ({ from: 0, to: 0 });

/**
 * Finds, among the rows of a trace, the five calls of one thread by which it looked a name up: nothing failed or was interrupted, nothing is annotated,
 * and nothing of the thread that anybody follows lies between. Only looks, and changes nothing. Holds the last look-up that was found.
 */
export class LookUpRows {
  /** The rows, by step. */
  readonly rows = new Int32Array(STEPS.length);
  /** The arguments of the first four; without the descriptor, and of messages without quote and id. */
  readonly parts: readonly Part[] = [part(), part(), part(), part()];
  thread = 0;
  fd = 0;
  /** The message's id. */
  id = 0;
  /** Where an id ends that was read, and what it is. */
  private idEnd = 0;
  private idRead = 0;

  /**
   * Looks for a look-up whose first call is in row `from`.
   * @param passes whether a row of another thread would change nothing while the look-up's descriptor is `fd`
   * @returns the row behind its last; 0 when there is none
   */
  find(rows: UnreadRows, from: number, to: number, passes: (row: number, fd: number) => boolean): number {
    const { facts } = rows;
    const first = from * FACTS;
    this.thread = facts[first + FactAt.THREAD]!;
    this.fd = facts[first + FactAt.RESULT]!;
    if (this.fd < 0 || !this.isStep(rows, from, STEP.SOCKET)) return 0;
    this.rows[0] = from;
    const stop = Math.min(to, from + MOST_ROWS);
    for (let row = from + 1, step = 1; row < stop; row++) {
      if (facts[row * FACTS + FactAt.THREAD] !== this.thread) {
        if (passes(row, this.fd)) continue;
        return 0;
      }
      if (facts[row * FACTS + FactAt.FD] !== this.fd || !this.isStep(rows, row, step)) return 0;
      this.rows[step] = row;
      if (++step === STEPS.length) return row + 1;
    }
    return 0;
  }

  /** A number that is the same for look-ups of which all is the same but thread, descriptor, id and times: FNV-1a, 32 bits. */
  digest({ texts }: UnreadRows): number {
    let hash = 0x811c9dc5;
    for (const { from, to } of this.parts)
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ texts[at]!, 0x01000193);
    return hash;
  }

  /** The text of a step's arguments, all of them. */
  args(rows: UnreadRows, step: number): string {
    const row = this.rows[step]!;
    const begin = textBegin(rows, row);
    const from = begin + argsFrom(rows.facts[row * FACTS + FactAt.LEAD]!);
    return rows.texts.toString("latin1", from, begin + argsTo(rows.facts[row * FACTS + FactAt.ENDS]!));
  }

  /** What stands behind a step's result: ` <0.000452>`, or nothing. */
  rest(rows: UnreadRows, step: number): string {
    const row = this.rows[step]!;
    const from = textBegin(rows, row) + restFrom(rows.facts[row * FACTS + FactAt.ENDS]!);
    return rows.texts.toString("latin1", from, rows.ends[row]);
  }

  /** µs that a step took, as `-T` tells; NaN without. */
  spent(rows: UnreadRows, step: number): number {
    const rest = this.rest(rows, step);
    return rest === "" ? Number.NaN : Math.round(Number(rest.slice(2, -1)) * 1e6);
  }

  /** Does the row show this step, all of it and without a fault? Its parts are noted then. */
  private isStep(rows: UnreadRows, row: number, step: number): boolean {
    const { facts, texts } = rows;
    const at = row * FACTS;
    const bits = facts[at + FactAt.BITS]!;
    const { name, kind } = STEPS[step]!;
    if (tagOf(bits) !== kind || (bits & (Fact.CALL | Fact.DONE)) !== (Fact.CALL | Fact.DONE)) return false;
    const ends = facts[at + FactAt.ENDS]!;
    if ((bits & (Fact.ENDED | Fact.BEGUN | Fact.NOTED)) !== 0 || ends === 0) return false;
    const begin = textBegin(rows, row);
    const args = begin + argsFrom(facts[at + FactAt.LEAD]!);
    const to = begin + argsTo(ends);
    for (let i = 0; i < name.length; i++) if (texts[args - name.length + i] !== name[i]) return false;
    if (!isSpan(texts, begin + restFrom(ends), rows.ends[row]!)) return false;
    const result = facts[at + FactAt.RESULT]!;
    if (step === STEP.CONNECT && result !== 0) return false;
    if ((step === STEP.SEND || step === STEP.RECEIVE) && !(result > 0)) return false;
    if (step === STEP.CLOSE) return true;
    const here = this.parts[step]!;
    here.to = to;
    here.from = args;
    if (step === STEP.SOCKET) return true;
    while (here.from < to && isDigit(texts[here.from]!)) here.from++;
    if (texts[here.from] !== COMMA || texts[here.from + 1] !== BLANK) return false;
    here.from += 2;
    if (step === STEP.CONNECT) return true;
    if (texts[here.from] !== QUOTE || !this.readId(texts, here.from + 1, to)) return false;
    if (step === STEP.RECEIVE && this.idRead !== this.id) return false;
    this.id = this.idRead;
    here.from = this.idEnd;
    return true;
  }

  /** Reads two bytes as strace writes them in octal or as they are (escapes.ts). @returns false where they are written in another way */
  private readId(texts: Uint8Array, from: number, to: number): boolean {
    let at = from;
    let id = 0;
    for (let i = 0; i < 2; i++) {
      let c = texts[at++]!;
      if (c === QUOTE) return false;
      if (c === BACKSLASH) {
        c = 0;
        const first = at;
        while (at < first + 3 && isOctal(texts[at]!)) c = c * 8 + texts[at++]! - 48;
        if (at === first || c > 0xff) return false;
      }
      id = (id << 8) | c;
    }
    this.idEnd = at;
    this.idRead = id;
    return at < to;
  }
}

const isDigit = (c: number) => c >= 48 && c <= 57;
const isOctal = (c: number) => c >= 48 && c <= 55;

/** Nothing, or ` <0.000452>` and no more. */
function isSpan(texts: Uint8Array, from: number, to: number): boolean {
  if (from === to) return true;
  if (
    to - from < 5 ||
    to - from > 23 ||
    texts[from] !== BLANK ||
    texts[from + 1] !== 60 ||
    texts[to - 1] !== 62
  )
    return false;
  let points = 0;
  for (let at = from + 2; at < to - 1; at++) {
    if (texts[at] === 46) points++;
    else if (!isDigit(texts[at]!)) return false;
  }
  return points === 1;
}
