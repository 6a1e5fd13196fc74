import { type Event, fieldOf } from "../../model/event.js";
import { isList } from "../eql/values.js";
import { textOf } from "../group.js";

/** Distinct values that are told apart; more are counted together. */
const MOST = 20;

/** What a field was in the events that were looked at. */
export interface SeenField {
  field: string;
  /** The values, the most frequent first. */
  values: { value: string; count: number }[];
  /** Events with values beyond the first few. */
  others: number;
  /** Events without the field. */
  absent: number;
}

/** Counts the values of one field. */
export class ValuesSeen {
  private readonly counts = new Map<string, number>();
  private others = 0;
  private absent = 0;

  constructor(private readonly field: string) {}

  add(event: Event): void {
    const value = fieldOf(event, this.field);
    if (value === undefined || (isList(value) && value.length === 0)) {
      this.absent += 1;
      return;
    }
    const text = isList(value)
      ? value.map((one) => textOf(this.field, one)).join(", ")
      : textOf(this.field, value);
    const count = this.counts.get(text);
    if (count === undefined && this.counts.size >= MOST) this.others += 1;
    else this.counts.set(text, (count ?? 0) + 1);
  }

  result(): SeenField {
    const values = [...this.counts].map(([value, count]) => ({ value, count }));
    // The sort is stable: of equal counts, what came first.
    values.sort((a, b) => b.count - a.count);
    return { field: this.field, values, others: this.others, absent: this.absent };
  }
}
