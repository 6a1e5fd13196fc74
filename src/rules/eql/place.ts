import { plainName } from "./literals.js";
import { EventName, eqlLexer, Name } from "./tokens.js";

/** Where a field's name stands first in a query's text. */
export function placeOfField(text: string, field: string): { offset: number; length: number } {
  const { tokens } = eqlLexer.tokenize(text);
  const token = tokens.find(
    ({ tokenType, image }) =>
      (tokenType === Name && plainName(image) === field) ||
      (tokenType === EventName && plainName(image).endsWith(`].${field}`)),
  );
  return { offset: token?.startOffset ?? 0, length: token?.image.length ?? 1 };
}
