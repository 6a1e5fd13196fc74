import { textOf } from "../bytes.js";
import { TYPES } from "../ir/builtins.js";
import type { Node, ShapeIr } from "../ir/ir.js";
import { plainRegex } from "../ir/regex.js";
import type {
  DocumentTest,
  Entry,
  EventDef,
  GrammarAst,
  PathText,
  Place,
  RegexText,
  TakenAs,
  TellingDef,
} from "../language/ast.js";
import { isPlural, type Path } from "./path.js";
import { PathError, parsePath } from "./path-parser.js";
import {
  DOCUMENT_TYPES,
  type DocumentPlan,
  type FieldPlan,
  type Template,
  type Test,
  type TextPlan,
  type ValueType,
} from "./plan.js";

/** What lowering a document's grammar takes of that of patterns. */
export interface PatternTools {
  report(at: Place, message: string, hint?: string): void;
  /** `undefined`: it has a mistake, which was reported. */
  shape(def: EventDef): ShapeIr | undefined;
  regex(regex: RegexText): Node | undefined;
}

const HOLE = /\{(\$?\.[^{}]*)\}/;
/** `.Subnet after /`, `.Id first 12`. */
const PART = /^(.*?)(?: after (\S+)| first (\d+))?$/;

/** Lowers what a grammar says of documents. Every mistake is reported; what has one is left out. */
export function lowerDocument(ast: GrammarAst, tools: PatternTools): DocumentPlan<ShapeIr> {
  const lowering = new Lowering(tools);
  for (const { name, at } of ast.events)
    tools.report(
      at,
      `${name} has a pattern, but ${ast.name} reads documents`,
      "write: event NAME { field = .path }",
    );
  if (!ast.there.some(({ not }) => !not))
    tools.report(
      ast.at,
      `${ast.name} does not say by what a document is recognised`,
      "add: accepts .path and .other",
    );
  if (ast.tellings.length === 0)
    tools.report(ast.at, `${ast.name} describes no event`, "add: event ACTION { field = .path }");
  return {
    there: lowering.tests(ast.there),
    tellings: ast.tellings.map((def) => lowering.telling(def)),
  };
}

class Lowering {
  constructor(private readonly tools: PatternTools) {}

  telling(def: TellingDef): DocumentPlan<ShapeIr>["tellings"][number] {
    return {
      event: def.name,
      each: def.each.flatMap((path) => this.path(path) ?? []),
      when: this.tests(def.when),
      entries: def.entries.flatMap((entry) => this.entry(def, entry) ?? []),
    };
  }

  tests(tests: readonly DocumentTest[]): Test[] {
    return tests.flatMap(({ path: text, not, values, matches }) => {
      const path = this.path(text);
      if (!path) return [];
      const node = matches && this.tools.regex(matches);
      return [
        {
          path,
          ...(not && { not: true as const }),
          ...(values && { values }),
          ...(node && { matches: plainRegex(node) }),
        },
      ];
    });
  }

  private entry(def: TellingDef, entry: Entry): FieldPlan | TextPlan<ShapeIr> | undefined {
    const when = this.tests(entry.when);
    if (entry.kind === "text") {
      const path = this.path(entry.path);
      const reads = this.tools.shape({ ...PATTERN, name: def.name, body: entry.body, at: entry.at });
      return path && reads && { path, reads, when };
    }
    const { field, value } = entry;
    if (value.kind === "constant") {
      if (typeof value.value !== "object") return { field, constant: value.value, when };
      if (!("copy" in value.value)) return { field, constant: value.value, when };
      this.tools.report(
        entry.at,
        `${field}: a document's field is taken from a path`,
        "write: field = .path",
      );
      return undefined;
    }
    const how = this.as(value.as);
    if (value.kind === "key") return { field, key: true, when, ...how };
    const path = this.path(value.path);
    if (path && isPlural(path) && field === "@timestamp")
      this.tools.report(entry.at, "a record has one time: this path leads to many", "name one: .path[0]");
    return path && { field, path, when, ...how };
  }

  private as(as: TakenAs | undefined): { type?: ValueType; template?: Template } {
    if (!as) return {};
    if ("template" in as) return { template: this.template(as.template, as.at) };
    const known: readonly string[] = [...TYPES, ...DOCUMENT_TYPES];
    if (known.includes(as.type)) return { type: as.type as ValueType };
    this.tools.report(as.at, `there is no type ${as.type}`, `types are ${known.join(", ")}`);
    return {};
  }

  /** Texts stand at even places, paths at odd ones. */
  private template(bytes: string, at: Place): Template {
    const parts = textOf(bytes).split(HOLE);
    return parts.flatMap((part, i): Template => {
      if (i % 2 === 0) return part === "" ? [] : [part];
      const [, source, after, first] = PART.exec(part)!;
      const path = this.path({ source: source!, at });
      return path ? [{ path, ...(after && { after }), ...(first && { first: Number(first) }) }] : [];
    });
  }

  private path({ source, at }: PathText): Path | undefined {
    try {
      return parsePath(source);
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      this.tools.report({ line: at.line, column: at.column + error.offset }, error.message);
      return undefined;
    }
  }
}

const PATTERN: Pick<EventDef, "pass" | "after" | "forgets"> = { pass: [], after: [], forgets: [] };
