import { lowerDocument } from "../document/lower.js";
import type { GrammarAst } from "../language/ast.js";
import type { GrammarProblem } from "../problem.js";
import type { GrammarIr, ShapeIr } from "./ir.js";
import { rawLiterals, requiredLiterals } from "./literals.js";
import { PatternLowerer } from "./lower-pattern.js";
import { Fault } from "./scope.js";
import { fieldsOf } from "./slots.js";
import { checkStanding } from "./standing.js";

/**
 * Lowers a line grammar to IR: tokens and rules are resolved and inlined. Every mistake is reported; shapes with
 * mistakes are left out.
 */
export function lowerGrammar(ast: GrammarAst): { ir: GrammarIr; problems: GrammarProblem[] } {
  const lowerer = new Lowerer(ast);
  return { ir: lowerer.run(), problems: lowerer.problems };
}

class Lowerer extends PatternLowerer {
  run(): GrammarIr {
    for (const def of this.ast.tokens) {
      if (this.tokens.has(def.name)) this.report(def.at, `token ${def.name} is declared twice`);
      const type = def.as === undefined ? "text" : this.type(def.as, def.at);
      const node = this.regex(def.regex);
      if (node) this.tokens.set(def.name, { node, type });
    }
    for (const def of this.ast.rules) {
      if (this.rules.has(def.name) || this.tokens.has(def.name))
        this.report(def.at, `${def.name} is declared twice`);
      this.rules.set(def.name, def);
    }
    const ir: GrammarIr = { ast: this.ast, accepts: [], shapes: [] };
    for (const condition of this.ast.accepts) {
      const node = condition.test.kind === "matches" ? this.regex(condition.test.regex) : undefined;
      ir.accepts.push({ ...condition, ...(node ? { node } : {}) });
    }
    const continuation = this.ast.continuation && this.regex(this.ast.continuation);
    if (continuation) ir.continuation = continuation;
    if (this.ast.layer === "values") return ir;
    if (this.ast.isDocument) {
      ir.document = lowerDocument(this.ast, {
        report: (at, message, hint) => this.report(at, message, hint),
        shape: (def) => this.shape(def),
        regex: (regex) => this.regex(regex),
      });
      return ir;
    }
    for (const { at } of [...this.ast.there.map(({ path }) => path), ...this.ast.tellings])
      this.report(at, `${this.ast.name} reads lines, not documents`, "say: layer document");
    for (const def of this.ast.events) {
      const shape = this.shape(def);
      if (shape) ir.shapes.push(shape);
    }
    checkStanding(this.ast, (at, message, hint) => this.report(at, message, hint));
    if (this.ast.events.length === 0) {
      this.report(this.ast.at, `${this.ast.name} describes no event`, "add: event ACTION = pattern");
    }
    return ir;
  }

  private shape(def: GrammarAst["events"][number]): ShapeIr | undefined {
    this.begin();
    try {
      const root = this.piece(def.body, { loop: false, branch: false });
      const known = new Set(this.slots.flatMap((slot) => fieldsOf(slot)));
      for (const slot of this.slots) {
        if (slot.kind !== "constant" || typeof slot.value !== "object" || !("copy" in slot.value)) continue;
        if (!known.has(slot.value.copy)) {
          this.report(
            def.at,
            `$${slot.value.copy} copies a field that ${def.name} does not have`,
            this.similar(slot.value.copy, [...known]),
          );
        }
      }
      this.checkTwice(def);
      if (this.ast.layer === "message" && rawLiterals(requiredLiterals(root)).length === 0) {
        this.fault(
          def.at,
          `${def.name} requires no literal text (quotes, signs that JSON escapes and bytes beyond ASCII do not count)`,
          "add a word that every such message has: messages are found by it",
        );
      }
      for (const field of def.pass) {
        if (!known.has(field)) {
          this.report(
            def.at,
            `pass ${field}: ${def.name} has no such field`,
            this.similar(field, [...known]),
          );
        }
      }
      return {
        event: def.name,
        def,
        root,
        slots: this.slots,
        body: root,
      };
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  }

  /** A field that is always set cannot be set again: the first value wins. */
  private checkTwice(def: GrammarAst["events"][number]): void {
    const set = new Set<string>();
    for (const slot of this.slots) {
      for (const field of fieldsOf(slot)) {
        if (set.has(field))
          this.report(
            def.at,
            `${def.name} sets ${field} again: the first value is always there`,
            "drop one of them",
          );
        if (slot.always) set.add(field);
      }
    }
  }
}
