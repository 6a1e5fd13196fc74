import type { Framing, Grammar, Shape } from "../grammar/types.js";
import type { Fields } from "../model/event.js";
import type { StampKind } from "../model/stamp.js";

/** An envelope whose records no grammar can describe, because their fields nest, repeat or have a length. */
export interface DecodedFormat {
  name: string;
  title: string;
  /** Where its decoder is, for `formats explain`. */
  file: string;
  /** `event.action` of its records. */
  event: string;
  /** Sticky: does a record have the look of this format, from its first char to its last? Linear in its length. */
  look: RegExp;
  /** Each char that a record, or a line of `also`, can begin with; absent: any. */
  first?: string;
  /** Texts of which a record has one of each set: what tells it from formats that look alike, and spares `look` other lines. */
  literals?: readonly (readonly string[])[];
  /** The fields of a record (latin1). Throws `UnreadableRecord`. */
  read: (record: string) => Fields;
  stamps: readonly StampKind[];
  continuation?: RegExp;
  end?: Framing["end"];
  set?: Fields;
  wants?: readonly string[];
  hides?: readonly string[];
  /** Further shapes: lines around the records, such as the brackets of an array, and records of another look. */
  also?: readonly Look[];
}

/**
 * A further look of a format's lines. Without `read` they tell of nothing; without `first`, they begin as its records may; those `around`
 * records do not tell one format from another.
 */
interface Look
  extends Pick<DecodedFormat, "event" | "look" | "first" | "literals">,
    Partial<Pick<DecodedFormat, "read">>,
    Pick<Shape, "around"> {}

const shape = (
  { name, stamps }: DecodedFormat,
  { event, look, first, literals = [], read = () => ({}), around }: Look,
): Shape => ({
  grammar: name,
  event,
  regex: look,
  decode: (match) => read(match[0]),
  literals,
  ...(around && { around }),
  ...(first !== undefined && { begins: [[...first].map((char) => char + char).join("")] }),
  stamps,
});

/** Makes a grammar of it, which readers treat like any other. */
export function envelopeOf(format: DecodedFormat): Grammar {
  const { name, title, file, first, continuation, end, set, wants, hides, also } = format;
  return {
    name,
    title,
    layer: "envelope",
    file,
    framing: { unit: "line", ...(continuation && { continuation }), ...(end && { end }) },
    set: set ?? {},
    shapes: [
      shape(format, format),
      ...(also ?? []).map((look) => shape(format, { ...(first !== undefined && { first }), ...look })),
    ],
    ...(wants && { wants }),
    ...(hides && { hides }),
  };
}
