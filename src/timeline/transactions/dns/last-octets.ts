/**
 * Counts addresses by their last octet: whether one may be among a few hundred others is then known, for most, before it is
 * made a text.
 */
export class LastOctets {
  private readonly counts = new Int32Array(256);

  add(address: string): void {
    this.counts[octetOf(address)]! += 1;
  }

  delete(address: string): void {
    this.counts[octetOf(address)]! -= 1;
  }

  /** Whether an address with this last octet is among them. */
  mayHave(octet: number): boolean {
    return this.counts[octet]! > 0;
  }
}

/** The last octet of an address in text form; of what is none, any number. */
function octetOf(address: string): number {
  const decimal = /\.([0-9]{1,3})$/.exec(address)?.[1];
  const last = decimal === undefined ? Number.parseInt(/[0-9a-f]*$/.exec(address)![0], 16) : Number(decimal);
  return last & 255;
}
