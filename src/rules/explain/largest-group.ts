import { type Event, fieldOf } from "../../model/event.js";
import { isList } from "../eql/values.js";
import { textOf } from "../group.js";

/** Groups that are told apart; matches of more are not counted. */
const MOST = 10_000;

/** Finds the values of a rule's `group_by` fields with most matches. */
export class LargestGroup {
  private readonly counts = new Map<string, number>();

  constructor(private readonly groupBy: readonly string[]) {}

  /** @param events those of one match */
  add(events: readonly Event[]): void {
    const key = JSON.stringify(this.groupBy.map((name) => valueIn(events, name)));
    if (this.counts.has(key) || this.counts.size < MOST)
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** `undefined`: there was no match. Of several as large, the first. */
  result(): { values: Record<string, string>; count: number } | undefined {
    let [best, most] = ["", 0];
    for (const [key, count] of this.counts) if (count > most) [best, most] = [key, count];
    if (most === 0) return undefined;
    const values = JSON.parse(best) as (string | null)[];
    const named = this.groupBy.flatMap((name, i) => (values[i] == null ? [] : [[name, values[i]] as const]));
    return { values: Object.fromEntries(named), count: most };
  }
}

function valueIn(events: readonly Event[], name: string): string | null {
  for (const event of events) {
    const value = fieldOf(event, name);
    if (value === undefined) continue;
    return isList(value) ? value.map((one) => textOf(name, one)).join(", ") : textOf(name, value);
  }
  return null;
}
