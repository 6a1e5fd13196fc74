import type { Event } from "../../model/event.js";
import { endOfNote, readArgs } from "./args.js";
import { readTail, type Tail } from "./tail.js";
import type { Field, Value } from "./values.js";

/** One system call, its unfinished and resumed halves joined. */
export class Call {
  private fields: readonly Field[] | undefined;
  private parsedTail: Tail | undefined;

  /**
   * @param records the raw records, one or two
   * @param returned when the second half was printed, µs; NaN when there is none or it has no stamp
   */
  constructor(
    readonly name: string,
    readonly args: string,
    readonly result: string,
    private readonly rest: string,
    readonly records: readonly Event[],
    readonly thread: number,
    readonly returned: number,
  ) {}

  /** The first record: the call's entry. */
  get entry(): Event {
    return this.records[0]!;
  }

  /** The last record: the call's return. */
  get exit(): Event {
    return this.records.at(-1)!;
  }

  get tail(): Tail {
    this.parsedTail ??= readTail(this.rest);
    return this.parsedTail;
  }

  /** The error's name when the call failed. */
  get error(): string | undefined {
    return this.rest.includes("E") ? this.tail.error : undefined;
  }

  /** What stands behind the result, such as `([{fd=3, revents=POLLIN}])`. */
  get outcome(): string {
    return this.rest;
  }

  /** The result as a number; NaN for `?`. */
  get value(): number {
    return this.result === "?" || this.result === "" ? Number.NaN : Number(this.result);
  }

  get failed(): boolean {
    return this.result === "-1";
  }

  /** A signal ended it before its time: it may be restarted. */
  get interrupted(): boolean {
    const { error } = this;
    return error !== undefined && (error === "EINTR" || error.startsWith("ERESTART"));
  }

  /** µs it took, from `-T` or from the halves' stamps; NaN when neither tells. */
  get spent(): number {
    const { spent } = this.tail;
    return Number.isNaN(spent) ? this.returned - this.entry.time : spent;
  }

  /** What stands behind the first argument, a descriptor without annotation; `undefined` when it is another. */
  get behindFd(): string | undefined {
    const { args } = this;
    let i = 0;
    while (isDigit(args.charCodeAt(i))) i++;
    return i > 0 && args.startsWith(", ", i) ? args.slice(i + 2) : undefined;
  }

  get fieldList(): readonly Field[] {
    this.fields ??= readArgs(this.args);
    return this.fields;
  }

  /** The argument at `index`, as it was after the call when both are shown. */
  arg(index: number): Value | undefined {
    return this.fieldList[index]?.value;
  }

  /** The first argument as a descriptor, without reading the others; -1 when it is none. */
  get fd(): number {
    return leadingNumber(this.args);
  }

  /** What `-y` says of the first argument. */
  get note(): string | undefined {
    const { args } = this;
    let i = 0;
    while (isDigit(args.charCodeAt(i))) i++;
    return i > 0 && args.charCodeAt(i) === 60 ? args.slice(i + 1, endOfNote(args, i)) : undefined;
  }
}

const isDigit = (c: number) => c >= 48 && c <= 57;

/** The number that a text begins with; -1 when there is none. */
export function leadingNumber(text: string): number {
  let value = 0;
  let i = 0;
  for (; i < 9; i++) {
    const c = text.charCodeAt(i);
    if (!isDigit(c)) break;
    value = value * 10 + (c - 48);
  }
  return i === 0 ? -1 : value;
}

/** A record without its texts. */
export function slim(event: Event): Event {
  return { ...event, fields: { "strace.call": event.fields["strace.call"] } };
}
