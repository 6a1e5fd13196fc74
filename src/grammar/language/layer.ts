import type { IToken } from "chevrotain";
import type { Layer } from "../types.js";
import type { GrammarAst } from "./ast.js";
import type { PieceReader } from "./ast-pieces.js";

const LAYERS: readonly string[] = ["envelope", "generic", "body", "message", "values"] satisfies Layer[];
/** An envelope that reads documents. */
const DOCUMENT = "document";

/** Takes the words of `layer envelope`, `layer document` or `layer generic document`. */
export function readLayer(ast: GrammarAst, words: readonly IToken[], pieces: PieceReader): void {
  const [first, second] = words;
  if (!first) return;
  ast.isDocument = words.at(-1)!.image === DOCUMENT;
  if (first.image === DOCUMENT && !second) ast.layer = "envelope";
  else if (!LAYERS.includes(first.image))
    pieces.complain(
      first,
      `there is no layer ${first.image}`,
      `layers are ${[...LAYERS, DOCUMENT].join(", ")}`,
    );
  else if (second && (first.image !== "generic" || !ast.isDocument))
    pieces.complain(second, `a layer is one word, or \`generic ${DOCUMENT}\``, "drop this one");
  else ast.layer = first.image as Layer;
}
