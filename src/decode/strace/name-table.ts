import { KINDS, Kind } from "./kinds.js";

const SIZE = 256;

/** The names of calls that are followed, found by their bytes: no string is made of a name. */
export class NameTable {
  private readonly names: (Uint8Array | undefined)[] = new Array<undefined>(SIZE).fill(undefined);
  private readonly kinds = new Uint8Array(SIZE);

  constructor() {
    for (const [name, kind] of KINDS) {
      const bytes = Buffer.from(name, "latin1");
      let slot = bytes.reduce(NameTable.next, 0) & (SIZE - 1);
      while (this.names[slot] !== undefined) slot = (slot + 1) & (SIZE - 1);
      this.names[slot] = bytes;
      this.kinds[slot] = kind;
    }
  }

  /** The hash of a text with one more byte behind it. */
  static next(this: void, hash: number, byte: number): number {
    return (Math.imul(hash, 31) + byte) | 0;
  }

  /** @param hash of bytes[from, to) */
  kindOf(bytes: Uint8Array, from: number, to: number, hash: number): Kind {
    for (let slot = hash & (SIZE - 1); ; slot = (slot + 1) & (SIZE - 1)) {
      const name = this.names[slot];
      if (name === undefined) return Kind.NONE;
      if (equals(name, bytes, from, to)) return this.kinds[slot] as Kind;
    }
  }
}

function equals(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name[i]) return false;
  return true;
}
