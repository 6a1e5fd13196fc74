import type { Finding } from "../model/finding.js";
import { areBeginnings, isTellingBeginning, valuesOf } from "./entities.js";

/** At most this many findings are looked at for one value, so that hostile evidence cannot make the work quadratic. */
const MAX_PER_VALUE = 64;

/** Finds the findings of one rule by the value of one entity field. Build once, ask often. */
export class ValueIndex {
  readonly #exact = new Map<string, number[]>();
  /** Beginnings: known only in part, so asked the other way round. */
  readonly #beginnings = new Map<string, number[]>();
  readonly #sorted: string[];

  /**
   * @param findings all findings
   * @param members indices of those to index
   * @param field the entity field
   */
  constructor(findings: readonly Finding[], members: readonly number[], field: string) {
    for (const index of members) {
      const finding = findings[index]!;
      const cut = areBeginnings(finding, field);
      for (const value of valuesOf(finding, field)) {
        add(this.#exact, value, index);
        if (cut && isTellingBeginning(value)) add(this.#beginnings, value, index);
      }
    }
    this.#sorted = [...this.#exact.keys()].sort();
  }

  /** Indices of the findings with this value; with `beginning`, also of those whose value begins with it. */
  find(value: string, beginning: boolean): number[] {
    const found = (this.#exact.get(value) ?? []).slice(0, MAX_PER_VALUE);
    if (beginning && isTellingBeginning(value)) {
      for (let at = lowerBound(this.#sorted, value); at < this.#sorted.length; at++) {
        const key = this.#sorted[at]!;
        if (!key.startsWith(value) || found.length >= MAX_PER_VALUE) break;
        if (key !== value) found.push(...this.#exact.get(key)!.slice(0, MAX_PER_VALUE));
      }
    }
    if (this.#beginnings.size > 0) {
      // Names have at most 255 bytes, so this is a bounded number of look-ups.
      for (let end = Math.min(value.length - 1, 255); end > 2; end--) {
        const part = this.#beginnings.get(value.slice(0, end));
        if (part !== undefined) found.push(...part.slice(0, MAX_PER_VALUE));
      }
    }
    return found.length > MAX_PER_VALUE ? found.slice(0, MAX_PER_VALUE) : found;
  }
}

function add(map: Map<string, number[]>, key: string, index: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [index]);
  else list.push(index);
}

function lowerBound(sorted: readonly string[], value: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
