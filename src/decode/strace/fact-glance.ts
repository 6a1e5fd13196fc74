import { Part } from "../../scan/call-line.js";
import { Fact, TAG_SHIFT } from "../../scan/calls.js";
import { type Glance, Kind } from "./kinds.js";

/** A glance at a call's record by what a scanner noted of it. It tells of calls that are not idle, and only of those that need no closer look. */
export class FactGlance implements Glance {
  kind: Kind = Kind.NONE;
  part: Part = Part.WHOLE;
  thread = 0;
  fd = 0;
  noted = false;
  value = 0;
  private again = false;

  /**
   * Looks at the numbers from `at` on.
   * @returns whether they tell enough: that the record is not idle, and all that is asked about calls of its kind
   */
  at(facts: Int32Array, at: number): boolean {
    const bits = facts[at + 2]!;
    this.kind = (bits >> TAG_SHIFT) as Kind;
    this.part = bits & Fact.ENDED ? Part.ENDED : bits & Fact.BEGUN ? Part.BEGUN : Part.WHOLE;
    this.thread = facts[at]!;
    this.fd = facts[at + 1]!;
    this.noted = (bits & Fact.NOTED) !== 0;
    this.value = bits & Fact.FAILED ? -1 : bits & Fact.DONE ? 0 : Number.NaN;
    this.again = (bits & Fact.AGAIN) !== 0;
    return this.suffices();
  }

  failedWith(error: string): boolean {
    return this.again && error === "EAGAIN";
  }

  // What is not known here is taken to be so that the record is read.

  argsHave(): boolean {
    return true;
  }

  restHas(): boolean {
    return true;
  }

  looksOnly(): boolean {
    return false;
  }

  isMarked(): boolean {
    return true;
  }

  private suffices(): boolean {
    const { kind, part } = this;
    if (kind === Kind.CLOSE || kind === Kind.EPOLL_WAIT) return true;
    if (kind === Kind.WRITE) return part !== Part.WHOLE;
    if (kind !== Kind.READ) return false;
    // A scanner calls a read plain that ended well without the mark of a DNS message.
    return (
      part === Part.BEGUN || this.value === 0 || (this.value === -1 && (part === Part.ENDED || this.again))
    );
  }
}
