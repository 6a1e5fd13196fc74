/** A page stands for so many bytes of a file: one bit for each place where an object may begin. */
const PAGE_SHIFT = 22;
const PAGE_BYTES = 1 << PAGE_SHIFT;

/** Offsets of objects, which are multiples of eight. Takes memory only for those parts of the file of which it holds any. */
export class OffsetSet {
  private readonly pages: (Uint8Array | undefined)[] = [];

  add(offset: number): void {
    const page = (this.pages[pageOf(offset)] ??= new Uint8Array(PAGE_BYTES >> 6));
    page[(offset >>> 6) & PLACES]! |= 1 << ((offset >>> 3) & 7);
  }

  has(offset: number): boolean {
    const page = this.pages[pageOf(offset)];
    if (page === undefined) return false;
    return (page[(offset >>> 6) & PLACES]! & (1 << ((offset >>> 3) & 7))) !== 0;
  }
}

/** Shifts take the lower 32 bits of a number: those are enough within a page. */
const PLACES = (PAGE_BYTES >> 6) - 1;

const pageOf = (offset: number) =>
  offset < 2 ** 32 ? offset >>> PAGE_SHIFT : Math.floor(offset / PAGE_BYTES);
