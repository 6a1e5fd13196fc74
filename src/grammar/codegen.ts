import type { Fields } from "../model/event.js";
import type { StampKind } from "../model/stamp.js";
import { beginningOf } from "./automaton/beginning.js";
import { packDocument } from "./document/pack.js";
import { STAMPS } from "./ir/builtins.js";
import type { CaptureType } from "./ir/capture-type.js";
import type { GrammarIr, ShapeIr, Slot } from "./ir/ir.js";
import { leadingLiteral, requiredLiterals } from "./ir/literals.js";
import { plainRegex, shapeRegex } from "./ir/regex.js";
import { fieldsOf } from "./ir/slots.js";
import type { GrammarAst, Named } from "./language/ast.js";
import { outlineOf } from "./outlining.js";
import type { PackedGrammar, PackedShape } from "./packed.js";
import type { Layer } from "./types.js";

/** Sources of functions, each once. All that comes from a grammar file goes through `JSON.stringify` or the regex emitter: grammars are input. */
export class FunctionSources {
  private readonly indexes = new Map<string, number>();
  private readonly outlines: string[] = [];

  /**
   * The index of a function, which is added if it is new.
   * @param outline of a decoder: see {@link outlineOf}
   */
  indexOf(source: string, outline = ""): number {
    const known = this.indexes.get(source);
    if (known !== undefined) return known;
    this.indexes.set(source, this.indexes.size);
    this.outlines.push(outline);
    return this.indexes.size - 1;
  }

  /** The decoders' outlines, a line for each function. */
  get outline(): string {
    return this.outlines.join("\n");
  }

  /** JavaScript source of the array of all functions, in which `H` is the helpers module. */
  toString(): string {
    return `[${[...this.indexes.keys()].join(",\n")}]`;
  }
}

/** A compiled grammar in packed form; its decoders and conditions are added to `functions`. */
export function packGrammar(ir: GrammarIr, functions: FunctionSources): PackedGrammar {
  const { ast } = ir;
  return {
    name: ast.name,
    title: ast.title,
    layer: ast.layer,
    file: ast.file,
    unit: ast.unit,
    ...(ir.continuation && { continuation: plainRegex(ir.continuation) }),
    ...(ir.accepts.length > 0 && { accepts: functions.indexOf(acceptsSource(ir)) }),
    set: ast.set as Fields,
    shapes: ir.shapes.map((shape) => packShape(ast, shape, functions)),
    ...(ir.document && { document: packDocument(ir.document, (shape) => packShape(ast, shape, functions)) }),
    ...(ast.wants && { wants: [...ast.wants] }),
    ...(ast.standsFor && { standsFor: ast.standsFor }),
    ...(ast.inherit.length > 0 && { inherit: namesOf(ast.inherit) }),
  };
}

