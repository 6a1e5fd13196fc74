import { comparable } from "../../model/time.js";

/**
 * How a fact was seen: it `begins` (it did not hold before), it `holds` (a snapshot or monitor shows it, nobody knows since when), it
 * `ends`.
 */
export type Mark = "begins" | "holds" | "ends";

/** Marks of one fact. More of them say that something flaps, and the first are forgotten. */
const MAX_MARKS = 64;

/**
 * When one fact held. A snapshot without a stamp shows that it held at some time, which is taken for any time that no dated mark speaks
 * against: what a capture needs to know was often written down before or after it.
 */
export class History {
  private marks: { time: number; mark: Mark }[] = [];
  private seen = false;

  /** @param time µs UTC; NaN when nobody knows */
  note(mark: Mark, time: number): void {
    if (mark !== "ends") this.seen = true;
    if (Number.isNaN(time)) return;
    let at = this.marks.length;
    while (at > 0 && this.marks[at - 1]!.time > time) at--;
    // Once shown, a fact holds until its end: showing it again adds nothing.
    if (mark === "holds" && at > 0 && this.marks[at - 1]!.mark !== "ends") return;
    this.marks.splice(at, 0, { time, mark });
    if (this.marks.length > MAX_MARKS) this.marks.shift();
  }

  /** Whether the fact held at `time` (µs UTC; NaN: at any time), as far as is known. */
  heldAt(time: number): boolean {
    const marks = this.marks.filter((mark) => comparable(mark.time, time));
    const before = marks.findLast((mark) => mark.time <= time);
    if (before !== undefined) return before.mark !== "ends";
    const after = marks[0];
    if (after !== undefined) return after.mark !== "begins";
    return this.seen;
  }

  /** Whether nothing at all was seen of it. */
  get isUnknown(): boolean {
    return !this.seen && this.marks.length === 0;
  }

  /** Whether it began anew after `time`, µs UTC. */
  beganAfter(time: number): boolean {
    return this.marks.some(
      (mark) => mark.mark === "begins" && comparable(mark.time, time) && mark.time > time,
    );
  }
}
