import type { Pull } from "./pull.js";

/** An error or an end is followed by its echoes within: µs. */
export const ECHO_SPAN = 5_000_000;
/** A pull of which nothing was heard for so long is over: µs. Layers of a big image can take minutes. */
const IDLE_SPAN = 600_000_000;

/** Until when something may still be heard of the pull: µs UTC, NaN when it has no time. */
const lastsUntil = ({ over, last }: Pull) => last + (over ? ECHO_SPAN : IDLE_SPAN);

/**
 * Knows when open pulls are to be closed. Hundreds can be under way while every few lines one that has ended is closed: those that have
 * ended stand in a line of their own, the first to go first, and nobody walks over the others.
 */
export class Expiry {
  /** No pull is to be closed before: µs UTC. So pulls close at the same event, whatever else passes between. */
  due = Infinity;
  private ended: { readonly pull: Pull; readonly until: number }[] = [];
  /** No pull under way is to be closed before: µs UTC. */
  private idle = Infinity;

  /** Something was heard of an open pull. */
  heard(pull: Pull): void {
    const until = lastsUntil(pull);
    // One that lasts longer now shows it when its turn comes.
    if (pull.over && !(until >= pull.lined)) this.line(pull, until);
    else if (!pull.over && until < this.idle) this.idle = until;
    if (until < this.due) this.due = until;
  }

  /**
   * The pulls that are over at `now`, µs UTC, in the order in which they began.
   * @param open all that are open, in that order
   */
  over(now: number, open: Iterable<Pull>): readonly Pull[] {
    const over = this.endedBefore(now);
    if (now > this.idle) {
      this.idle = Infinity;
      for (const pull of open) {
        if (pull.over) continue;
        const until = lastsUntil(pull);
        if (now > until) over.push(pull);
        else if (until < this.idle) this.idle = until;
      }
    }
    this.due = Math.min(this.idle, this.ended[0]?.until ?? Infinity);
    if (over.length < 2) return over;
    const gone = new Set(over);
    return [...open].filter((pull) => gone.has(pull));
  }

  private endedBefore(now: number): Pull[] {
    const { ended } = this;
    const over: Pull[] = [];
    for (let first = ended[0]; first && now > first.until; first = ended[0]) {
      ended.shift();
      const { pull } = first;
      if (!pull.isOpen) continue;
      pull.lined = Number.NaN;
      const until = lastsUntil(pull);
      if (now > until) over.push(pull);
      else this.line(pull, until);
    }
    return over;
  }

  private line(pull: Pull, until: number): void {
    // Without a time it stays open until the end.
    if (Number.isNaN(until)) return;
    pull.lined = until;
    let at = this.ended.length;
    while (at > 0 && this.ended[at - 1]!.until > until) at--;
    this.ended.splice(at, 0, { pull, until });
  }
}
