import type { RecordRef } from "../../model/event.js";

/**
 * Two sources saw the same happening, each within a window of its own clock. With c the correction that is added to a
 * clock's stamps to give the common time: c(b) - c(a) lies in [aLo - bHi, aHi - bLo].
 */
export interface Match {
  /** Indexes of clocks, a < b. */
  a: number;
  b: number;
  aLo: number;
  aHi: number;
  bLo: number;
  bHi: number;
  aRecord: RecordRef;
  bRecord: RecordRef;
}

/** How many rows a table has room for at first. */
const FIRST_ROWS = 256;

/**
 * Matches in columns: 56 bytes each, so that a million of them fit in little memory. Their records are the clues' own. Rows keep the order in
 * which they came.
 */
export class MatchTable {
  /** How many rows there are. The columns are longer. */
  length = 0;
  a = new Uint32Array(FIRST_ROWS);
  b = new Uint32Array(FIRST_ROWS);
  aLo = new Float64Array(FIRST_ROWS);
  aHi = new Float64Array(FIRST_ROWS);
  bLo = new Float64Array(FIRST_ROWS);
  bHi = new Float64Array(FIRST_ROWS);
  private readonly aRecords: RecordRef[] = [];
  private readonly bRecords: RecordRef[] = [];

  /**
   * Adds a match; its clocks may come in either order. One of a clock with itself, or with a window that is none (its ends are not
   * numbers, or in the wrong order), says nothing and is not kept.
   * @returns whether it was kept
   */
  push(match: Match): boolean {
    const { a, b, aLo, aHi, bLo, bHi, aRecord, bRecord } = match;
    if (a === b || !(aLo <= aHi) || !(bLo <= bHi)) return false;
    if (a > b)
      return this.push({
        a: b,
        b: a,
        aLo: bLo,
        aHi: bHi,
        bLo: aLo,
        bHi: aHi,
        aRecord: bRecord,
        bRecord: aRecord,
      });
    const row = this.length++;
    if (row === this.a.length) this.grow();
    this.a[row] = a;
    this.b[row] = b;
    this.aLo[row] = aLo;
    this.aHi[row] = aHi;
    this.bLo[row] = bLo;
    this.bHi[row] = bHi;
    this.aRecords.push(aRecord);
    this.bRecords.push(bRecord);
    return true;
  }

  /** The match of a row. */
  at(row: number): Match {
    return {
      a: this.a[row]!,
      b: this.b[row]!,
      aLo: this.aLo[row]!,
      aHi: this.aHi[row]!,
      bLo: this.bLo[row]!,
      bHi: this.bHi[row]!,
      aRecord: this.aRecords[row]!,
      bRecord: this.bRecords[row]!,
    };
  }

  private grow(): void {
    this.a = grown(this.a);
    this.b = grown(this.b);
    this.aLo = grown(this.aLo);
    this.aHi = grown(this.aHi);
    this.bLo = grown(this.bLo);
    this.bHi = grown(this.bHi);
  }
}

/** The same numbers in twice the room. */
function grown<T extends Uint32Array | Float64Array>(column: T): T {
  const wider = new (column.constructor as new (length: number) => T)(column.length * 2);
  wider.set(column);
  return wider;
}
