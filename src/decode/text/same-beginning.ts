import type { Shape } from "../../grammar/types.js";
import type { Claimer } from "./claim.js";

/** How a shape's expression ends that takes any text after its beginning, as envelopes take their messages. */
const ANY_TEXT = "([^]*)$";
/** What could make the match of the beginning depend on the text behind it: looking around, word boundaries, an early end. */
const LOOKS_AHEAD = /\(\?[=!<]|\\[bB1-9k]|\$/;

/** After so many records whose beginning had to be learned, the gain is looked at; without any, so many pass by unlooked. */
const TRIAL = 512;
const PAUSE = 16_384;

/**
 * Remembers how the last record began that one envelope claimed, up to its message: `Nov 22 03:52:32 host dockerd[2706]: `.
 *
 * A shape whose last part is "any text" claims every record with the same beginning, so that comparing some bytes stands for
 * its regular expression. Busy logs write hundreds of such lines a second; where each line begins in its own
 * way (microseconds in the stamp), nothing is learned for a while.
 */
export class SameBeginning {
  private readonly able = new Map<Shape, boolean>();
  private beginning = new Uint8Array(0);
  private shape: Shape | undefined;
  private hits = 0;
  private learned = 0;
  private pause = 0;

  constructor(private readonly claimer: Claimer) {}

  /** Does the record in `bytes[at, end)` begin as the last one did? Then the claimer claims it, with the same shape. */
  holds(bytes: Uint8Array, at: number, end: number): boolean {
    const { beginning, shape } = this;
    const { length } = beginning;
    if (shape === undefined || at + length > end) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== beginning[i]) return false;
    this.hits++;
    this.claimer.shape = shape;
    return true;
  }

  /** Takes note of a record that the claimer has just claimed. */
  learn(text: string): void {
    if (this.pause > 0) {
      this.pause--;
      return;
    }
    this.shape = undefined;
    const shape = this.claimer.shape!;
    let able = this.able.get(shape);
    if (able === undefined) this.able.set(shape, (able = takesAnyText(shape.regex)));
    if (++this.learned > TRIAL) {
      if (this.hits < this.learned) this.pause = PAUSE;
      this.learned = this.hits = 0;
    }
    if (!able) return;
    shape.regex.lastIndex = 0;
    const match = shape.regex.exec(text);
    const message = match?.[match.length - 1];
    if (message === undefined) return;
    const beginning = text.slice(0, text.length - message.length);
    // A record without beginning, or with one over several lines, is no log line.
    if (beginning.length < 8 || beginning.includes("\n") || beginning.includes("\r")) return;
    this.beginning = Buffer.from(beginning, "latin1");
    this.shape = shape;
  }
}

/** Does what the expression accepts depend on nothing behind the place where its last group begins? */
export function takesAnyText({ source, flags }: RegExp): boolean {
  return (
    source.endsWith(ANY_TEXT) && !flags.includes("m") && !LOOKS_AHEAD.test(source.slice(0, -ANY_TEXT.length))
  );
}
