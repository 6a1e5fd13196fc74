/** What one archive may ask for, with all archives inside of it. Hostile ones ask for more; none that somebody packed by hand does. */
export interface Limits {
  /** Unpacked, in bytes. */
  bytes: number;
  entries: number;
  /** Archives inside of archives. */
  depth: number;
  /** Unpacked bytes for each packed one … */
  ratio: number;
  /** … once so many bytes are unpacked: little may be packed as tightly as it likes. */
  ratioFrom: number;
}

export const LIMITS: Limits = {
  bytes: 64 * 2 ** 30,
  entries: 500_000,
  depth: 8,
  ratio: 1000,
  ratioFrom: 256 << 20,
};

/** An archive asks for more than it may, or than there is room for. What came before is kept. */
export class LimitError extends Error {}

const gib = (bytes: number) => `${Math.round((bytes / 2 ** 30) * 100) / 100} GiB`;

/** What an archive that lies on disk has used of its limits. */
export class Budget {
  private bytes = 0;
  private entries = 0;

  /** @param packed length of the archive in bytes */
  constructor(
    private readonly limits: Limits,
    private readonly packed: number,
  ) {}

  takeBytes(count: number): void {
    this.bytes += count;
    const { bytes, ratio, ratioFrom } = this.limits;
    if (this.bytes > bytes) throw new LimitError(`it unpacks to more than ${gib(bytes)}`);
    if (this.bytes > ratioFrom && this.bytes > ratio * this.packed)
      throw new LimitError(`it unpacks to more than ${ratio} times its length, as only bombs do`);
  }

  takeEntry(): void {
    if (++this.entries > this.limits.entries)
      throw new LimitError(`it has more than ${this.limits.entries} entries`);
  }

  checkDepth(depth: number): void {
    if (depth > this.limits.depth)
      throw new LimitError(`it lies in ${this.limits.depth} archives inside of each other`);
  }
}