/** What `upto "words"` at a shape's beginning becomes. */
const FLOATS = /^\[\^[^\]]+\]\*\(\?:\(\?!/;

const namesOf = (all: readonly Named[]): string[] => all.map(({ name }) => name);

function packShape({ layer, inherit }: GrammarAst, shape: ShapeIr, functions: FunctionSources): PackedShape {
  const { pass, after, forgets } = shape.def;
  const { source, groups } = shapeRegex(shape);
  const stamps = new Set<StampKind>();
  for (const slot of shape.slots) {
    if (slot.kind === "capture" && slot.field === "@timestamp" && isStamp(slot.type)) stamps.add(slot.type);
  }
  return {
    event: shape.event,
    regex: source,
    decode: functions.indexOf(
      decoderSource(shape, groups, layer, namesOf(inherit)),
      JSON.stringify(outlineOf(shape, groups)),
    ),
    literals: requiredLiterals(shape.root),
    prefix: leadingLiteral(shape.root),
    // Message shapes are found by their literals.
    begins: layer === "message" ? [] : beginningOf(shape.body),
    ...(FLOATS.test(source) && { floats: true }),
    ...(pass.length > 0 && { pass: [...pass] }),
    ...(after.length > 0 && { after: namesOf(after) }),
    ...(forgets.length > 0 && { forgets: namesOf(forgets) }),
    stamps: [...stamps],
  };
}

/** One way a field gets its value: under a test (empty: always), a value or the name of the field to copy. */
interface Case {
  test: string;
  value: string;
  copy?: string;
}

/**
 * A function from the match to one object literal of fixed shape: V8 gives all its results one hidden class.
 * @param inherited fields that are named in any case: the records before may fill them
 */
export function decoderSource(
  shape: ShapeIr,
  groups: readonly number[],
  layer: Layer,
  inherited: readonly string[] = [],
): string {
  const fields = new Map<string, Case[]>();
  const locals: string[] = [];
  const plural = shape.slots.filter((slot) => isHighText(slot, layer)).length > FEW;
  const add = (field: string, each: Case): void => {
    fields.set(field, [...(fields.get(field) ?? []), each]);
  };
  shape.slots.forEach((slot, i) => {
    const raw = `m[${groups[i]!}]`;
    const test = slot.always ? "" : `${raw} !== undefined`;
    if (slot.kind === "constant") {
      const { value } = slot;
      if (typeof value === "object" && "copy" in value)
        add(slot.field, { test, value: "undefined", copy: value.copy });
      else add(slot.field, { test, value: str(value) });
      return;
    }
    if (slot.type === "url" || slot.type === "endpoint") {
      const none = slot.type === "url" ? "H.NO_URL" : "H.NO_ENDPOINT";
      const parts = `H.${slot.type}(${raw})`;
      locals.push(`const p${i} = ${slot.always ? parts : `${test} ? ${parts} : ${none}`};`);
      for (const field of fieldsOf(slot)) {
        add(field, { test, value: `p${i}.${field.slice(field.lastIndexOf(".") + 1)}` });
      }
      return;
    }
    const handedOn = layer !== "message" && slot.field === "message";
    add(slot.field, { test, value: captureSource(slot, raw, handedOn, plural) });
    if (slot.field === "@timestamp" && STAMPS.has(slot.type)) {
      add("@timestamp.kind", { test, value: str(slot.type) });
    }
  });
  for (const name of inherited) if (!fields.has(name)) fields.set(name, []);
  if (plural) locals.unshift("const w = H.high(m[0]);");
  const names = [...fields.keys()];
  const local = new Map<string, string>();
  for (const name of copyOrder(fields)) {
    const variable = `f${local.size}`;
    locals.push(`const ${variable} = ${chain(fields.get(name)!, local)};`);
    local.set(name, variable);
  }
  const body = names.map((name) => {
    const value = local.get(name) ?? chain(fields.get(name)!, local);
    // A literal key `__proto__` would set the prototype instead of a field.
    return `${name === "__proto__" ? `[${str(name)}]` : str(name)}: ${value}`;
  });
  return `function (m) { ${locals.join(" ")} return { ${body.join(", ")} }; }`;
}

/** Fields that others copy, each after the ones that it copies itself. */
function copyOrder(fields: ReadonlyMap<string, readonly Case[]>): string[] {
  const done = new Set<string>();
  const order: string[] = [];
  const visit = (name: string): void => {
    if (done.has(name) || !fields.has(name)) return;
    done.add(name);
    for (const { copy } of fields.get(name)!) if (copy !== undefined) visit(copy);
    order.push(name);
  };
  for (const cases of fields.values()) for (const { copy } of cases) if (copy !== undefined) visit(copy);
  return order;
}

/** `a ? x : b ? y : undefined`; a field that copies itself in a circle gets nothing. */
function chain(cases: readonly Case[], local: ReadonlyMap<string, string>): string {
  let source = "";
  for (const { test, value, copy } of cases) {
    const text = copy === undefined ? value : (local.get(copy) ?? "undefined");
    if (test === "") return source + text;
    source += `${test} ? ${text} : `;
  }
  return `${source}undefined`;
}

function isStamp(type: CaptureType): type is StampKind {
  return STAMPS.has(type);
}

function isText(type: string): boolean {
  return (
    type === "text" ||
    type === "rest" ||
    type === "host" ||
    type === "lower" ||
    type === "list" ||
    STAMPS.has(type)
  );
}

/** Up to so many captures are looked through for bytes beyond ASCII one by one; more by one look at the record. */
const FEW = 4;

function isHighText(slot: Slot, layer: Layer): boolean {
  if (slot.kind === "constant" || !slot.high || !isText(slot.type)) return false;
  return layer === "message" || slot.field !== "message";
}

function captureSource(
  slot: Slot & { kind: "capture" },
  raw: string,
  handedOn: boolean,
  plural: boolean,
): string {
  if (STAMPS.has(slot.type)) return raw;
  const value = slot.type === "text" ? raw : `H.${slot.type}(${raw})`;
  // What is handed on stays bytes: the next layer's regexes read bytes.
  if (handedOn && slot.type === "quoted") return `H.quotedBytes(${raw})`;
  if (handedOn) return slot.type === "json" ? `H.bytes(${value})` : value;
  if (!slot.high || !isText(slot.type)) return value;
  const text = plural ? `(w ? H.text(${raw}) : ${raw})` : `H.text(${raw})`;
  return slot.type === "text" ? text : `H.${slot.type}(${text})`;
}

function acceptsSource(ir: GrammarIr): string {
  const tests = ir.accepts.map((condition, i) => {
    const test = condition.node
      ? `/^(?:${plainRegex(condition.node)})$/.test(v${i})`
      : condition.test.kind === "in"
        ? `${str(condition.test.values)}.includes(v${i})`
        : "false";
    return {
      local: `const v${i} = f[${str(condition.field)}];`,
      test: `(v${i} === undefined ? ${condition.optional} : typeof v${i} === "string" && ${test})`,
    };
  });
  return `function (f) { ${tests.map((t) => t.local).join(" ")} return ${tests.map((t) => t.test).join(" && ")}; }`;
}

/** JSON that is safe inside JavaScript source. */
function str(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
}
