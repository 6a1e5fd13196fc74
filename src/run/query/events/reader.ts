import type { Event, FieldValue } from "../../../model/event.js";
import { CATEGORIES } from "../../../rules/eql/compile.js";
import { instantOf } from "../../../rules/eql/instant.js";
import { type BulkAction, bulkAction } from "./bulk.js";
import { flat } from "./flat.js";
import { addMultiFields } from "./multi-fields.js";
import { objectsOf } from "./objects.js";

/** Which fields mean what, named as in Elastic's EQL search API. */
export interface EventFields {
  timestampField: string;
  eventCategoryField: string;
  tiebreakerField?: string | undefined;
  /** Names that {@link addMultiFields} is to add. */
  multiFields?: readonly string[];
}

/** An event of the input with what it is ordered by and shown as. */
export interface ReadEvent extends Event {
  tiebreaker: FieldValue | undefined;
  /** As it stands in the input. */
  document: Readonly<Record<string, unknown>>;
  id: string;
}

/** What was found out while reading. */
export interface Account {
  events: number;
  /** Events whose timestamp is absent or no time. */
  undated: number;
  /** Of all events. */
  fields: Set<string>;
  problems: { line: number; message: string }[];
  problemCount: number;
}

/** Different fields that are remembered, to tell a slip from a field that is rare. */
const MOST_FIELDS = 20_000;
const MOST_PROBLEMS = 20;

export const newAccount = (): Account => ({
  events: 0,
  undated: 0,
  fields: new Set(),
  problems: [],
  problemCount: 0,
});

/** Reads the events of a file of JSON objects, in its order. What is no object is noted in the account. */
export function* readEvents(file: string, names: EventFields, account: Account): Generator<ReadEvent> {
  let action: BulkAction | undefined;
  for (const { line, value, problem } of objectsOf(file)) {
    if (value === undefined) {
      action = undefined;
      account.problemCount += 1;
      if (account.problems.length < MOST_PROBLEMS) account.problems.push({ line, message: problem! });
      continue;
    }
    const isAction = action === undefined ? bulkAction(value) : undefined;
    if (isAction !== undefined) {
      action = isAction;
      continue;
    }
    account.events += 1;
    const event = eventOf(value, line, account.events, names);
    if (action?.id !== undefined) event.id = action.id;
    action = undefined;
    if (Number.isNaN(event.time)) account.undated += 1;
    for (const name of Object.keys(event.fields))
      if (name !== CATEGORIES && account.fields.size < MOST_FIELDS) account.fields.add(name);
    yield event;
  }
}

function eventOf(
  object: Readonly<Record<string, unknown>>,
  line: number,
  ordinal: number,
  { timestampField, eventCategoryField, tiebreakerField, multiFields = [] }: EventFields,
): ReadEvent {
  // A hit of a search, as exports of an index have them.
  const isHit = typeof object["_source"] === "object" && object["_source"] !== null;
  const document = (isHit ? object["_source"] : object) as Readonly<Record<string, unknown>>;
  const id = isHit && typeof object["_id"] === "string" ? object["_id"] : String(ordinal);
  const fields = flat(document);
  addMultiFields(fields, multiFields);
  const instant = instantOf(fields[timestampField]);
  const category = fields[eventCategoryField];
  if (typeof category === "object") fields[CATEGORIES] = category;
  const action = fields["event.action"];
  return {
    source: 0,
    line,
    offset: ordinal,
    length: 0,
    time: instant?.time ?? Number.NaN,
    ns: instant?.ns ?? 0,
    latest: instant?.time ?? Number.NaN,
    action: typeof action === "string" ? action : "",
    category: category === undefined ? "" : String(typeof category === "object" ? category[0] : category),
    fields,
    tiebreaker: tiebreakerField === undefined ? undefined : fields[tiebreakerField],
    document,
    id,
  };
}
