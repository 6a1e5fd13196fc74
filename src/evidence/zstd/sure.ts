import type { ReadPacked } from "../fill.js";
import { ZstdReader } from "../zstd.js";
import { loadZstd } from "../zstd-module.js";
import { QuickReader } from "./quick.js";

/**
 * Unpacks a zstd file quickly, and from where the quick reader falters with the reference, which begins anew and passes over what was
 * given. So what is given in the end, and what is said of damage, is the reference's.
 */
export class SureReader {
  /** How many bytes were read of the packed file. */
  packed = 0;
  private quick: QuickReader | undefined;
  private reference: ZstdReader | undefined;
  private given = 0;

  /** @param readAt fills a piece of memory with the packed file's bytes from a place on; gives how many these are, 0 at its end */
  constructor(private readonly readAt: (target: Uint8Array, position: number) => number) {
    this.quick = quickReader(this.fromBeginning());
  }

  /**
   * Fills `target` with the next unpacked bytes. It must not be called again before it is done.
   *
   * @param target always of the same length: the reference then takes the steps that it would have taken from the beginning, and so finds
   * damage at the same place
   * @returns how many: fewer than there is room for only before the end or before damage, 0 at the end
   * @throws PackingError when the file is damaged or cut, after all bytes before that were given; the system's error
   */
  async fill(target: Uint8Array): Promise<number> {
    if (this.quick) {
      const count = this.quick.fill(target);
      if (!this.quick.hasFaltered) {
        this.given += count;
        return count;
      }
      this.closeQuick();
    }
    this.reference ??= await this.resort(target);
    return this.reference.fill(target);
  }

  /** Gives the readers' memory back. */
  close(): void {
    this.closeQuick();
    this.reference?.close();
  }

  private closeQuick(): void {
    this.quick?.close();
    this.quick = undefined;
  }

  private fromBeginning(): ReadPacked {
    let position = 0;
    return (target) => {
      const count = this.readAt(target, position);
      position += count;
      this.packed = Math.max(this.packed, position);
      return count;
    };
  }

  /** @returns the reference, behind what was given */
  private async resort(piece: Uint8Array): Promise<ZstdReader> {
    const reference = new ZstdReader(await loadZstd(), this.fromBeginning());
    for (let left = this.given; left > 0; left -= piece.length) reference.fill(piece);
    return reference;
  }
}

/** Nothing where the machine refuses: some forbid making code at run time, old ones have no SIMD, and memory may be short. */
function quickReader(read: ReadPacked): QuickReader | undefined {
  try {
    return new QuickReader(read);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof RangeError) return undefined;
    throw error;
  }
}
