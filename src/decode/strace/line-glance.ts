import { CallLine } from "../../scan/call-line.js";
import { Names } from "../../scan/names.js";
import { type Glance, KINDS, type Kind } from "./kinds.js";

const NAMES = new Names(KINDS);

/** A glance at a call's record by its bytes, without an expression: it knows the common forms of `grammars/strace/strace.grammar`. */
export class LineGlance extends CallLine implements Glance {
  /** Looks at a line without its line end. @returns whether it shows a call, see {@link CallLine.at} */
  of(line: Uint8Array): boolean {
    return this.at(line, 0, line.length);
  }

  get kind(): Kind {
    return NAMES.find(this.bytes, this.nameFrom, this.nameTo, this.nameHash) as Kind;
  }
}
