import { remember } from "./remember.js";

/** Copies of a packet on several interfaces of a host, or translated on its way through, follow each other within this: µs. */
const COPIED_WITHIN_US = 10_000;
/** So many packets are remembered at most. */
const MOST = 4096;

/** Tells the first sighting of a packet from its copies. */
export class Copies {
  private readonly seen = new Map<string, number>();

  /**
   * Is this the first of its copies?
   * @param key the same for all copies
   * @param time µs; NaN: without stamps no copy can be told from another sending
   */
  isFirst(key: string, time: number): boolean {
    const before = this.seen.get(key);
    if (before !== undefined && Math.abs(time - before) <= COPIED_WITHIN_US) return false;
    if (before !== undefined) this.seen.delete(key);
    remember(this.seen, key, time, MOST);
    return true;
  }
}
