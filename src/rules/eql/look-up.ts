import type { Event } from "../../model/event.js";
import type { Expression } from "./ast.js";
import { compileRegex } from "./regex.js";
import { timed } from "./timed.js";
import { anyOf, asText, isList, type Single, type Truth, type Value } from "./values.js";
import { compileWildcard } from "./wildcard.js";

type LookUpExpression = Expression & { op: "look-up" };
type Getter = (event: Event) => Value;

/** Compiles `in`, `in~`, `:`, `like`, `like~`, `regex` and `regex~` with one pattern or a list. */
export function compileLookUp(
  expression: LookUpExpression,
  compileValue: (expression: Expression) => Getter,
): (event: Event) => Truth {
  const { how, left } = expression;
  const get = compileValue(left);
  if (how === "in" || how === "in~") {
    const ignoreCase = how === "in~";
    const list = expression.list.map((item) => timed(item, left));
    const constants = list.every((item) => item.op === "constant");
    if (constants) {
      const wanted = new Set(
        list.map((item) => fold(item.op === "constant" ? item.value : null, ignoreCase)),
      );
      return (event) => anyOf(get(event), (one) => wanted.has(fold(one, ignoreCase)));
    }
    const getters = list.map(compileValue);
    return (event) => {
      const wanted = new Set<unknown>();
      for (const getter of getters) {
        const value = getter(event);
        for (const one of isList(value) ? value : [value])
          if (one !== undefined) wanted.add(fold(one, ignoreCase));
      }
      return anyOf(get(event), (one) => wanted.has(fold(one, ignoreCase)));
    };
  }
  const tests = expression.list.map((item) =>
    compilePatternTest(how, item.op === "constant" ? item.value : null),
  );
  return (event) =>
    anyOf(get(event), (one) => (accepts(how, one) ? tests.some((test) => test(asText(one))) : undefined));
}

/** `:` also compares numbers (`destination.port : 53`); patterns are for texts. */
function accepts(how: string, one: Single): boolean {
  return typeof one === "string" || (how === ":" && typeof one === "number");
}

function fold(value: Single | null, ignoreCase: boolean): Single | null {
  return ignoreCase && typeof value === "string" ? value.toLowerCase() : value;
}

function compilePatternTest(how: string, pattern: Single | null): (text: string) => boolean {
  if (pattern === null || typeof pattern === "boolean") return () => false;
  if (!how.startsWith("regex")) return compileWildcard(asText(pattern), how !== "like");
  const compiled = compileRegex(asText(pattern), how === "regex~");
  return "problem" in compiled ? () => false : (text) => compiled.test(text);
}
