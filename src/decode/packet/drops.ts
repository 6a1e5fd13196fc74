import type { CaptureNote } from "./framer.js";

/** Plain data. */
export interface DropCounts {
  /** By interface, all since the capture's beginning. */
  readonly byInterface: readonly (readonly [name: string, count: number])[];
  /** Those told with single packets. */
  readonly byPacket: number;
}

/** Adds up what a capture says of packets that were dropped: with packets, and, the same ones, in statistics of interfaces. */
export class Drops {
  private readonly byInterface = new Map<string, number>();
  private byPacket = 0;

  note({ dropped, since, name = "" }: CaptureNote): void {
    if (dropped === undefined) return;
    if (since === "packet") this.byPacket += dropped;
    else this.raise(name, dropped);
  }

  counts(): DropCounts {
    return { byInterface: [...this.byInterface], byPacket: this.byPacket };
  }

  /** Adds what was counted in the next part of the file. */
  add({ byInterface, byPacket }: DropCounts): void {
    for (const [name, count] of byInterface) this.raise(name, count);
    this.byPacket += byPacket;
  }

  get total(): number {
    let sum = 0;
    for (const count of this.byInterface.values()) sum += count;
    return Math.max(sum, this.byPacket);
  }

  /** Statistics count from the beginning: the last ones say all. */
  private raise(name: string, count: number): void {
    this.byInterface.set(name, Math.max(count, this.byInterface.get(name) ?? 0));
  }
}
