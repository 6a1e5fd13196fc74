import type { Report } from "../../report/contract.js";

const NONE: readonly string[] = [];
const NOWHERE: ReadonlyMap<number, readonly string[]> = new Map();

/** Tells which findings cite a record. */
export class Citations {
  private readonly sources = new Map<string, Map<number, string[]>>();

  constructor(report: Report | undefined) {
    for (const { id, evidence } of report?.findings ?? [])
      for (const { source, offset } of evidence) {
        if (!this.sources.has(source)) this.sources.set(source, new Map());
        const offsets = this.sources.get(source)!;
        const ids = offsets.get(offset) ?? [];
        if (!ids.includes(id)) offsets.set(offset, [...ids, id]);
      }
  }

  /** The findings that cite the record of this source that begins at this byte. */
  of(source: string, offset: number): readonly string[] {
    return this.sources.get(source)?.get(offset) ?? NONE;
  }

  /** The first bytes of all cited records of a source, with the findings that cite them. */
  offsets(source: string): ReadonlyMap<number, readonly string[]> {
    return this.sources.get(source) ?? NOWHERE;
  }
}
