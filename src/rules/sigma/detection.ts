import type { EventPattern, Expression } from "../eql/ast.js";
import { conditionTruth } from "./condition.js";
import { itemTruth } from "./item.js";
import { FieldMap, type LogSource } from "./logsource.js";
import { NotCarried } from "./problem.js";
import { type Truth, toEql } from "./truth.js";

/** What a rule's `detection` came to. */
export interface Detected {
  /** One for each condition; any of them is enough. */
  patterns: EventPattern[];
  fields: FieldMap;
}

/**
 * Turns `detection` into patterns of events.
 * @throws NotCarried with what EQL cannot say
 */
export function detectionPatterns(detection: unknown, { source }: LogSource): Detected {
  if (!isMap(detection)) throw new NotCarried("it has no `detection`");
  const { condition, timeframe, ...searches } = detection;
  if (timeframe !== undefined)
    throw new NotCarried("`timeframe` counts, which Sigma has correlation rules for");
  const fields = new FieldMap(source);
  const named = new Map(
    Object.entries(searches).map(([name, value]) => [name, searchTruth(name, value, fields)]),
  );
  const conditions = Array.isArray(condition) ? condition : [condition];
  const patterns = conditions.map((text) => {
    if (typeof text !== "string") throw new NotCarried("its `condition` is no text");
    const where = toEql(conditionTruth(text, named));
    return {
      ...(source?.eventCategory && { category: source.eventCategory }),
      where: ofActions(source?.actions, where),
    };
  });
  return { patterns, fields };
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The kind of event first: the engine then offers the rule only these. */
function ofActions(actions: readonly string[] | undefined, where: Expression): Expression {
  if (actions === undefined) return where;
  const left: Expression = { op: "field", name: "event.action" };
  const list = actions.map((value): Expression => ({ op: "constant", value }));
  const kind: Expression =
    list.length === 1
      ? { op: "compare", is: "==", left, right: list[0]! }
      : { op: "look-up", how: "in", left, list };
  return { op: "and", of: [kind, ...(where.op === "and" ? where.of : [where])] };
}

/** A map's items must all hold; of a list any: of maps, or of words anywhere in the message. */
function searchTruth(name: string, value: unknown, fields: FieldMap): Truth {
  if (Array.isArray(value)) {
    const maps = value.filter(isMap);
    const words = value.filter((one) => !isMap(one));
    const of = maps.map((map) => mapTruth(name, map, fields));
    if (words.length > 0) of.push(itemTruth("", words, fields));
    if (of.length === 0) throw new NotCarried(`\`${name}\` is empty`);
    return of.length === 1 ? of[0]! : { op: "or", of };
  }
  if (isMap(value)) return mapTruth(name, value, fields);
  return itemTruth("", [value], fields);
}

function mapTruth(name: string, map: Record<string, unknown>, fields: FieldMap): Truth {
  const of = Object.entries(map).map(([key, value]) => itemTruth(key, value, fields));
  if (of.length === 0) throw new NotCarried(`\`${name}\` is empty`);
  return of.length === 1 ? of[0]! : { op: "and", of };
}
