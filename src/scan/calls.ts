import { CallLine, Part } from "./call-line.js";
import {
  endsOf,
  Fact,
  FactAt,
  leadOf,
  MOST_LEAD,
  MOST_PLACE,
  MOST_TOLD,
  STAMP_SHIFT,
  STAMPS,
  TAG_SHIFT,
  UNTOLD,
} from "./facts.js";
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
  /** All of it, and it came back with something, and no error, on descriptors that `-y` does not annotate. */
  POLL: 5,
  /** All of it, and it failed; or not its end, and it is no command of fcntl that sets flags or makes a descriptor. */
  CONTROL: 6,
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

/**
 * By rule: what a call's facts have one of when they are {@link Fact.BRIEF}, if its descriptor is not annotated. They are a fifth of a busy
 * trace; what they lead to depends on their thread and descriptor.
 */
const BRIEF: Readonly<Record<number, number>> = {
  [CallRule.READ]: Fact.BEGUN | Fact.AGAIN,
  [CallRule.WRITE]: Fact.BEGUN | Fact.ENDED,
  [CallRule.WAIT]: Fact.CALL,
};
/** A rule, and a tag of 0 to 31 that is handed back with the facts of each line. */
export const ruleWithTag = (rule: CallRule, tag: number): number => rule | (tag << RULE_BITS);
const RULE_BITS = 3;

/** Tells which lines that show system calls need no look. */
export class PlainCalls extends CallLine {
  private readonly names: Names;

  /** @param rules by name, perhaps with tags; other names' lines are plain */
  constructor(rules: ReadonlyMap<string, number>) {
    super();
    this.names = new Names(rules);
  }

  /** Looks at the line in bytes[from, to). */
  look(bytes: Uint8Array, from: number, to: number): CallLook {
    if (!this.at(bytes, from, to)) return CallLook.UNKNOWN;
    return this.isPlain() ? CallLook.PLAIN : CallLook.CALL;
  }

  /** Writes down the facts of the line that was looked at, which shows a call. */
  note(facts: Int32Array, at: number): void {
    const { value, part } = this;
    facts[at + FactAt.THREAD] = this.thread;
    facts[at + FactAt.FD] = this.fd;
    const bits =
      Fact.CALL |
      (part === Part.ENDED ? Fact.ENDED : part === Part.BEGUN ? Fact.BEGUN : 0) |
      (this.noted ? Fact.NOTED : 0) |
      (value === -1 ? Fact.FAILED : value >= 0 ? Fact.DONE : 0) |
      (this.failedWith("EAGAIN") ? Fact.AGAIN : 0) |
      (this.rule === CallRule.CONTROL && this.argsHave("F_DUPFD") ? Fact.DUPLICATES : 0);
    facts[at + FactAt.BITS] =
      bits |
      (!this.noted && (bits & (BRIEF[this.rule] ?? 0)) !== 0 ? Fact.BRIEF : 0) |
      ((this.meaning >> RULE_BITS) << TAG_SHIFT) |
      (STAMPS.indexOf(this.stampKind) << STAMP_SHIFT);
    facts[at + FactAt.RESULT] = value >= 0 && value <= MOST_TOLD ? value : UNTOLD;
    const { from } = this;
    const [args, rest] = [this.argsFrom - from, this.restFrom - from];
    const isNear = args <= MOST_LEAD && rest <= MOST_PLACE;
    const [stamp, stampTo] = this.stampKind ? [this.stampFrom - from, this.stampTo - from] : [0, 0];
    facts[at + FactAt.LEAD] = isNear ? leadOf(stamp, stampTo, this.nameFrom - from, args) : 0;
    facts[at + FactAt.ENDS] = isNear ? endsOf(this.argsTo - from, rest) : 0;
  }

  private get rule(): number {
    return this.meaning & ((1 << RULE_BITS) - 1);
  }

  private get meaning(): number {
    return this.names.find(this.bytes, this.nameFrom, this.nameTo, this.nameHash);
  }

  private isPlain(): boolean {
    const whole = this.part === Part.WHOLE;
    switch (this.rule) {
      case CallRule.PLAIN:
        return true;
      case CallRule.READ:
        return this.part !== Part.BEGUN && this.value >= 0 && !this.isMarked();
      case CallRule.WRITE:
        return whole && this.value >= 0 && !this.isMarked();
      case CallRule.WAIT:
        return whole && (this.value > 0 || this.looksOnly());
      case CallRule.CONTROL:
        if (this.part === Part.ENDED) return false;
        return (whole && !(this.value >= 0)) || !(this.argsHave("F_SETFL") || this.argsHave("F_DUPFD"));
      case CallRule.POLL:
        return whole && this.value > 0 && !this.restHas("POLLERR") && !this.argsHave("<");
      default:
        return false;
    }
  }
}
