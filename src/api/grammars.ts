/** The built-in grammars, compiled. */
export type { GrammarFile } from "../grammar/file.js";
export { grammars } from "../grammar/generated.js";
export type { Grammar } from "../grammar/types.js";
