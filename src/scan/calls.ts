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

/** Tells which lines that show system calls need no look. */
export class PlainCalls extends CallLine {
  private readonly names: Names;

  /** @param rules by name; other names' lines are plain */
  constructor(rules: ReadonlyMap<string, CallRule>) {
    super();
    this.names = new Names(rules);
  }

  /** Does the line in bytes[from, to) certainly show a call, and one that nobody needs to look at? */
  includes(bytes: Uint8Array, from: number, to: number): boolean {
    if (!this.at(bytes, from, to)) return false;
    const whole = this.part === Part.WHOLE;
    switch (this.names.find(bytes, this.nameFrom, this.nameTo, this.nameHash)) {
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
