import { STAMPS } from "./ir/builtins.js";
import type { GrammarIr, ShapeIr, Slot } from "./ir/ir.js";
import { leadingLiteral, requiredLiterals } from "./ir/literals.js";
import { fieldsOf } from "./ir/lower.js";
import { plainRegex, shapeRegex } from "./ir/regex.js";
import type { Layer } from "./types.js";

/**
 * JavaScript source of a compiled grammar: an object literal of type `Grammar` in which `H` is the helpers module.
 * All that comes from the grammar file goes through `JSON.stringify` or the regex emitter: grammars are input.
 */
export function grammarSource(ir: GrammarIr): string {
  const { ast } = ir;
  const framing = [`unit: ${str(ast.unit)}`];
  if (ir.continuation) framing.push(`continuation: /${plainRegex(ir.continuation)}/y`);
  const parts = [
    `name: ${str(ast.name)}`,
    `title: ${str(ast.title)}`,
    `layer: ${str(ast.layer)}`,
    `file: ${str(ast.file)}`,
    `framing: { ${framing.join(", ")} }`,
    ...(ir.accepts.length > 0 ? [`accepts: ${acceptsSource(ir)}`] : []),
    `set: ${str(ast.set)}`,
    `shapes: [${ir.shapes.map((shape) => shapeSource(ast.name, ast.layer, shape)).join(",\n")}]`,
    ...(ast.wants ? [`wants: ${str(ast.wants)}`] : []),
  ];
  return `{\n${parts.join(",\n")}\n}`;
}

function shapeSource(grammar: string, layer: Layer, shape: ShapeIr): string {
  const { source, groups } = shapeRegex(shape);
  const stamps = new Set<string>();
  for (const slot of shape.slots) {
    if (slot.kind === "capture" && slot.field === "@timestamp" && STAMPS.has(slot.type))
      stamps.add(slot.type);
  }
  const parts = [
    `grammar: ${str(grammar)}`,
    `event: ${str(shape.event)}`,
    `regex: /${source}/y`,
    `decode: ${decoderSource(shape, groups, layer)}`,
    `literals: ${str(requiredLiterals(shape.root))}`,
    `prefix: ${str(leadingLiteral(shape.root))}`,
    ...(shape.def.pass.length > 0 ? [`pass: ${str(shape.def.pass)}`] : []),
    `stamps: ${str([...stamps])}`,
  ];
  return `{ ${parts.join(",\n  ")} }`;
}

/** A function from the match to one object literal of fixed shape: V8 gives all its results one hidden class. */
export function decoderSource(shape: ShapeIr, groups: readonly number[], layer: Layer): string {
  const fields = new Map<string, string[]>();
  const locals: string[] = [];
  let high = false;
  const add = (field: string, value: string, test: string) => {
    const cases = fields.get(field) ?? [];
    cases.push(test === "" ? value : `${test} ? ${value}`);
    fields.set(field, cases);
  };
  const copies: Slot[] = [];
  shape.slots.forEach((slot, i) => {
    const group = groups[i]!;
    const test = slot.kind === "constant" && slot.always ? "" : `m[${group}] !== undefined`;
    if (slot.kind === "constant") {
      if (typeof slot.value === "object" && "copy" in slot.value) copies.push(slot);
      add(slot.field, constantSource(slot.value, shape), test);
      return;
    }
    const raw = `m[${group}]`;
    if (slot.type === "url" || slot.type === "endpoint") {
      const none = slot.type === "url" ? "H.NO_URL" : "H.NO_ENDPOINT";
      locals.push(`const p${i} = ${raw} === undefined ? ${none} : H.${slot.type}(${raw});`);
      for (const field of fieldsOf(slot))
        add(field, `p${i}.${field.slice(field.lastIndexOf(".") + 1)}`, test);
      return;
    }
    const handedOn = layer !== "message" && slot.field === "message";
    if (slot.high && !handedOn && isText(slot.type)) high = true;
    add(slot.field, captureSource(slot, raw, handedOn), test);
    if (slot.field === "@timestamp" && STAMPS.has(slot.type)) add("@timestamp.kind", str(slot.type), test);
  });
  if (high) locals.unshift("const w = H.high(m[0]);");
  const copied = new Set(
    copies.map((slot) => (slot.kind === "constant" ? (slot.value as { copy: string }).copy : "")),
  );
  const names = [...fields.keys()];
  const order = [...copyOrder(names, fields, copied)];
  for (const name of order)
    locals.push(`const f${names.indexOf(name)} = ${chain(fields.get(name)!, names)};`);
  const body = names.map((name) => {
    const local = order.includes(name) ? `f${names.indexOf(name)}` : chain(fields.get(name)!, names);
    // A computed key would be needed for `__proto__` to stay a plain field.
    return `${name === "__proto__" ? `[${str(name)}]` : str(name)}: ${local}`;
  });
  return `function (m) { ${locals.join(" ")} return { ${body.join(", ")} }; }`;
}

const COPY = "\0copy:";

/** Fields that others copy, each after the ones it copies itself. */
function* copyOrder(
  names: string[],
  fields: Map<string, string[]>,
  copied: ReadonlySet<string>,
): Generator<string> {
  const done = new Set<string>();
  const visit = function* (name: string, depth: number): Generator<string> {
    if (done.has(name) || depth > 20 || !names.includes(name)) return;
    done.add(name);
    for (const text of fields.get(name)!) {
      const at = text.indexOf(COPY);
      if (at >= 0) yield* visit(JSON.parse(text.slice(at + COPY.length)) as string, depth + 1);
    }
    yield name;
  };
  for (const name of copied) yield* visit(name, 0);
}

/** `a ? x : b ? y : undefined` */
function chain(cases: string[], names: readonly string[]): string {
  const texts = cases.map((text) => {
    const at = text.indexOf(COPY);
    if (at < 0) return text;
    const name = JSON.parse(text.slice(at + COPY.length)) as string;
    return text.slice(0, at) + (names.includes(name) ? `f${names.indexOf(name)}` : "undefined");
  });
  const end = texts.findIndex((text) => !text.startsWith("m["));
  return end >= 0 ? texts.slice(0, end + 1).join(" : ") : `${texts.join(" : ")} : undefined`;
}

function constantSource(value: (Slot & { kind: "constant" })["value"], shape: ShapeIr): string {
  if (typeof value !== "object" || !("copy" in value)) return str(value);
  const known = shape.slots.some((slot) => fieldsOf(slot).includes(value.copy));
  return known ? `${COPY}${JSON.stringify(value.copy)}` : "undefined";
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

function captureSource(slot: Slot & { kind: "capture" }, raw: string, handedOn: boolean): string {
  if (STAMPS.has(slot.type)) return raw;
  const value = slot.type === "text" ? raw : `H.${slot.type}(${raw})`;
  // What is handed on stays bytes: the next layer's regexes read bytes.
  if (handedOn) return slot.type === "quoted" || slot.type === "json" ? `H.bytes(${value})` : value;
  if (!slot.high || !isText(slot.type)) return value;
  const text = `(w ? H.text(${raw}) : ${raw})`;
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
