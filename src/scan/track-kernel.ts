import type { TrackMemory } from "./track-rows.js";
import type { Halt, TrackFollower, TrackTable } from "./tracks.js";

/** What the kernel exports for it. */
export interface TrackKernel {
  setKind(track: number, kind: number): void;
  follow(from: number, to: number, line: number, offset: number): number;
}

/** Follows lines in the kernel. */
export class KernelFollower implements TrackFollower {
  private table: TrackTable | undefined;

  constructor(
    private readonly kernel: TrackKernel,
    private readonly memory: TrackMemory,
  ) {}

  get rows() {
    return this.memory.rows;
  }

  get halt(): Halt {
    return this.memory.told[0] as Halt;
  }

  get track(): number {
    return this.memory.told[1]!;
  }

  get lastRow(): number {
    return this.memory.told[7]!;
  }

  get marks(): Int32Array {
    return this.memory.marks;
  }

  get changed(): Uint8Array {
    return this.memory.changed;
  }

  get numbers(): Float64Array {
    return this.memory.values;
  }

  know(table: TrackTable, continuing: Uint8Array): void {
    const { memory } = this;
    memory.continuing.set(continuing);
    if (table !== this.table) {
      memory.program.set(table.program);
      memory.sources.set(table.sources.flat(2));
      let first = 0;
      for (const [track, sources] of table.sources.entries()) {
        memory.tracks.set([first, sources.length], 3 * track);
        first += sources.length;
      }
    }
    this.table = table;
    for (let track = 0; track < table.sources.length; track++) this.kernel.setKind(track, -1);
  }

  setKind(track: number, kind: number): void {
    this.kernel.setKind(track, kind);
  }

  follow(from: number, to: number, line: number, offset: number): number {
    const { rows, told } = this.memory;
    const end = this.kernel.follow(from, to, line, offset);
    rows.count = told[2]!;
    rows.changeCount = told[3]!;
    rows.textCount = told[4]!;
    rows.numberCount = told[5]!;
    rows.textBytes = told[6]!;
    return end;
  }
}
