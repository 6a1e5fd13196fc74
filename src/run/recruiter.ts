/** How long a thread measures how fast the reading goes before it believes it: code runs slowly at first. Milliseconds. */
const LOOK_MS = 100;

/** Threads must spare so much of the time that is left, in seconds: starting one takes about half of it, of all cores. */
const WORTH_SECONDS = 0.5;

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
  private looks = 0;

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
    return ++this.looks > 1 && seconds > this.prospect.busy() + WORTH_SECONDS;
  }
}
