import type { Event } from "../../../model/event.js";
import { list } from "../assembled.js";
import { DEFAULT_WAIT } from "./timing.js";

/** The C library takes no more: resolv.conf(5), `RES_MAXRETRANS`. */
const MOST_SECONDS = 30;

/** What the resolv.conf files and daemon.json of one host say of how long its clients wait. */
export class ResolverOptions {
  private longest = DEFAULT_WAIT;

  /**
   * µs: the longest `timeout:N` of them all, and never less than clients wait without one. Which client reads which file is not known (the
   * host's, its containers'), and who is thought to wait less than he does is said to have got no answer.
   */
  get wait(): number {
    return this.longest;
  }

  /** Takes in a `resolver.options`, or the `docker.config` that gives containers theirs. */
  learn(event: Event): void {
    for (const option of list(event, "resolver.options")) {
      const seconds = /^timeout:([0-9]{1,3})$/.exec(option)?.[1];
      if (seconds === undefined) continue;
      this.longest = Math.max(this.longest, Math.min(Number(seconds), MOST_SECONDS) * 1_000_000);
    }
  }
}
