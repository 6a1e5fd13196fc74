import type { StandsFor } from "../model/clock.js";
import type { Fields } from "../model/event.js";
import type { StampKind } from "../model/stamp.js";
import { blockRules } from "./blocks.js";
import { documentExtent } from "./document/framing.js";
import { type PackedDocument, unpackDocument } from "./document/pack.js";
import { Outlines, type SlotOutline } from "./outline.js";
import type { Accepts, Framing, Grammar, Layer, Shape } from "./types.js";

/**
 * A compiled grammar as plain JSON, for the module that the build writes. Text that `JSON.parse` reads is ready several times
 * sooner than the same objects as code, and regular expressions that are only strings cost nothing until they are needed.
 */
export interface PackedGrammar {
  name: string;
  title: string;
  layer: Layer;
  file: string;
  unit: Framing["unit"];
  /** Source of the expression. */
  continuation?: string;
  /** Index of a function. */
  accepts?: number;
  set: Fields;
  shapes: PackedShape[];
  wants?: string[];
  standsFor?: StandsFor;
  inherit?: string[];
  document?: PackedDocument<PackedShape>;
}

/** A shape as plain JSON: see `Shape`. */
export interface PackedShape {
  event: string;
  /** Source of the expression. */
  regex: string;
  /** Index of a function. */
  decode: number;
  literals: string[][];
  prefix: string;
  begins: string[];
  floats?: true;
  pass?: string[];
  after?: string[];
  forgets?: string[];
  stamps: StampKind[];
}

/** What cannot be JSON: decoders and `accepts` conditions. */
export type PackedFunction = Shape["decode"] | Accepts;

/**
 * Makes grammars of their packed form.
 * @param outline what the decoders among the functions do, a line for each
 */
export function unpack(
  grammars: readonly PackedGrammar[],
  functions: readonly PackedFunction[],
  outline = "",
): Grammar[] {
  const outlines = new Outlines(outline);
  return grammars.map(({ unit, continuation, accepts, shapes, inherit, document, ...rest }) => {
    const unpackShape = (shape: PackedShape) => new UnpackedShape(rest.name, shape, functions, outlines);
    if (document) return { ...rest, ...unpackDocument(rest.name, document, unpackShape), ...OF_DOCUMENTS };
    return {
      ...rest,
      framing: new UnpackedFraming(unit, continuation),
      ...(accepts !== undefined && { accepts: functions[accepts] as Accepts }),
      shapes: shapes.map(unpackShape),
      blocks: blockRules(shapes, inherit),
    };
  });
}

/** How records that are documents are cut out, and what hides the words of their messages: in YAML, which folds long lines, anything. */
const OF_DOCUMENTS: Pick<Grammar, "framing" | "hides"> = {
  framing: { unit: "line", end: (text, at, length, final) => documentExtent(text, at, length, final)?.end },
  hides: ["\\u", "\\/", "apiVersion: "],
};

class UnpackedFraming implements Framing {
  private compiled: RegExp | undefined;

  constructor(
    readonly unit: Framing["unit"],
    private readonly source: string | undefined,
  ) {}

  get continuation(): RegExp | undefined {
    if (this.source === undefined) return undefined;
    return (this.compiled ??= new RegExp(this.source, "y"));
  }
}

class UnpackedShape implements Shape {
  readonly event: string;
  /** All generated decoders are. */
  readonly fixed = true;
  readonly decode: Shape["decode"];
  readonly literals: readonly (readonly string[])[];
  readonly prefix: string;
  readonly begins: readonly string[];
  readonly floats: boolean;
  readonly pass: readonly string[] | undefined;
  readonly after: readonly string[] | undefined;
  readonly forgets: readonly string[] | undefined;
  readonly stamps: readonly StampKind[];
  private readonly place: number;
  private readonly source: string;
  private compiled: RegExp | undefined;

  constructor(
    readonly grammar: string,
    packed: PackedShape,
    functions: readonly PackedFunction[],
    private readonly outlines: Outlines,
  ) {
    this.place = packed.decode;
    this.event = packed.event;
    this.decode = functions[packed.decode] as Shape["decode"];
    this.literals = packed.literals;
    this.prefix = packed.prefix;
    this.begins = packed.begins;
    this.floats = packed.floats === true;
    this.pass = packed.pass;
    this.after = packed.after;
    this.forgets = packed.forgets;
    this.stamps = packed.stamps;
    this.source = packed.regex;
    this.compiled = undefined;
  }

  /** Reading an expression's source costs as much as decoding some records with it: most shapes are never asked. */
  get regex(): RegExp {
    return (this.compiled ??= new RegExp(this.source, "y"));
  }

  get outline(): readonly SlotOutline[] | undefined {
    return this.outlines.of(this.place);
  }
}
