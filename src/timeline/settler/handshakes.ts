import { SegmentRow } from "./segment.js";
import { FLAG, type Window } from "./window.js";

const SLOT_BITS = 18;
/** A plain SYN is answered before the stream has moved on by more than this: µs. */
const MOST_WAIT = 1_000_000;
/** And before so many other items: fewer than the open SYNs that transactions/passage/openers.ts keeps before it settles early. */
const MOST_BETWEEN = 40_000;

/**
 * Finds, for the TCP SYNs in the window, their answers. A SYN is plain when it is seen once and answered: the packet came through,
 * with one address, which teaches nothing of the host (transactions/passage). Why it has no bearing on any other, either:
 *
 * - **Copies and redirected ones** have the same sequence number: within the window they make both be kept; so do SYNs of other sources
 *   (`Touches.sinceOpener`), whatever they are. Later ones are no copies, as openers.ts sees it.
 * - **Earlier ones that are still open**, with that number or on the client's port, are asked for (`mayConcern`).
 * - **Answers and resets** mark open SYNs alone: they are dropped where there is none.
 * - **How many are open** decides when the oldest is settled: the plain ones are counted (`passed`).
 */
export class Handshakes {
  /** By a hash of the sequence number: the newest SYN. */
  private readonly newest = new Int32Array(1 << SLOT_BITS).fill(-1);
  private readonly opener = new SegmentRow();
  private readonly reply = new SegmentRow();

  constructor(private readonly window: Window) {}

  /** Item `number` is a SYN. Of two that seem to have one number, none is plain. */
  addOpener(number: number, seq: number): void {
    const { newest } = this;
    const { answers, flags, head, mask } = this.window;
    const slot = slotOf(seq);
    const other = newest[slot]!;
    newest[slot] = number;
    answers[number & mask] = -1;
    if (other < head) return;
    flags[other & mask]! |= FLAG.KEEP;
    flags[number & mask]! |= FLAG.KEEP;
  }

  /** Item `number` may answer a SYN. @param now how far the stream has come: µs UTC */
  addReply(number: number, seq: number, now: number): void {
    const { window, opener, reply } = this;
    const { answers, times, head, mask } = window;
    const asked = this.newest[slotOf(seq)]!;
    const at = asked & mask;
    if (asked < head || answers[at]! >= 0 || number - asked > MOST_BETWEEN || now - times[at]! > MOST_WAIT)
      return;
    const here = window.segmentOf(number);
    const there = window.segmentOf(asked);
    const [row, askedRow] = [window.rowOf(number), window.rowOf(asked)];
    reply.turn(here.segment, row);
    opener.turn(there.segment, askedRow);
    // Who read the segment may have compared them.
    const isCompared = here === there && reply.apart === row - askedRow;
    if (isCompared || opener.isAnsweredBy(reply)) answers[at] = number;
  }

  /** Items are counted anew. */
  clear(): void {
    this.newest.fill(-1);
  }
}

const slotOf = (key: number): number => Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS);
