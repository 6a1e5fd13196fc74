import type { Event } from "../../model/event.js";
import type { Expression } from "./ast.js";
import { type Condition, compileCondition } from "./compile.js";
import { fieldsOf } from "./patterns.js";

const NAME = "dns.question.name";

/** Whether something may be true of an event with this `dns.question.name`. */
export type NameTest = (name: string) => boolean;

/**
 * What a condition demands of `dns.question.name`, whatever else it asks for: the parts of its outermost `and` that look at nothing else.
 * Where one of them is not true of a name, the condition is true of no event that has it.
 * @returns `undefined` when it demands nothing of the name alone
 */
export function nameTestOf(condition: Expression): NameTest | undefined {
  const parts = condition.op === "and" ? condition.of : [condition];
  const ofName = parts.filter(isOfName);
  if (ofName.length === 0) return undefined;
  let tests: Condition[] | undefined;
  return (name) => {
    // Most captures have no name that is asked about: their start is spared the patterns.
    tests ??= ofName.map(compileCondition);
    const event = named(name);
    return tests.every((test) => test(event) === true);
  };
}

function isOfName(part: Expression): boolean {
  const fields = fieldsOf(part);
  return fields.length > 0 && fields.every((field) => field === NAME);
}

function named(name: string): Event {
  const place = { source: 0, line: 1, offset: 0, length: 0 };
  return { ...place, time: 0, ns: 0, latest: 0, action: "", category: "", fields: { [NAME]: name } };
}
