import { CallLine, Part } from "./call-line.js";
import { Names } from "./names.js";

/** When nobody needs to look at a line that shows a call of some name. The kernel has the same numbers (kernel/calls.ts). */
export const CallRule = {
  /** Always: so it is with all names for which nothing else is said. */
  PLAIN: 0,
  /** Never. */
  ODD: 1,
  /** Where it ends well, and its data have no mark of a DNS message. */
  READ: 2,
  /** The same, of a line that shows all of it. */
  WRITE: 3,
  /** All of it, and it came back with something, or did not wait: its fourth argument is 0 ms. */
  WAIT: 4,
} as const;
export type CallRule = (typeof CallRule)[keyof typeof CallRule];

/** What a line tells of the call that it may show. */
export const CallLook = {
  /** Nothing for certain. */
  UNKNOWN: 0,
  /** It shows a call that nobody needs to look at. */
  PLAIN: 1,
  /** It shows another. */
  CALL: 2,
} as const;
export type CallLook = (typeof CallLook)[keyof typeof CallLook];

/** Tells which lines that show system calls need no look. */
export class PlainCalls extends CallLine {
  private readonly names: Names;

  /** @param rules by name; other names' lines are plain */
  constructor(rules: ReadonlyMap<string, CallRule>) {
    super();
    this.names = new Names(rules);
  }

  /** Looks at the line in bytes[from, to). */
  look(bytes: Uint8Array, from: number, to: number): CallLook {
    if (!this.at(bytes, from, to)) return CallLook.UNKNOWN;
    return this.isPlain() ? CallLook.PLAIN : CallLook.CALL;
  }

  private isPlain(): boolean {
    const whole = this.part === Part.WHOLE;
    switch (this.names.find(this.bytes, this.nameFrom, this.nameTo, this.nameHash)) {
      case CallRule.PLAIN:
        return true;
      case CallRule.READ:
        return this.part !== Part.BEGUN && this.value >= 0 && !this.isMarked();
      case CallRule.WRITE:
        return whole && this.value >= 0 && !this.isMarked();
      case CallRule.WAIT:
        return whole && (this.value > 0 || this.looksOnly());
      default:
        return false;
    }
  }
}
