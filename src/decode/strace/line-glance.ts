import { CallLine, isDigit } from "../../scan/call-line.js";
import { Names } from "../../scan/names.js";
import { type Glance, KINDS, type Kind } from "./kinds.js";

const NAMES = new Names(KINDS);

/** A glance at a call's record by its bytes, without an expression: it knows the common forms of `grammars/strace.grammar`. */
export class LineGlance extends CallLine implements Glance {
  get kind(): Kind {
    return NAMES.find(this.bytes, this.nameFrom, this.nameTo, this.nameHash) as Kind;
  }

  get fd(): number {
    const { bytes, argsFrom } = this;
    const stop = Math.min(this.argsTo, argsFrom + 9);
    let value = 0;
    let i = argsFrom;
    for (; i < stop && isDigit(bytes[i]!); i++) value = value * 10 + bytes[i]! - 48;
    return i === argsFrom ? -1 : value;
  }

  get noted(): boolean {
    const i = this.digits(this.argsFrom, this.argsTo);
    return i > this.argsFrom && i < this.argsTo && this.bytes[i] === 60;
  }

  argsHave(words: string): boolean {
    return this.has(words, this.argsFrom, this.argsTo);
  }

  restHas(words: string): boolean {
    return this.has(words, this.restFrom, this.to);
  }

  failedWith(error: string): boolean {
    return this.value === -1 && this.begins(` ${error}`, this.restFrom, this.to);
  }
}
