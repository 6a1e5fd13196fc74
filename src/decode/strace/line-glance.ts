import { CallLine } from "../../scan/call-line.js";
import { Names } from "../../scan/names.js";
import { type Glance, KINDS, type Kind } from "./kinds.js";

const NAMES = new Names(KINDS);

/** A glance at a call's record by its bytes, without an expression: it knows the common forms of `grammars/strace/strace.grammar`. */
export class LineGlance extends CallLine implements Glance {
  get kind(): Kind {
    return NAMES.find(this.bytes, this.nameFrom, this.nameTo, this.nameHash) as Kind;
  }
}
