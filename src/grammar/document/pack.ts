import type { ShapeIr } from "../ir/ir.js";
import type { Shape } from "../types.js";
import type { DocumentPlan, TellingPlan } from "./plan.js";
import { DocumentReader } from "./reader.js";
import { documentShapes } from "./shapes.js";

/** A document's plan as plain JSON: `Packed` is how a pattern is packed. */
export type PackedDocument<Packed> = DocumentPlan<Packed>;

/** Packs the patterns of a plan; those that are not safe are left out. */
export function packDocument<Packed>(
  { there, tellings }: DocumentPlan<ShapeIr>,
  pack: (shape: ShapeIr) => Packed,
): PackedDocument<Packed> {
  return {
    there,
    tellings: tellings.map((telling) => ({
      ...telling,
      entries: telling.entries
        .filter((entry) => !("reads" in entry) || !entry.reads.unsafe)
        .map((entry) => ("reads" in entry ? { ...entry, reads: pack(entry.reads) } : entry)),
    })),
  };
}

/** The reader of a format's documents, and the shapes of its events. */
export function unpackDocument<Packed>(
  grammar: string,
  packed: PackedDocument<Packed>,
  unpack: (shape: Packed) => Shape,
): { document: DocumentReader; shapes: Shape[] } {
  const tellings = packed.tellings.map(
    (telling): TellingPlan<Shape> => ({
      ...telling,
      entries: telling.entries.map((entry) =>
        "reads" in entry ? { ...entry, reads: unpack(entry.reads) } : entry,
      ),
    }),
  );
  const shapes = documentShapes(grammar, packed);
  return { document: new DocumentReader({ there: packed.there, tellings }, shapes), shapes };
}
