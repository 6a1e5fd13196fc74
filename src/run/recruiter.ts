/** How long a thread measures how fast the reading goes before it believes it: code runs slowly at first. Milliseconds. */
const LOOK_MS = 100;

/**
 * So much longer must the reading take than the cores are busy, in seconds: with two of them half of the difference is spared, and starting
 * a thread takes about half of that.
 */
const WORTH_SECONDS = 1;
/** One slow moment, of which the machine may be the cause, is none: so many looks in a row must say the same. */
const AGREEING = 2;

/** What is known of the time that is left. */
export interface Prospect {
  /** Bytes that other threads could take over. */
  bytes: number;
  /** Seconds for which the cores are busy with something else anyway. */
  busy: () => number;
}

/**
 * Says when threads beside the calling one would pay, by how fast that one reads: how long it takes for a byte differs by fifty times with
 * what the bytes are, and a log of which few lines are wanted is read before another thread has warmed up.
 */
export class Recruiter {
  private left: number;
  private since: number | undefined;
  private read = 0;
  /** The first look is at code that is not compiled yet. */
  private looked = false;
  private agreeing = 0;

  /** @param now milliseconds, from any beginning */
  constructor(
    private readonly prospect: Prospect,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.left = prospect.bytes;
  }

  /** Is told of bytes that were read. @returns whether threads would pay */
  took(bytes: number): boolean {
    this.left -= bytes;
    this.read += bytes;
    const now = this.now();
    this.since ??= now;
    const ms = now - this.since;
    if (ms < LOOK_MS) return false;
    const seconds = (this.left * ms) / this.read / 1000;
    this.since = now;
    this.read = 0;
    const pays = this.looked && seconds > this.prospect.busy() + WORTH_SECONDS;
    this.looked = true;
    this.agreeing = pays ? this.agreeing + 1 : 0;
    return this.agreeing === AGREEING;
  }
}
