const ESCAPED: Record<string, string> = { "<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029" };

/**
 * JSON that may stand inside of a `script` element: nothing in it ends that element or begins a comment
 * (HTML, "Restrictions for contents of script elements").
 */
export const embeddedJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (char) => ESCAPED[char]!);
