import type { GrammarAst, Named, Place } from "../language/ast.js";

/** Tells of a mistake at a place. */
type Report = (at: Place, message: string, hint?: string) => void;

/** Checks what a grammar says of blocks: `after`, `inherit` and `forgets`. */
export function checkStanding(ast: GrammarAst, report: Report): void {
  const named = ast.events.flatMap(({ after, forgets }) => [...after, ...forgets]);
  const first = [...ast.inherit, ...named][0];
  if (first && ast.layer !== "envelope") {
    report(
      first.at,
      `${ast.name} is no envelope: only envelopes see one record behind the other`,
      "drop `after`, `inherit` and `forgets`",
    );
    return;
  }
  const events = new Set(ast.events.map(({ name }) => name));
  const fields = new Set(ast.inherit.map(({ name }) => name));
  const unknown = (
    names: readonly Named[],
    known: ReadonlySet<string>,
    say: (name: string) => [string, string],
  ) => {
    for (const { name, at } of names) if (!known.has(name)) report(at, ...say(name));
  };
  for (const { name: event, after, forgets } of ast.events) {
    unknown(after, events, (name) => [
      `${event} stands after ${name}, which is no event of ${ast.name}`,
      "name the event of the header's shape",
    ]);
    unknown(forgets, fields, (name) => [
      `${event} forgets ${name}, which nothing inherits`,
      `add: inherit ${name}`,
    ]);
    if (after.length > 0 && after.every(({ name }) => name === event))
      report(after[0]!.at, `${event} stands only after itself: it can never be read`, "name its header");
  }
}
